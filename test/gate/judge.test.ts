import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { addDays, day } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';
import type { GateQuestion } from '../../src/domain/gate.ts';
import type { StoreOutlook } from '../../src/domain/period.ts';
import type { Plan, PlannedWindow } from '../../src/domain/plan.ts';
import { type GateFacts, judge } from '../../src/gate/judge.ts';
import { ASOF, aConfig, aDecision, aFreeze, aModelChange } from '../support/team.ts';

const UNTIL = addDays(ASOF, 182);
const model: GateQuestion = { kind: 'model', store: 'mongodb', patch: false, item: null };
const engine: GateQuestion = { ...model, kind: 'engine' };
const drivers: GateQuestion = { ...model, kind: 'package' };

interface Given {
  readonly config?: Partial<Config>;
  readonly outlook?: Partial<StoreOutlook>;
  readonly windows?: readonly PlannedWindow[];
  readonly decisions?: readonly Decision[];
  readonly unplaced?: Plan['unplaced'];
  readonly disruptions?: Plan['disruptions'];
}

/** A team of which every day is calm and nothing is decided, unless said. */
function facts({
  config = {},
  outlook = {},
  windows = [],
  decisions = [],
  unplaced = [],
  disruptions = [],
}: Given = {}): GateFacts {
  const own = aConfig(config);
  return {
    asOf: ASOF,
    config: own,
    lanes: [],
    outlooks: [
      {
        store: 'mongodb',
        from: addDays(ASOF, -84),
        turbulence: Array.from({ length: 84 + 182 }, () => 0),
        periods: [],
        releases: [],
        next: null,
        unknown: [],
        ...outlook,
      },
    ],
    plan: {
      asOf: ASOF,
      horizon: { from: ASOF, until: UNTIL },
      observedThrough: {},
      windows,
      waits: [],
      holds: [],
      unplaced,
      later: [],
      noWay: [],
      carried: [],
      disruptions,
      objective: [],
    },
    decisions,
  };
}

function aWindow(
  item: string,
  kind: PlannedWindow['kind'],
  from: string,
  until: string,
  more: Partial<PlannedWindow> = {},
): PlannedWindow {
  const step = more.step ?? null;
  return {
    id: step === null ? item : `${item}/${step}`,
    item,
    step,
    title: item,
    kind,
    store: 'mongodb',
    from: day(from),
    until: day(until),
    sprint: 1,
    state: 'accepted',
    risk: 0,
    daysLate: 0,
    reasons: [],
    wayBack: null,
    noReturnFrom: null,
    needs: [],
    sets: [],
    findings: [],
    ...more,
  };
}

/** State on a day, with the rules that say no. */
function on(at: string, question: GateQuestion, given: Given = {}, beside: readonly GateQuestion[] = []) {
  const answer = judge(facts(given), question, day(at), beside);
  return [answer.state, ...answer.refusals.map(({ rule }) => rule)].join(' ');
}

/** The hop's binaries on two days, its soak to 2026-12-25: it disrupts `[2026-12-14, 2026-12-25)`. */
const hop = (state: PlannedWindow['state'] = 'accepted'): Given => ({
  windows: [aWindow('mongodb-8.0', 'engine', '2026-12-14', '2026-12-16', { step: 'binaries', state })],
  disruptions: [
    {
      item: 'mongodb-8.0',
      store: 'mongodb',
      from: day('2026-12-14'),
      until: day('2026-12-25'),
      state: state === 'proposed' ? 'proposed' : 'decided',
    },
  ],
});

