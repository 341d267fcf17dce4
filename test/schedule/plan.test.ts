import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { addDays, type Day, day, fromNumber, toNumber } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { horizonFrom } from '../../src/domain/horizon.ts';
import { gap, overlaps } from '../../src/domain/interval.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { StepName } from '../../src/domain/step-name.ts';
import { collisionProbability, type ExposedProduct } from '../../src/policy/collision.ts';
import { makePlan } from '../../src/schedule/plan.ts';
import { modelPieces } from '../../src/schedule/work/model-changes.ts';
import { anExposedProduct } from '../support/exposed.ts';
import { mongodbHops } from '../support/hops.ts';
import { aHistory, MONGODB } from '../support/mongodb.ts';
import { planFor } from '../support/plan.ts';
import { ASOF, aConfig, aDecision, aFreeze, aModelChange, facts } from '../support/team.ts';

const plan = (config: Config, exposed: readonly ExposedProduct[] = [], decisions: readonly Decision[] = []) =>
  planFor(config, { decisions, exposed });

const upgrades = [{ store: 'mongodb', to: '8.0', by: null, priority: 1 }];
const levelOf = (result: Plan, name: string) => result.objective.find(({ level }) => level === name);
const window = (result: Plan, id: string) => result.windows.find((candidate) => candidate.id === id);

describe('model changes', () => {
  it('start on the next working day where nothing speaks against it', () => {
    const result = plan(aConfig({ modelChanges: [aModelChange()] }));
    expect(window(result, 'change')).toMatchObject({
      from: '2026-11-24',
      until: '2026-11-26',
      sprint: 1,
      state: 'proposed',
      risk: 0,
    });
    expect(result.unplaced).toEqual([]);
  });

  it('keep away from an announced release', () => {
    const exposed = [anExposedProduct({ events: [day('2026-11-25')], asOf: ASOF })];
    expect(window(plan(aConfig({ modelChanges: [aModelChange()] }), exposed), 'change')?.from).toBe('2026-12-09');
  });

  it('wait for less risk only as many days as it is worth', () => {
    // About once a year, but twice two months after the one before, which is how long the last one is ago.
    const years = ['2017-10-01', '2018-10-05', '2018-12-04', '2019-11-20', '2020-11-15', '2021-01-17', '2022-01-10'];
    const events = [...years, '2023-01-05', '2024-01-02', '2025-01-03', '2025-12-25', '2026-09-28'].map(day);
    const exposed = [anExposedProduct({ events, asOf: ASOF })];
    const started = (daysPerPoint: number) => {
      const base = aConfig({ modelChanges: [aModelChange()] });
      const { from, risk } =
        window(plan({ ...base, policy: { ...base.policy, daysPerPoint } }, exposed), 'change') ?? {};
      return [from, Number((risk ?? 1).toFixed(4))];
    };
    expect([started(0), started(7), started(1000)]).toEqual([
      ['2026-11-24', 0.0115],
      ['2026-11-24', 0.0115],
      ['2027-02-11', 0.0029],
    ]);
  });

  it('follow what they build on', () => {
    const modelChanges = [aModelChange({ id: 'second', after: ['first'], priority: 1 }), aModelChange({ id: 'first' })];
    const result = plan(aConfig({ modelChanges }));
    expect([window(result, 'first')?.until, window(result, 'second')?.from]).toEqual(['2026-11-26', '2026-11-26']);
  });

  it('without a place are explained by a smallest set of rules with the first day each would pass', () => {
    const freezes = [aFreeze({ name: 'Year end', from: day('2026-12-01'), until: day('2027-01-04') })];
    const modelChanges = [aModelChange({ notBefore: day('2026-12-01'), deadline: day('2026-12-31') })];
    const [entry] = plan(aConfig({ freezes, modelChanges })).unplaced;
    const blocking = entry?.blockers.map(({ rule, freeFrom }) => [rule, freeFrom]);
    expect(blocking).toEqual([
      ['deadline', '2026-11-23'],
      ['freeze', '2026-11-23'],
      ['order', '2026-12-01'],
    ]);
    expect(entry?.blockers.find(({ rule }) => rule === 'freeze')?.because).toContain('"Year end"');
  });

  it('longer than a sprint are refused by that rule', () => {
    const [entry] = plan(aConfig({ modelChanges: [aModelChange({ days: 11 })] })).unplaced;
    expect(entry?.blockers.map(({ rule, freeFrom }) => [rule, freeFrom])).toEqual([['in-one-sprint', null]]);
  });

  it('that fit nowhere before the horizon say so', () => {
    const base = aConfig({ modelChanges: [aModelChange({ days: 300 })] });
    const [entry] = plan(base).unplaced;
    expect(entry?.blockers.map(({ rule, because }) => [rule, because])).toEqual([
      ['in-one-sprint', '300 working days end beyond the days planned for, wherever they start'],
    ]);
  });

  it('are placed with the reasons of other work too: what they wait for and keep away from', () => {
    const modelChanges = [aModelChange({ notBefore: day('2026-12-01') })];
    expect(window(plan(aConfig({ modelChanges })), 'change')?.reasons.join()).toContain(
      'it may not start before 2026-12-01',
    );
  });

  it('due beyond the horizon are later, not unplaced, and count nowhere', () => {
    const modelChanges = [aModelChange({ notBefore: day('2027-09-01'), deadline: day('2027-10-01') })];
    const result = plan(aConfig({ modelChanges }));
    expect([result.unplaced, result.later.map(({ item, from }) => [item, from])]).toEqual([
      [],
      [['change', '2027-09-01']],
    ]);
    expect(result.objective.every(({ value }) => value === 0)).toBe(true);
  });
});

