import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { addDays, day } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { gap } from '../../src/domain/interval.ts';
import type { Plan, PlannedWindow } from '../../src/domain/plan.ts';
import type { StepName } from '../../src/domain/step-name.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';
import { planFor } from '../support/plan.ts';
import { ASOF, aConfig, aDecision, aFreeze, aModelChange } from '../support/team.ts';

// Plans of which a part is decided: the rules hold among decided windows, between them and proposals, and within one item.

const plan = (config: Config, decisions: readonly Decision[] = [], exposed: readonly ExposedProduct[] = []) =>
  planFor(config, { decisions, exposed });

const upgrades = [{ store: 'mongodb', to: '8.0', by: null, priority: 1 }];
const all = (result: Plan, id: string) => result.windows.filter((one) => one.id === id);
const proposed = (result: Plan, id: string) => all(result, id).find(({ state }) => state === 'proposed');
const rules = (window: PlannedWindow | undefined) => window?.findings.map(({ rule }) => rule);
const decide = (item: string, step: StepName | null, from: string, until: string, rest: Partial<Decision> = {}) =>
  aDecision({ item, step, from: day(from), until: day(until), ...rest });

/** The binaries of 8.0 run, the FCV is still that of 7.0. */
const halfway = (changes: Partial<Config> = {}) => {
  const base = aConfig();
  const stack = base.stack.map((one) => ({ ...one, running: '8.0.4' }));
  return aConfig({ stack, upgrades, ...changes });
};

describe('the soak of an upgrade', () => {
  it('follows the FCV where it is proposed, of an upgrade whose binaries run', () => {
    const freezes = [aFreeze({ from: ASOF, until: day('2027-01-11'), blocks: ['engine'] })];
    const result = plan(halfway({ freezes, modelChanges: [aModelChange()] }));
    const fcv = proposed(result, 'mongodb-8.0/fcv');
    // Not on the first mornings after the freeze: it cannot be taken back.
    expect(fcv?.from).toBe('2027-01-13');
    expect(result.waits.find(({ kind }) => kind === 'soak')).toMatchObject({ from: fcv?.until, until: '2027-01-21' });
    const change = proposed(result, 'change');
    expect(change?.from).toBe(addDays(day('2027-01-21'), 14));
    expect(result.disruptions).toMatchObject([{ item: 'mongodb-8.0', state: 'decided', until: '2027-01-21' }]);
  });

  it('follows the FCV where it is proposed, of an upgrade whose binaries are decided', () => {
    const freezes = [aFreeze({ from: day('2026-12-21'), until: day('2027-01-11'), blocks: ['engine'] })];
    const binaries = decide('mongodb-8.0', 'binaries', '2026-12-14', '2026-12-16');
    const result = plan(
      aConfig({ upgrades, freezes, modelChanges: [aModelChange({ notBefore: day('2026-12-07') })] }),
      [binaries],
    );
    expect(proposed(result, 'mongodb-8.0/fcv')?.from).toBe('2027-01-13');
    expect(result.disruptions[0]?.until).toBe('2027-01-21');
    expect(proposed(result, 'change')?.from).toBe('2027-02-04');
  });

  it('has no end while the FCV has no place, and no model change comes near', () => {
    const freezes = [aFreeze({ from: ASOF, until: day('2027-12-31'), blocks: ['engine'] })];
    const result = plan(halfway({ freezes, modelChanges: [aModelChange()] }));
    expect(result.disruptions[0]?.until).toBeNull();
    expect(result.unplaced.map(({ item }) => item)).toEqual(['change', 'mongodb-8.0']);
    expect(result.unplaced[0]?.blockers.map(({ rule }) => rule)).toEqual(['separation']);
  });

  it('makes a decided model change a finding that comes too near, and proposes another place', () => {
    const freezes = [aFreeze({ from: day('2026-12-21'), until: day('2027-01-11'), blocks: ['engine'] })];
    const decisions = [
      decide('mongodb-8.0', 'binaries', '2026-12-14', '2026-12-16'),
      decide('change', null, '2027-01-20', '2027-01-22', { on: addDays(ASOF, 1) }),
    ];
    const result = plan(
      aConfig({ upgrades, freezes, modelChanges: [aModelChange({ notBefore: day('2026-12-07') })] }),
      decisions,
    );
    const [accepted] = all(result, 'change').filter(({ state }) => state === 'accepted');
    expect(rules(accepted)).toEqual(['separation']);
    expect(proposed(result, 'change')?.from).toBe('2027-02-04');
    expect(rules(all(result, 'mongodb-8.0/binaries')[0])).toEqual(['separation']);
  });
});

