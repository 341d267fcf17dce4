import { describe, expect, it } from 'vitest';
import type { Config, ModelChange } from '../../src/domain/config.ts';
import { addDays, day, toNumber } from '../../src/domain/day.ts';
import { horizonFrom } from '../../src/domain/horizon.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';
import { holdDays, merged } from '../../src/schedule/places/holds.ts';
import { makePlan } from '../../src/schedule/plan.ts';
import { modelPieces } from '../../src/schedule/work/model-changes.ts';
import { anExposedProduct } from '../support/exposed.ts';
import { mongodbHops } from '../support/hops.ts';
import { ASOF, aConfig, aModelChange, facts } from '../support/team.ts';

// Holds in a plan with much else in it: they change the risk of model changes and of nothing else, and those of one package are one hold.

/** mongoose, with a release about every tenth day, at any time. */
function moving(): ExposedProduct {
  const start = toNumber(ASOF) + 1;
  const hit = (from: number, until: number) => 1 - 0.9 ** Math.max(0, until - Math.max(from, start));
  const one = anExposedProduct({ product: 'mongoose', asOf: ASOF });
  return {
    ...one,
    exposure: { ...one.exposure, watch: 'reach' },
    forecast: { ...one.forecast, kind: 'known', distribution: { start, mass: Float64Array.from([0.1]), hit } },
  };
}

function plan(modelChanges: readonly ModelChange[], changes: Partial<Config> = {}): Plan {
  const base = aConfig();
  const [engine] = base.stack;
  if (engine === undefined) throw new Error('no engine');
  const mongoose = {
    ...engine,
    id: 'mongoose',
    product: 'mongoose',
    running: '8.19.1',
    range: '^8.19.1',
    store: 'mongodb',
  };
  const config = aConfig({ stack: [engine, mongoose], modelChanges, ...changes });
  return makePlan({
    facts: facts(config, [moving()]),
    models: modelPieces(config),
    hops: mongodbHops(config),
    horizon: horizonFrom(ASOF),
    observedThrough: {},
  });
}

const levels = (result: Plan) => Object.fromEntries(result.objective.map(({ level, value }) => [level, value]));

describe('a hold', () => {
  const index = aModelChange({
    id: 'index',
    type: 'add-index',
    models: ['User'],
    notBefore: addDays(ASOF, 28),
    days: 1,
  });

  it('gives no risk to work that is no model change', () => {
    const upgrades = [{ store: 'mongodb', to: '8.0', by: null, priority: 1 }];
    const result = plan([{ ...index, notBefore: day('2027-03-01') }], { upgrades });
    expect(result.holds.length).toBe(1);
    const engine = result.windows.filter(({ kind }) => kind !== 'model');
    expect(engine.length).toBe(3);
    expect(engine.every(({ risk }) => risk === null)).toBe(true);
    const [model] = result.windows.filter(({ kind }) => kind === 'model');
    const days = (until: string) => (Date.parse(until) - Date.parse(ASOF)) / 86_400_000;
    const fcv = result.windows.find(({ step }) => step === 'fcv');
    const cost =
      3000 * days(model?.until ?? '') + Math.round((model?.risk ?? 1) * 700_000) * 3 + 5000 * days(fcv?.until ?? '');
    expect(levels(result)['cost, thousandths of a day']).toBe(cost);
  });

  it('is one with another of the same package that shares a day with it', () => {
    const second = { ...index, id: 'second', models: ['Order'], notBefore: addDays(ASOF, 38) };
    const result = plan([index, second]);
    expect(result.unplaced).toEqual([]);
    expect(result.holds.length).toBe(1);
    const [first, last] = [result.windows[0], result.windows.at(-1)];
    expect(result.holds[0]).toMatchObject({
      from: addDays(first?.from ?? ASOF, -14),
      until: addDays(last?.until ?? ASOF, 8),
    });
    for (const { needs, risk } of result.windows) {
      expect(needs).toEqual([
        `keep mongoose at 8.19.x from ${result.holds[0]?.from} to ${addDays(result.holds[0]?.until ?? ASOF, -1)}, and take what came meanwhile in on that day`,
      ]);
      expect(risk).toBeLessThanOrEqual(0.2);
    }
  });

  it('is named by every window that is calm only because of it, whichever work it was found for', () => {
    const later = aModelChange({ id: 'later', type: 'add-index', models: ['Order'], days: 1, after: ['index'] });
    const result = plan([index, later]);
    expect(result.unplaced).toEqual([]);
    for (const one of result.windows) expect(one.needs, one.id).toEqual([expect.stringContaining('keep mongoose at')]);
  });
});

describe('holds that are merged', () => {
  const hold = (product: string, [from, until]: readonly [string, string]) => ({
    product,
    range: '1.x',
    from: day(from),
    until: day(until),
  });

  it.each([
    ['apart', ['2026-12-01', '2026-12-10'], ['2026-12-12', '2026-12-20'], 2, 17],
    [
      'touching: what is taken in on the last day of the one is out before the other',
      ['2026-12-01', '2026-12-10'],
      ['2026-12-10', '2026-12-20'],
      2,
      19,
    ],
    ['sharing a day', ['2026-12-01', '2026-12-10'], ['2026-12-09', '2026-12-20'], 1, 19],
    ['one in the other', ['2026-12-01', '2026-12-20'], ['2026-12-05', '2026-12-08'], 1, 19],
  ] as const)('%s', (_case, a, b, count, days) => {
    const both = [hold('p', a), hold('p', b)];
    expect(merged(both).length).toBe(count);
    expect(merged(both.toReversed())).toEqual(merged(both));
    expect(holdDays(both)).toBe(days);
    expect(merged([hold('p', a), hold('q', b)]).length).toBe(2);
  });
});