describe('a model change', () => {
  it('is open in a calm stretch, and says that it stays so', () => {
    expect(judge(facts(), model, ASOF)).toMatchObject({
      state: 'open',
      until: null,
      opens: { from: ASOF, until: null },
      horizon: UNTIL,
    });
  });

  it.each([
    ['2026-12-08', 'open'],
    ['2026-12-13', 'closed patch-only'],
    ['2027-01-02', 'closed patch-only'],
    ['2027-01-03', 'open'],
  ])('keeps the margins of a known release on 2026-12-20: %s', (at, expected) => {
    const turbulence = Array.from({ length: 266 }, (_, i) => (i >= 84 + 20 && i < 84 + 41 ? 1 : 0));
    const releases = [{ day: day('2026-12-20'), name: 'mongodb 9.0' }];
    expect(on(at, model, { outlook: { releases, turbulence } })).toBe(expected);
  });

  it('is closed above the tolerance, opens on the first calm day, and closes where calm ends', () => {
    const turbulence = Array.from({ length: 266 }, (_, i) => (i < 84 + 3 || i >= 84 + 10 ? 0.21 : 0.2));
    expect(judge(facts({ outlook: { turbulence } }), model, ASOF)).toMatchObject({
      state: 'closed',
      until: addDays(ASOF, 3),
      opens: { from: addDays(ASOF, 3), until: addDays(ASOF, 10) },
      refusals: [{ rule: 'patch-only', facts: { risk: 0.21, tolerance: 0.2 }, freeFrom: addDays(ASOF, 3) }],
    });
  });

  it.each([
    ['a day more than the separation before the disruption', '2026-11-28', 'open'],
    ['the separation before it, to the day', '2026-11-29', 'open'],
    ['one day too near', '2026-11-30', 'closed separation'],
    ['in the middle of it', '2026-12-20', 'closed separation'],
    ['one day too soon after the soak', '2027-01-07', 'closed separation'],
    ['the separation after the soak', '2027-01-08', 'open'],
  ])('keeps apart from a decided upgrade: %s', (_case, at, expected) => {
    expect(on(at, model, hop())).toBe(expected);
    expect(on(at, model, hop('proposed'))).toBe('open');
  });

  it('mentions a proposed upgrade, which closes nothing', () => {
    const { state, notes } = judge(facts(hop('proposed')), model, day('2026-12-20'));
    expect([state, notes]).toEqual(['open', [expect.stringMatching(/^only proposed.*mongodb-8\.0.*\(separation\)$/)]]);
  });

  it('keeps apart from an upgrade that is over but still soaks, and from one that has begun without anybody saying when', () => {
    const { disruptions = [] } = hop();
    expect(on('2026-12-30', model, { disruptions })).toBe('closed separation');
    expect(on('2027-01-08', model, { disruptions })).toBe('open');
    const other = disruptions.map((one) => ({ ...one, item: 'redis-8.0', store: 'redis' }));
    expect(on('2026-12-20', model, { disruptions: other })).toBe('open');
  });

  it('keeps apart for good from an upgrade whose end nobody knows', () => {
    const disruptions = (hop().disruptions ?? []).map((one) => ({ ...one, until: null }));
    expect(on('2027-05-01', model, { disruptions })).toBe('closed separation');
    expect(on('2026-11-29', model, { disruptions })).toBe('open');
  });

  it('keeps two working days from a decided patch of its engine, both ways', () => {
    const windows = [aWindow('mongodb-patch', 'engine', '2026-12-02', '2026-12-03')];
    const days = ['2026-11-27', '2026-11-30', '2026-12-02', '2026-12-04', '2026-12-07'];
    const closed = 'closed patch-separation';
    expect(days.map((at) => on(at, model, { windows }))).toEqual(['open', closed, closed, closed, 'open']);
    const change = [aWindow('change', 'model', '2026-12-02', '2026-12-03')];
    const patch = { ...engine, item: 'mongodb-patch' };
    const planned = [...change, aWindow('mongodb-patch', 'engine', '2026-12-14', '2026-12-15', { state: 'proposed' })];
    expect(days.map((at) => on(at, patch, { windows: planned }))).toEqual(['open', closed, closed, closed, 'open']);
    expect(days.map((at) => on(at, { ...engine, patch: true }, { windows: change }))).toEqual([
      'open',
      closed,
      closed,
      closed,
      'open',
    ]);
  });

  it('is closed in the sprint of a decided driver upgrade', () => {
    const windows = [aWindow('mongodb-8.0', 'package', '2026-11-24', '2026-11-25', { step: 'packages' })];
    expect(on('2026-12-06', model, { windows })).toBe('closed apart-from-packages');
    expect(on('2026-12-07', model, { windows })).toBe('open');
  });

  it('is unknown where facts are missing, and closed where a rule says no whatever they are', () => {
    const unknown = [{ product: 'mongoose', because: 'too little history' }];
    expect(on('2026-11-23', model, { outlook: { unknown } })).toBe('unknown');
    expect(on('2026-12-20', model, { ...hop(), outlook: { unknown } })).toBe('closed separation');
    expect(judge(facts({ outlook: { unknown } }), model, ASOF)).toMatchObject({
      opens: null,
      unknown: ['mongoose: too little history'],
    });
  });

  it.each(['2026-08-30', '2027-05-24', '2030-01-01'])('is unknown beyond the days looked at: %s', (at) => {
    expect(on(at, model)).toBe('unknown');
  });
});