describe('an upgrade that is done', () => {
  const decisions = [decide('mongodb-8.0', 'binaries', '2026-11-16', '2026-11-17', { state: 'done' })];
  const raised = [...decisions, decide('mongodb-8.0', 'fcv', '2026-12-03', '2026-12-05', { state: 'done' })];
  const started = (given: readonly Decision[]) =>
    plan(aConfig({ modelChanges: [aModelChange()] }), given).windows.find(({ item }) => item === 'change')?.from;

  it('keeps model changes away until its soak is over, whatever the configuration names', () => {
    // Burn-in 14, one day of FCV, soak 7: until 9 December; then the separation.
    expect(started(decisions)).toBe('2026-12-23');
    expect(started(raised)).toBe('2026-12-28');
    expect(plan(aConfig(), raised).disruptions).toMatchObject([{ item: 'mongodb-8.0', until: '2026-12-12' }]);
    expect(plan(aConfig(), raised).windows).toEqual([]);
  });

  it('of another store is nobody’s here', () => {
    expect(started(decisions.map((one) => ({ ...one, item: 'redis-8.0' })))).toBe('2026-11-24');
  });
});

describe('decided phases of one change', () => {
  const split = aModelChange({ id: 'split', type: 'split-field', days: 3 });
  const config = aConfig({ modelChanges: [split] });

  it('are judged against each other', () => {
    const result = plan(config, [
      decide('split', 'contract', '2026-11-30', '2026-12-01'),
      decide('split', 'migrate', '2026-12-01', '2026-12-02'),
      decide('split', 'expand', '2026-12-28', '2026-12-29'),
    ]);
    const accepted = result.windows.filter(({ state }) => state === 'accepted');
    expect(accepted.map(({ step }) => step)).toEqual(['contract', 'migrate', 'expand']);
    for (const window of accepted) expect(rules(window), window.id).toContain('order');
  });

  it('keep the days between the migration and the contract, and the longest span', () => {
    const far = plan(config, [
      decide('split', 'expand', '2026-11-30', '2026-12-01'),
      decide('split', 'migrate', '2026-12-01', '2026-12-02'),
      decide('split', 'contract', '2027-01-26', '2027-01-27'),
    ]);
    const contract = all(far, 'split/contract').find(({ state }) => state === 'accepted');
    expect(contract?.findings.map(({ rule, facts: { span } }) => [rule, span])).toEqual([['order', 58]]);
    const near = plan(aConfig({ modelChanges: [split] }), [
      decide('split', 'expand', '2026-12-03', '2026-12-04'),
      decide('split', 'migrate', '2026-12-04', '2026-12-05'),
      decide('split', 'contract', '2026-12-10', '2026-12-11'),
    ]);
    expect(rules(all(near, 'split/contract').find(({ state }) => state === 'accepted'))).toEqual(['order']);
  });

  it('never get an earlier phase proposed after them', () => {
    const result = plan(config, [
      decide('split', 'contract', '2026-11-30', '2026-12-01'),
      decide('split', 'expand', '2026-11-24', '2026-11-25', { state: 'rejected' }),
    ]);
    const accepted = all(result, 'split/contract').find(({ state }) => state === 'accepted');
    expect(rules(accepted)).toContain('order');
    const [expand, migrate, contract] = ['expand', 'migrate', 'contract'].map((step) =>
      proposed(result, `split/${step}`),
    );
    expect([expand, migrate, contract].every((one) => one !== undefined)).toBe(true);
    expect((expand?.until ?? '') <= (migrate?.from ?? '') && (migrate?.until ?? '') <= (contract?.from ?? '')).toBe(
      true,
    );
  });

  it('leave those before a decided contract as near to it as they may be', () => {
    const split = aConfig({ modelChanges: [aModelChange({ type: 'split-field', days: 3 })] });
    const free = plan(split);
    const contract = proposed(free, 'change/contract');
    if (contract === undefined) throw new Error('no contract');
    const result = plan(split, [decide('change', 'contract', contract.from, contract.until)]);
    for (const step of ['expand', 'migrate']) {
      const [before, after] = [free, result].map((one) => proposed(one, `change/${step}`)?.from);
      expect((after ?? '') >= (before ?? '?'), `${step}: ${before}, ${after}`).toBe(true);
    }
  });

  it('say that they wait for the span, not for less risk, where the first of them could begin sooner', () => {
    const freeze = aFreeze({ from: day('2026-12-04'), until: day('2027-01-04'), blocks: ['model'] });
    const split = aModelChange({ type: 'unique-constraint', days: 2 });
    const result = plan(aConfig({ modelChanges: [split], freezes: [freeze] }));
    const migrate = proposed(result, 'change/migrate');
    expect(migrate?.from).toBe('2027-01-11');
    expect(migrate?.reasons.join()).toContain('begun on 2026-11-25 both forms of its data would live 47 days longer');
  });

  it('hold upgrades off while the old and the new form live', () => {
    const result = plan(aConfig({ modelChanges: [split], upgrades }), [
      decide('split', 'expand', '2026-12-07', '2026-12-08'),
    ]);
    const span = { from: day('2026-12-07'), until: proposed(result, 'split/contract')?.until ?? day('2027-05-01') };
    const [disruption] = result.disruptions;
    if (disruption?.until == null) throw new Error('an upgrade with an end');
    expect(gap({ from: disruption.from, until: disruption.until }, span)).toBeGreaterThanOrEqual(14);
  });
});