describe('a change that drops something old', () => {
  const split = aModelChange({ id: 'split', type: 'split-field', days: 5, effort: 6 });

  it('is expand, migrate and contract in order, the last in a later sprint', () => {
    const result = plan(aConfig({ modelChanges: [split] }));
    expect(result.windows.map(({ id }) => id)).toEqual(['split/expand', 'split/migrate', 'split/contract']);
    const [expand, migrate, contract] = result.windows;
    expect((expand?.until ?? '9') <= (migrate?.from ?? '')).toBe(true);
    expect(contract?.sprint).toBeGreaterThan(migrate?.sprint ?? 99);
    expect(modelPieces(aConfig({ modelChanges: [split] })).map(({ days, effort }) => [days, effort])).toEqual([
      [1, 2],
      [3, 2],
      [1, 2],
    ]);
  });

  it('is one window when the team ships it together', () => {
    const result = plan(aConfig({ modelChanges: [{ ...split, phases: 'together' }] }));
    expect(result.windows.map(({ id }) => id)).toEqual(['split']);
  });

  it('is not begun when one of its phases has no place', () => {
    // The first sprint alone: the contract would have to be in a later one.
    const result = plan(aConfig({ modelChanges: [{ ...split, deadline: addDays(ASOF, 11) }] }));
    expect(result.windows).toEqual([]);
    expect(result.unplaced).toMatchObject([{ item: 'split' }]);
    expect(levelOf(result, 'unplaced, priority 3')).toMatchObject({ value: 1 });
  });

  it('keeps its decided phases and proposes the others around them', () => {
    const decision = aDecision({ item: 'split', step: 'expand', from: addDays(ASOF, 1), until: addDays(ASOF, 2) });
    const result = plan(aConfig({ modelChanges: [split] }), [], [decision]);
    expect(result.windows.map(({ id, state }) => [id, state])).toEqual([
      ['split/expand', 'accepted'],
      ['split/migrate', 'proposed'],
      ['split/contract', 'proposed'],
    ]);
  });

  it('is refused when it cannot be run again, or is risky without a way back, until excepted', () => {
    const bad = { ...split, rerunnable: false, rollback: 'none' };
    const rules = (config: Config) => plan(config).unplaced.flatMap(({ blockers }) => blockers.map(({ rule }) => rule));
    expect(rules(aConfig({ modelChanges: [{ ...bad, rollback: 'script' }] }))).toEqual(['rerunnable']);
    expect(rules(aConfig({ modelChanges: [{ ...bad, rerunnable: true }] }))).toEqual(['way-back']);
    expect(rules(aConfig({ modelChanges: [{ ...bad, type: 'add-index', rerunnable: true }] }))).toEqual([]);
    const exceptions = (['rerunnable', 'way-back'] as const).map((rule) => ({
      rule,
      item: 'split',
      expires: addDays(ASOF, 200),
      reason: 'rehearsed',
    }));
    expect(rules(aConfig({ modelChanges: [bad], exceptions }))).toEqual([]);
  });
});