describe('freezes and kinds', () => {
  const freezes = (blocks: 'all' | 'model' | 'engine') => ({
    config: {
      freezes: [
        aFreeze({
          from: day('2026-12-18'),
          until: day('2027-01-04'),
          allow: ['security'],
          ...(blocks === 'all' ? {} : { blocks: [blocks] }),
        }),
      ],
    },
  });
  it.each([
    ['2026-12-17', 'all', model, 'open'],
    ['2026-12-18', 'all', model, 'closed freeze'],
    ['2027-01-03', 'all', engine, 'closed freeze'],
    ['2027-01-03', 'all', drivers, 'closed freeze'],
    ['2027-01-04', 'all', model, 'open'],
    ['2026-12-20', 'engine', model, 'open'],
    ['2026-12-20', 'model', engine, 'open'],
    ['2026-12-20', 'all', { ...drivers, store: null }, 'closed freeze'],
  ] as const)('%s, blocks %s', (at, blocks, question, expected) => {
    expect(on(at, question, freezes(blocks))).toBe(expected);
  });

  it('a patch against a grave defect passes a freeze that allows security', () => {
    const windows = [aWindow('mongodb-patch', 'engine', '2026-12-21', '2026-12-22', { state: 'proposed' })];
    expect(on('2026-12-21', { ...engine, item: 'mongodb-patch' }, { ...freezes('all'), windows })).toBe('open');
    expect(on('2026-12-21', { ...engine, patch: true }, { ...freezes('all'), windows })).toBe('closed freeze');
  });
});

describe('an engine change', () => {
  const decided = { windows: [aWindow('rename', 'model', '2027-01-11', '2027-01-13')] };
  // Burn-in, FCV and soak of the policy make a change of one day disrupt 23 of them.
  it.each([
    ['2026-12-05', 'open'],
    ['2026-12-06', 'closed separation'],
    ['2027-01-26', 'closed separation'],
    ['2027-01-27', 'open'],
  ])('keeps apart from a decided model change: %s', (at, expected) => {
    expect(on(at, engine, decided)).toBe(expected);
    expect(on(at, { ...engine, patch: true }, decided)).toBe('open');
  });

  it('waits until no other engine is in between', () => {
    const windows = [aWindow('redis-8.0', 'engine', '2026-12-01', '2026-12-02', { step: 'binaries', store: 'redis' })];
    const disruptions: Plan['disruptions'] = [
      { item: 'redis-8.0', store: 'redis', from: day('2026-12-01'), until: day('2026-12-02'), state: 'decided' },
    ];
    expect(on('2026-11-23', engine, { windows, disruptions })).toBe('closed one-engine-at-a-time');
    expect(on('2026-12-02', engine, { windows, disruptions })).toBe('open');
  });

  it('is unknown where the engine was not read lately; a stale driver does not matter to it', () => {
    const lane = (id: string) => ({ product: { id }, stale: true, history: { observedThrough: day('2026-01-01') } });
    const stale = (id: string): GateFacts => ({ ...facts(), lanes: [lane(id) as GateFacts['lanes'][number]] });
    expect(judge(stale('mongodb'), engine, ASOF)).toMatchObject({
      state: 'unknown',
      unknown: ['mongodb: last complete reading 2026-01-01'],
    });
    expect(judge(stale('mongoose'), engine, ASOF).state).toBe('open');
  });
});

it('a package change is closed in the sprint of a decided model change', () => {
  const windows = [aWindow('rename', 'model', '2026-12-01', '2026-12-03')];
  expect(on('2026-11-23', drivers, { windows })).toBe('closed apart-from-packages');
  expect(on('2026-12-07', drivers, { windows })).toBe('open');
});