describe('decided steps of an upgrade', () => {
  it('are placed around, whichever they are', () => {
    const prepare = plan(aConfig({ upgrades }), [decide('mongodb-8.0', 'prepare', '2027-01-11', '2027-01-12')]);
    expect(prepare.unplaced).toEqual([]);
    expect(prepare.windows.map(({ step, state }) => [step, state])).toEqual([
      ['prepare', 'accepted'],
      ['binaries', 'proposed'],
      ['fcv', 'proposed'],
    ]);
    const fcv = plan(aConfig({ upgrades }), [decide('mongodb-8.0', 'fcv', '2027-02-01', '2027-02-02')]);
    expect(fcv.unplaced).toEqual([]);
    expect((proposed(fcv, 'mongodb-8.0/binaries')?.until ?? '') <= addDays(day('2027-02-01'), -14)).toBe(true);
  });

  it('that break a rule get another place proposed, and pinned ones none', () => {
    const freezes = [aFreeze({ from: day('2027-01-11'), until: day('2027-01-25'), blocks: ['engine'] })];
    const binaries = decide('mongodb-8.0', 'binaries', '2027-01-12', '2027-01-14');
    const result = plan(aConfig({ upgrades, freezes }), [binaries]);
    expect(rules(all(result, 'mongodb-8.0/binaries').find(({ state }) => state === 'accepted'))).toContain('freeze');
    expect(proposed(result, 'mongodb-8.0/binaries')).toBeDefined();
    const pinned = plan(aConfig({ upgrades, freezes }), [{ ...binaries, state: 'pinned' }]);
    expect(all(pinned, 'mongodb-8.0/binaries').map(({ state }) => state)).toEqual(['pinned']);
    expect(rules(all(pinned, 'mongodb-8.0/binaries')[0])).toContain('freeze');
  });

  it('move along where one of them cannot stay', () => {
    const freezes = [aFreeze({ from: day('2027-01-11'), until: day('2027-01-25'), blocks: ['engine'] })];
    const decisions = [
      decide('mongodb-8.0', 'prepare', '2027-01-07', '2027-01-08'),
      decide('mongodb-8.0', 'binaries', '2027-01-12', '2027-01-14'),
      decide('mongodb-8.0', 'fcv', '2027-01-29', '2027-01-30'),
    ];
    const result = plan(aConfig({ upgrades, freezes }), decisions);
    const again = ['prepare', 'binaries', 'fcv'].map((step) => proposed(result, `mongodb-8.0/${step}`));
    expect(again.every((one) => one !== undefined)).toBe(true);
    expect(result.unplaced).toEqual([]);
  });
});

describe('two decided windows that cannot both stand', () => {
  const modelChanges = [aModelChange({ id: 'a', models: ['A'] }), aModelChange({ id: 'b', models: ['A'] })];

  it('are findings both, and the one decided later gets another place', () => {
    const result = plan(aConfig({ modelChanges }), [
      decide('a', null, '2026-12-01', '2026-12-03', { on: addDays(ASOF, 1) }),
      decide('b', null, '2026-12-02', '2026-12-04'),
    ]);
    expect(result.windows.map(({ id, state }) => [id, state])).toEqual([
      ['a', 'proposed'],
      ['a', 'accepted'],
      ['b', 'accepted'],
    ]);
    for (const one of result.windows.filter(({ state }) => state === 'accepted')) {
      expect(rules(one), one.id).toEqual(['one-at-a-time']);
    }
  });

  it('that are pinned stay where they are, with their findings', () => {
    const result = plan(aConfig({ modelChanges }), [
      decide('a', null, '2026-12-01', '2026-12-03', { state: 'pinned' }),
      decide('b', null, '2026-12-02', '2026-12-04', { state: 'pinned' }),
    ]);
    expect(result.windows.map(({ state, findings }) => [state, findings.length])).toEqual([
      ['pinned', 1],
      ['pinned', 1],
    ]);
  });
});