describe('an engine upgrade', () => {
  it('is prepared, burns in, raises the FCV and soaks, in this order, with its way back', () => {
    const result = plan(aConfig({ upgrades }));
    const [prepare, binaries, fcv] = ['prepare', 'binaries', 'fcv'].map((step) =>
      window(result, `mongodb-8.0/${step}`),
    );
    expect(prepare?.until && binaries && prepare.until <= binaries.from).toBe(true);
    const [burnIn, soak] = result.waits;
    expect(burnIn).toMatchObject({ kind: 'burn-in', from: binaries?.until, until: fcv?.from });
    expect(soak).toMatchObject({ kind: 'soak', from: fcv?.until, until: addDays(day(fcv?.until ?? ''), 7) });
    expect(binaries?.noReturnFrom).toBe(binaries?.from);
    expect(binaries?.wayBack).toMatch(/Restore the backup/);
    expect(binaries?.title).toBe('MongoDB 7.0.31 → 8.0.4: new binaries');
  });

  it('two lines away is two hops, the second after the soak of the first', () => {
    const wish = { store: 'mongodb', to: '9.0', by: null, priority: 1 };
    const waiting = plan(aConfig({ upgrades: [wish] }));
    expect(waiting.windows.map(({ id }) => id)).toEqual([
      'mongodb-8.0/prepare',
      'mongodb-8.0/binaries',
      'mongodb-8.0/fcv',
    ]);
    expect([waiting.unplaced, waiting.later.map(({ item }) => item)]).toEqual([[], ['mongodb-9.0']]);

    const base = aConfig({ upgrades: [wish] });
    const engineUpgrades = { ...base.policy.engineUpgrades, minPatch: 0, minAge: 30 };
    const result = plan({ ...base, policy: { ...base.policy, engineUpgrades } });
    expect(result.unplaced).toEqual([]);
    const soak = result.waits
      .filter(({ kind }) => kind === 'soak')
      .map(({ until }) => until)
      .sort()[0];
    expect(window(result, 'mongodb-9.0/binaries')?.from.localeCompare(soak ?? '')).toBeGreaterThanOrEqual(0);
  });

  it('brings the packages the new engine needs first, in no sprint with a model change', () => {
    const base = aConfig({
      upgrades,
      modelChanges: [aModelChange({ id: 'first' }), aModelChange({ id: 'second', days: 3 })],
    });
    const driver = {
      ...MONGODB,
      id: 'mongodb-driver',
      name: 'Node driver',
      kind: 'driver',
      versioning: 'semver',
      npm: 'mongodb',
    } as const;
    const history = aHistory(driver, [
      ['6.3.0', '2023-11-16'],
      ['6.9.0', '2024-09-12'],
    ]);
    const input = {
      facts: facts(base),
      models: modelPieces(base),
      hops: mongodbHops(base, [{ id: 'mongodb-driver', product: driver, running: '6.3.0', history }]),
      horizon: horizonFrom(ASOF),
      observedThrough: {},
    };
    const result = makePlan(input);
    const packages = window(result, 'mongodb-8.0/packages');
    expect(packages).toMatchObject({ kind: 'package', title: 'Node driver 6.3.0 to 6.9.0' });
    expect(packages?.until.localeCompare(window(result, 'mongodb-8.0/binaries')?.from ?? '')).toBeLessThanOrEqual(0);
    const models = result.windows.filter(({ kind }) => kind === 'model');
    expect(models).toHaveLength(2);
    expect(models.map(({ sprint }) => sprint)).not.toContain(packages?.sprint);

    // Accepted as it was proposed, it breaks nothing: the drivers it needs are among what was accepted.
    const decisions = result.windows.map(({ item, step, from, until }) => aDecision({ item, step, from, until }));
    const accepted = makePlan({ ...input, facts: facts(base, [], decisions) });
    expect(accepted.windows.filter(({ state }) => state !== 'accepted')).toEqual([]);
    expect(accepted.windows.flatMap(({ findings }) => findings)).toEqual([]);
    const without = decisions.filter(({ step }) => step !== 'packages');
    const naked = makePlan({ ...input, facts: facts(base, [], without), hops: [] });
    expect(naked.windows.filter(({ kind }) => kind === 'package')).toEqual([]);
  });

  it('leaves model changes their separation', () => {
    const modelChanges = [1, 2, 3].map((n) => aModelChange({ id: `change-${n}`, notBefore: addDays(ASOF, n * 20) }));
    const result = plan(aConfig({ upgrades, modelChanges }));
    expect(result.unplaced).toEqual([]);
    expectHardRules(result, 14);
  });
});