describe('named work', () => {
  const change = aModelChange({ id: 'rename' });
  const rename = { ...model, item: 'rename' };
  const turbulent = { turbulence: Array.from({ length: 266 }, () => 0.5) };

  it('has an exception that lifts one rule, for that work, until it expires', () => {
    const exceptions = [
      { rule: 'patch-only' as const, item: 'rename', expires: day('2026-12-01'), reason: 'index only' },
    ];
    const given = { config: { modelChanges: [change], exceptions }, outlook: turbulent };
    expect(judge(facts(given), rename, day('2026-12-01'))).toMatchObject({ state: 'open', lifted: exceptions });
    expect(on('2026-12-02', rename, given)).toBe('closed patch-only');
    expect(on('2026-12-01', model, given)).toBe('closed patch-only');
  });

  it('is open in its own decided window, closed by what breaks it, and pinned it stays', () => {
    const findings = [{ rule: 'freeze' as const, item: 'rename', because: 'a freeze', facts: {}, freeFrom: null }];
    const given = (more: Partial<PlannedWindow>): Given => ({
      config: { modelChanges: [change] },
      outlook: turbulent,
      windows: [aWindow('rename', 'model', '2026-12-01', '2026-12-03', more)],
    });
    expect(on('2026-12-02', rename, given({}))).toBe('open');
    expect(on('2026-12-03', rename, given({}))).toBe('closed patch-only');
    expect(on('2026-12-02', rename, given({ state: 'proposed' }))).toBe('closed patch-only');
    expect(on('2026-12-02', model, given({}))).toBe('closed patch-only');
    expect(on('2026-12-02', rename, given({ findings }))).toBe('closed freeze');
    expect(judge(facts(given({ findings, state: 'pinned' })), rename, day('2026-12-02'))).toMatchObject({
      state: 'open',
      notes: ['rename is pinned for 2026-12-01 to 2026-12-02', 'pinned there although a freeze (freeze)'],
    });
  });

  it('is open in its own window only as far as its facts are known', () => {
    const windows = [aWindow('rename', 'model', '2026-12-01', '2026-12-03')];
    const unknown = [{ product: 'mongoose', because: 'stale' }];
    expect(on('2026-12-01', rename, { config: { modelChanges: [change] }, windows, outlook: { unknown } })).toBe(
      'unknown',
    );
  });

  it('keeps the rules that speak of it: order, rejections, re-runnable, a way back', () => {
    const with_ = (more: Parameters<typeof aModelChange>[0], given: Given = {}) =>
      on('2026-11-24', rename, { ...given, config: { modelChanges: [aModelChange({ id: 'rename', ...more })] } });
    expect(with_({ notBefore: day('2026-11-25') })).toBe('closed order');
    expect(with_({ rerunnable: false })).toBe('closed rerunnable');
    expect(with_({ type: 'remove-field', rollback: 'none' })).toBe('open');
    expect(with_({ type: 'rename-field', phases: 'together', rollback: 'none' })).toBe('closed way-back');
    const rejected = [
      aDecision({ item: 'rename', state: 'rejected', from: day('2026-12-01'), until: day('2026-12-02') }),
    ];
    expect(with_({}, { decisions: rejected })).toBe('closed decided');
    const before = [aWindow('first', 'model', '2026-12-01', '2026-12-03', { state: 'proposed' })];
    expect(with_({ after: ['first'] }, { windows: before })).toBe('closed order');
  });
});

describe('what ships together', () => {
  it('is judged as on the same day: no model with its driver, none with its engine, no two engines', () => {
    expect(on('2026-11-23', model, {}, [drivers])).toBe('closed apart-from-packages');
    expect(on('2026-11-23', drivers, {}, [model])).toBe('closed apart-from-packages');
    expect(on('2026-11-23', model, {}, [engine])).toBe('closed separation');
    expect(on('2026-11-23', engine, {}, [{ ...engine, store: 'redis' }])).toBe('closed one-engine-at-a-time');
    expect(on('2026-11-23', model, {}, [{ ...drivers, store: 'redis' }])).toBe('open');
    expect(on('2026-11-23', model, {}, [{ ...engine, patch: true }])).toBe('closed patch-separation');
  });

  it('never opens as one change', () => {
    expect(judge(facts(), model, ASOF, [drivers]).opens).toBeNull();
  });
});
