import { describe, expect, it } from 'vitest';
import type { Config, Upgrade } from '../../../src/domain/config.ts';
import { day } from '../../../src/domain/day.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { planFor } from '../../support/plan.ts';
import { ASOF, aConfig, aFreeze, aModelChange } from '../../support/team.ts';

/** A team with two databases that want to be upgraded. */
function plan(upgrades: readonly Upgrade[], changes: Partial<Config> = {}): Plan {
  const base = aConfig();
  const stack = ['archive', 'mongodb'].flatMap((id) => base.stack.map((one) => ({ ...one, id })));
  const config = aConfig({ stack, upgrades, ...changes });
  return planFor(config);
}

const to8 = (store: string, by: string | null, priority = 3): Upgrade => ({
  store,
  to: '8.0',
  by: by === null ? null : day(by),
  priority,
});
const binaries = (result: Plan, item: string) => result.windows.find(({ id }) => id === `${item}/binaries`)?.from;

describe('an upgrade due beyond the horizon', () => {
  it('takes what room there is', () => {
    const result = plan([to8('mongodb', '2027-12-31')]);
    expect(binaries(result, 'mongodb-8.0')).toBe(binaries(plan([to8('mongodb', null)]), 'mongodb-8.0'));
    expect(result.later).toEqual([]);
  });

  it('waits where it would take the place of work that is due', () => {
    const freezes = [aFreeze({ name: 'All spring', from: day('2026-12-14'), until: day('2027-06-30') })];
    const modelChanges = [aModelChange({ deadline: day('2026-12-11') })];
    const result = plan([to8('mongodb', '2027-12-31')], { freezes, modelChanges });
    expect([result.later.map(({ item }) => item), result.unplaced, result.windows.map(({ id }) => id)]).toEqual([
      ['mongodb-8.0'],
      [],
      ['change'],
    ]);
  });

  it('takes with it what waits for it and is not due before', () => {
    const freezes = [aFreeze({ name: 'Long', from: ASOF, until: day('2027-06-30'), blocks: ['engine'] })];
    const after = ['mongodb-8.0'];
    const modelChanges = [
      aModelChange({ id: 'next', after }),
      aModelChange({ id: 'last', after: ['next'] }),
      aModelChange({ id: 'due', after, deadline: day('2027-01-15') }),
    ];
    const result = plan([to8('mongodb', '2027-12-31')], { freezes, modelChanges });
    expect(result.later.map(({ item }) => item)).toEqual(['last', 'mongodb-8.0', 'next']);
    expect(result.unplaced.map(({ item }) => item)).toEqual(['due']);
  });
});

describe('of two upgrades', () => {
  it('the one that is due comes first, whatever their names', () => {
    const result = plan([to8('archive', null), to8('mongodb', '2026-12-31')]);
    expect(result.unplaced).toEqual([]);
    expect(binaries(result, 'mongodb-8.0')).toBeDefined();
    expect((binaries(result, 'archive-8.0') ?? '') > (binaries(result, 'mongodb-8.0') ?? '')).toBe(true);
  });

  it('the one of higher priority gives way where only so both have a place', () => {
    const result = plan([to8('archive', null, 1), to8('mongodb', '2026-12-31', 4)]);
    expect(result.unplaced).toEqual([]);
    expect((binaries(result, 'archive-8.0') ?? '') > (binaries(result, 'mongodb-8.0') ?? '')).toBe(true);
  });

  it('the one of higher priority comes first where both cannot be', () => {
    const result = plan([to8('archive', '2026-12-31', 4), to8('mongodb', '2026-12-31', 1)]);
    expect(binaries(result, 'mongodb-8.0')).toBeDefined();
    expect(result.unplaced.map(({ item }) => item)).toEqual(['archive-8.0']);
  });
});