describe('decisions', () => {
  it('are fixed: an accepted window stays, and one that breaks a rule gets a finding and a proposal beside it', () => {
    const freezes = [aFreeze({ name: 'Stop', from: day('2026-12-01'), until: day('2026-12-10') })];
    const config = aConfig({ freezes, modelChanges: [aModelChange()] });
    const decisions = [aDecision({ from: day('2026-12-02'), until: day('2026-12-04') })];
    const [proposed, accepted] = plan(config, [], decisions).windows;
    expect(accepted).toMatchObject({ state: 'accepted', from: '2026-12-02', findings: [{ rule: 'freeze' }] });
    expect(proposed).toMatchObject({ state: 'proposed', from: '2026-11-24' });
  });

  it('pinned gets its finding but no other place', () => {
    const freezes = [aFreeze({ name: 'Stop', from: day('2026-12-01'), until: day('2026-12-10') })];
    const decisions = [aDecision({ state: 'pinned', from: day('2026-12-02'), until: day('2026-12-04') })];
    const result = plan(aConfig({ freezes, modelChanges: [aModelChange()] }), [], decisions);
    expect(result.windows.map(({ state }) => state)).toEqual(['pinned']);
  });

  it('an upgrade with only its binaries decided gets its other steps proposed around them', () => {
    const binaries = {
      item: 'mongodb-8.0',
      step: 'binaries' as const,
      from: day('2027-01-12'),
      until: day('2027-01-14'),
    };
    const result = plan(aConfig({ upgrades }), [], [aDecision(binaries)]);
    expect(result.windows.map(({ id, state, from }) => [id, state, from])).toEqual([
      ['mongodb-8.0/prepare', 'proposed', '2027-01-11'],
      ['mongodb-8.0/binaries', 'accepted', '2027-01-12'],
      ['mongodb-8.0/fcv', 'proposed', '2027-01-28'],
    ]);
    expect(result.unplaced).toEqual([]);
  });

  it('decided steps out of order are findings, and another upgrade in order is proposed beside them', () => {
    const step = (name: StepName, from: string, until: string) =>
      aDecision({ item: 'mongodb-8.0', step: name, from: day(from), until: day(until) });
    const decisions = [
      step('fcv', '2026-12-01', '2026-12-02'),
      step('binaries', '2026-12-09', '2026-12-11'),
      step('prepare', '2026-12-21', '2026-12-22'),
    ];
    const result = plan(aConfig({ upgrades }), [], decisions);
    const accepted = result.windows.filter(({ state }) => state === 'accepted');
    expect(accepted.map(({ step, findings }) => [step, findings.map(({ rule }) => rule)])).toEqual([
      ['fcv', ['order']],
      ['binaries', ['order']],
      ['prepare', ['order']],
    ]);
    // What is proposed beside them is a whole upgrade, in order.
    const proposed = result.windows.filter(({ state }) => state === 'proposed').map(({ step }) => step);
    expect(proposed).toEqual(['prepare', 'binaries', 'fcv']);
    for (const wait of result.waits) expect(wait.from <= wait.until).toBe(true);
  });

  it('an accepted upgrade keeps its way back and its point of no return', () => {
    const binaries = aDecision({
      item: 'mongodb-8.0',
      step: 'binaries',
      from: day('2027-01-12'),
      until: day('2027-01-14'),
    });
    const [, accepted] = plan(aConfig({ upgrades }), [], [binaries]).windows;
    expect([accepted?.noReturnFrom, accepted?.wayBack]).toEqual([
      '2027-01-12',
      expect.stringMatching(/Restore the backup/),
    ]);
  });

  it('a decided window on days off, or too short by now, is a finding', () => {
    const weekend = aDecision({ from: day('2026-12-05'), until: day('2026-12-06') });
    const [, decided] = plan(aConfig({ modelChanges: [aModelChange()] }), [], [weekend]).windows;
    expect(decided?.findings.map(({ rule }) => rule)).toEqual(['in-one-sprint']);
  });

  it('an upgrade with only its preparation decided gets the rest proposed after it', () => {
    const prepare = {
      item: 'mongodb-8.0',
      step: 'prepare' as const,
      from: day('2027-01-12'),
      until: day('2027-01-13'),
    };
    const result = plan(aConfig({ upgrades }), [], [aDecision(prepare)]);
    expect(result.unplaced).toEqual([]);
    expect(result.windows.map(({ id, state, from }) => [id, state, from])).toEqual([
      ['mongodb-8.0/prepare', 'accepted', '2027-01-12'],
      ['mongodb-8.0/binaries', 'proposed', '2027-01-13'],
      ['mongodb-8.0/fcv', 'proposed', '2027-02-01'],
    ]);
  });

  it('rejected moves the work to another sprint', () => {
    const decisions = [aDecision({ state: 'rejected', from: day('2026-11-23'), until: day('2026-11-25') })];
    expect(window(plan(aConfig({ modelChanges: [aModelChange()] }), [], decisions), 'change')?.sprint).toBe(2);
  });
});

