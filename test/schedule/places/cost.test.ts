import { describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../../src/domain/default-policy.ts';
import type { Piece } from '../../../src/policy/rule.ts';
import { phasesCost, placeCost } from '../../../src/schedule/places/cost.ts';
import { modelPieces } from '../../../src/schedule/work/model-changes.ts';
import { ASOF, aConfig, aModelChange } from '../../support/team.ts';

const config = aConfig();
const facts = { config, asOf: ASOF };
const window = { from: day('2026-12-01'), until: day('2026-12-03') };
const pieceOf = (changes: Parameters<typeof aModelChange>[0]) =>
  modelPieces(aConfig({ modelChanges: [aModelChange(changes)] })) as readonly [Piece, ...Piece[]];

describe('what a place costs', () => {
  it('is its days until it is done, five times as many for the highest priority as for the lowest', () => {
    const cost = (priority: number) => placeCost(pieceOf({ priority })[0], window, 0, facts);
    expect(cost(5)).toBe(10_000);
    expect(cost(1)).toBe(50_000);
  });

  it('is daysPerPoint days more for each percentage point of risk', () => {
    const [piece] = pieceOf({ priority: 5 });
    expect(placeCost(piece, window, 0.006, facts) - placeCost(piece, window, 0, facts)).toBe(4_200);
    const policy = { ...DEFAULT_POLICY, daysPerPoint: 0 };
    expect(placeCost(piece, window, 0.2, { ...facts, config: { ...config, policy } })).toBe(10_000);
  });

  it('counts the span of a change in phases beside the days until it is done', () => {
    const [expand, migrate, contract] = pieceOf({ type: 'split-field', priority: 5 });
    if (migrate === undefined || contract === undefined) throw new Error('three phases');
    const at = (from: string, until: string) => ({ from: day(from), until: day(until) });
    const first = at('2026-11-30', '2026-12-01');
    const last = at('2026-12-21', '2026-12-22');
    const sum =
      placeCost(expand, first, 0, facts) +
      placeCost(migrate, at('2026-12-02', '2026-12-03'), 0, facts) +
      placeCost(contract, last, 0, facts) -
      phasesCost({ piece: expand, window: first }, ASOF);
    // Done after 29 days, with a span of 22.
    expect(sum).toBe((29 + 22) * 1000);
  });

  it('is the span alone of a first phase whose last one is decided', () => {
    const [expand] = pieceOf({ type: 'split-field', priority: 5 });
    const first = { ...expand, spansTo: day('2026-12-22') };
    const on = (from: string) => placeCost(first, { from: day(from), until: day('2026-12-21') }, 0, facts);
    expect([on('2026-11-30'), on('2026-12-14'), on('2026-12-22')]).toEqual([22_000, 8_000, 0]);
    expect(phasesCost({ piece: first, window }, ASOF)).toBe(0);
  });

  it('is `steady` days more where a published proposal of this or the next sprint moves, and nothing for later ones', () => {
    const [piece] = pieceOf({ priority: 5 });
    const published = (from: string) => ({ ...facts, baseline: new Map([[piece.id, day(from)]]) });
    expect(placeCost(piece, window, 0, published('2026-12-01'))).toBe(10_000);
    expect(placeCost(piece, window, 0, published('2026-12-02'))).toBe(17_000);
    expect(placeCost(piece, window, 0, published('2026-12-18'))).toBe(17_000);
    expect(placeCost(piece, window, 0, published('2026-12-21'))).toBe(10_000);
  });
});
