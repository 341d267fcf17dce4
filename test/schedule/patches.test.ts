import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { day } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { pieceLike } from '../../src/policy/piece-like.ts';
import type { Piece } from '../../src/policy/rule.ts';
import { planFor } from '../support/plan.ts';
import { ASOF, aConfig, aDecision, aFreeze, aModelChange } from '../support/team.ts';

// Patches against grave defects: a level of their own, before everything, never after newer binaries.

function aPatch(exploited: boolean): Piece {
  const id = 'mongodb-patch';
  const known = { id, item: id, step: null, title: id, kind: 'engine' as const, store: 'mongodb', patch: true };
  return {
    ...pieceLike(known),
    effort: 3,
    urgent: true,
    grave: { exploited, advisories: ['CVE-1'], version: '7.0.40' },
  };
}

const plan = (config: Config, decisions: readonly Decision[] = [], exploited = true) =>
  planFor(config, { decisions, patches: [aPatch(exploited)] });

const from = (result: Plan, id: string) => result.windows.find((one) => one.id === id)?.from;
const level = (result: Plan, name: string) => result.objective.find((one) => one.level === name)?.value;
const upgrades = [{ store: 'mongodb', to: '8.0', by: null, priority: 1 }];
const binaries = (first: string, until: string) =>
  aDecision({ item: 'mongodb-8.0', step: 'binaries', from: day(first), until: day(until) });

describe('a patch against a grave defect', () => {
  it('comes at once, before index changes of the highest priority, whatever the sprint holds', () => {
    const base = aConfig();
    const team = { ...base.team, sprint: { ...base.team.sprint, capacity: 4 } };
    const modelChanges = ['a', 'b', 'c', 'd'].map((id) =>
      aModelChange({ id, models: [id], type: 'add-index', effort: 4, priority: 1 }),
    );
    const result = plan(aConfig({ team, modelChanges }));
    expect(from(result, 'mongodb-patch')).toBe(ASOF);
    const others = result.windows.filter(({ kind }) => kind === 'model').map((one) => one.from);
    expect(others.every((one) => one > ASOF)).toBe(true);
  });

  it.each([
    [true, 'days open to exploited holes'],
    [false, 'days open to other grave holes'],
  ])('counts on a level of its own (exploited: %s)', (exploited, name) => {
    const closed = aFreeze({ from: ASOF, until: day('2026-12-07'), blocks: ['engine'] });
    const [early, late] = [aConfig(), aConfig({ freezes: [closed] })].map((config) => plan(config, [], exploited));
    if (early === undefined || late === undefined) throw new Error('two plans');
    const [best] = [level(early, name) ?? 0];
    expect((level(late, name) ?? 0) - best).toBe(14);
    expect(early.objective.findIndex((one) => one.level === name)).toBe(exploited ? 0 : 1);
  });

  it('goes through a freeze that allows security, and through no other', () => {
    const frozen = aFreeze({ from: ASOF, until: day('2026-12-07'), blocks: ['engine'] });
    expect(from(plan(aConfig({ freezes: [{ ...frozen, allow: ['security'] }] })), 'mongodb-patch')).toBe(ASOF);
    expect(from(plan(aConfig({ freezes: [frozen] })), 'mongodb-patch')).toBe('2026-12-07');
  });

  it('is over before a hop of its store prepares', () => {
    const result = plan(aConfig({ upgrades }));
    expect(from(result, 'mongodb-patch')).toBe(ASOF);
    expect((from(result, 'mongodb-8.0/prepare') ?? '') > ASOF).toBe(true);
  });

  it('is brought by decided binaries that come within ten working days, and said to be', () => {
    const result = plan(aConfig({ upgrades }), [binaries('2026-12-07', '2026-12-09')]);
    expect(from(result, 'mongodb-patch')).toBeUndefined();
    expect(result.carried).toMatchObject([{ item: 'mongodb-patch', by: 'mongodb-8.0/binaries' }]);
    expect(result.unplaced.map(({ item }) => item)).not.toContain('mongodb-patch');
  });

  it('comes before decided binaries that come later than that, and never after them', () => {
    const result = plan(aConfig({ upgrades }), [binaries('2026-12-08', '2026-12-10')]);
    expect(result.carried).toEqual([]);
    expect(from(result, 'mongodb-patch')).toBe(ASOF);
  });

  it('is not proposed after newer binaries, though no day before them is free', () => {
    const closed = aFreeze({ from: ASOF, until: day('2026-12-10'), blocks: ['engine'] });
    const result = plan(aConfig({ upgrades, freezes: [closed] }), [
      { ...binaries('2026-12-08', '2026-12-10'), state: 'pinned' },
    ]);
    expect(from(result, 'mongodb-patch')).toBeUndefined();
    expect(result.unplaced.map(({ item }) => item)).toContain('mongodb-patch');
  });
});