describe('properties of plans', () => {
  const change = fc.record({
    days: fc.integer({ min: 1, max: 6 }),
    priority: fc.integer({ min: 1, max: 5 }),
    start: fc.nat(120),
    length: fc.integer({ min: 5, max: 90 }),
  });
  const instance = fc.record({
    changes: fc.array(change, { maxLength: 6 }),
    freeze: fc.tuple(fc.nat(150), fc.integer({ min: 1, max: 30 })),
    engine: fc.boolean(),
    separation: fc.nat(30),
    gap: fc.integer({ min: 30, max: 300 }),
    ago: fc.nat(120),
  });

  it('no hard rule is broken, every piece is somewhere or explained, and the same input gives the same plan', () => {
    fc.assert(
      fc.property(instance, ({ changes, freeze, engine, separation, gap: days, ago }) => {
        const base = aConfig();
        const frozen = { from: addDays(ASOF, freeze[0]), until: addDays(ASOF, freeze[0] + freeze[1]) };
        const config = aConfig({
          policy: { ...base.policy, separation },
          freezes: [aFreeze({ ...frozen })],
          upgrades: engine ? upgrades : [],
          modelChanges: changes.map((one, i) =>
            aModelChange({
              id: `c${i}`,
              days: one.days,
              priority: one.priority,
              notBefore: addDays(ASOF, one.start),
              deadline: addDays(ASOF, one.start + one.length),
            }),
          ),
        });
        const events = Array.from({ length: 8 }, (_, i) => fromNumber(toNumber(ASOF) - ago - i * days));
        const exposed = [anExposedProduct({ events, asOf: ASOF })];
        const result = plan(config, exposed);
        expect(plan(config, exposed)).toEqual(result);
        expectHardRules(result, separation);
        for (const { kind, from, until, risk } of result.windows) {
          expect(overlaps({ from, until }, frozen)).toBe(false);
          if (kind !== 'model') continue;
          expect(risk).toBeLessThanOrEqual(0.2);
          expect(risk).toBe(collisionProbability(exposed, { from, until }, config.policy.modelChanges));
        }
        const items = new Set([
          ...result.windows.map(({ item }) => item),
          ...result.unplaced.map(({ item }) => item),
          ...result.later,
        ]);
        expect(items.size).toBe(changes.length + (engine ? 1 : 0));
        for (const entry of result.unplaced) expect(entry.blockers.length).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });
});

/** Separation counted from the windows and waits alone, without the planner's own arithmetic. */
function expectHardRules({ windows, waits }: Plan, separation: number): void {
  const binaries = windows.find(({ step }) => step === 'binaries');
  const soak = waits.find(({ kind }) => kind === 'soak');
  if (binaries === undefined || soak === undefined) return;
  for (const model of windows.filter(({ kind }) => kind === 'model')) {
    expect(gap(model, { from: binaries.from, until: soak.until })).toBeGreaterThanOrEqual(separation);
  }
}

describe('a package that moves too often', () => {
  const moving = (watch: 'reach' | 'vendor'): ExposedProduct => {
    const start = toNumber(ASOF) + 1;
    // A release about every tenth day, at any time.
    const hit = (from: number, until: number) => 1 - 0.9 ** Math.max(0, until - Math.max(from, start));
    const one = anExposedProduct({ product: 'mongoose', asOf: ASOF });
    return {
      ...one,
      exposure: { ...one.exposure, watch },
      forecast: { ...one.forecast, kind: 'known', distribution: { start, mass: Float64Array.from([0.1]), hit } },
    };
  };
  const base = aConfig({ modelChanges: [aModelChange({ notBefore: addDays(ASOF, 28) })] });
  const [engine] = base.stack;
  if (engine === undefined) throw new Error('no engine');
  const stack = [
    engine,
    { ...engine, id: 'mongoose', product: 'mongoose', running: '8.19.1', range: '^8.19.1', store: 'mongodb' },
  ];

  it('is held, when it follows a range, for as long as the window needs', () => {
    const result = plan({ ...base, stack }, [moving('reach')]);
    const [window] = result.windows;
    expect(result.unplaced).toEqual([]);
    expect(window?.risk).toBeLessThanOrEqual(0.2);
    // Fourteen settling days before, seven guarded days after, and the day on which what was held back comes in.
    expect(result.holds).toEqual([
      {
        product: 'mongoose',
        range: '8.19.x',
        from: addDays(window?.from ?? ASOF, -14),
        until: addDays(window?.until ?? ASOF, 8),
      },
    ]);
    expect(window?.needs[0]).toMatch(/^keep mongoose at 8\.19\.x from /);
    expect(result.objective.find(({ level }) => level === 'hold days')?.value).toBe(24);
  });

  it('is held by its own way of writing versions', () => {
    const pymongo = { ...stack[1], id: 'pymongo', product: 'pymongo', running: '4.11', range: '>=4.9' };
    const one = { ...moving('reach'), product: 'pymongo', name: 'PyMongo', versioning: 'dotted' as const };
    const result = plan({ ...base, stack: [engine, { ...engine, ...pymongo }] }, [one]);
    expect(result.unplaced).toEqual([]);
    expect(result.holds).toMatchObject([{ product: 'pymongo', range: '4.11.x' }]);
  });

  it('cannot be held when nobody follows it: the work has no place', () => {
    const result = plan({ ...base, stack }, [moving('vendor')]);
    expect([result.holds, result.windows]).toEqual([[], []]);
    expect(result.unplaced).toMatchObject([{ blockers: [{ rule: 'patch-only' }] }]);
  });

  it('stays held for a window that was accepted with it', () => {
    const first = plan({ ...base, stack }, [moving('reach')]);
    const [window] = first.windows;
    const decision = aDecision({ from: window?.from ?? ASOF, until: window?.until ?? ASOF });
    const again = plan({ ...base, stack }, [moving('reach')], [decision]);
    expect(again.windows).toMatchObject([{ state: 'accepted', findings: [] }]);
    expect(again.holds).toEqual(first.holds);
  });
});

describe('the published baseline', () => {
  const config = aConfig({ modelChanges: [aModelChange()] });
  const published = (baseline: ReadonlyMap<string, Day>) =>
    makePlan({
      facts: { ...facts(config), baseline },
      models: modelPieces(config),
      hops: [],
      horizon: horizonFrom(ASOF),
      observedThrough: {},
    });
  const started = (from: Day) => window(published(new Map([['change', from]])), 'change');

  it('keeps a proposal of this or the next sprint where moving it is worth less than `steady` days', () => {
    // Weighed by its priority of 3: two days earlier are worth 6, three are worth 9.
    expect(started(day('2026-11-26'))?.from).toBe('2026-11-26');
    expect(started(day('2026-11-26'))?.reasons.join()).toContain('published for this day');
    expect(started(day('2026-11-27'))?.from).toBe('2026-11-24');
    expect(started(day('2026-11-24'))?.reasons.join()).not.toContain('published for this day');
  });

  it('binds nothing after the next sprint, and no place that is not free', () => {
    expect(started(day('2026-12-22'))?.from).toBe('2026-11-24');
    expect(started(day('2026-11-28'))?.from).toBe('2026-11-24');
  });
});

describe('bounds', () => {
  it('prove a plan in which nothing is in the way of anything', () => {
    const result = plan(aConfig({ modelChanges: [aModelChange(), aModelChange({ id: 'other', days: 3 })] }));
    expect(result.objective.every(({ value, bound }) => value === bound)).toBe(true);
  });

  it('prove that work without any day of its own cannot be placed', () => {
    const late = aModelChange({ id: 'late', priority: 1, deadline: addDays(ASOF, -1) });
    const result = plan(aConfig({ modelChanges: [late] }));
    expect(levelOf(result, 'unplaced, priority 1')).toMatchObject({ value: 1, bound: 1 });
  });
});
