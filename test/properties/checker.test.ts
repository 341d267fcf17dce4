import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import { RULE_IDS } from '../../src/domain/rule-ids.ts';
import { type Breach, breaches } from './checker/breaches.ts';
import { inventedFindings, missingFindings } from './checker/findings.ts';
import { misstated } from './checker/stated.ts';
import { incomplete } from './checker/whole.ts';
import { CASES, GOOD_HOP, hopWith, SCRIPTS, SPLIT, splitWith } from './checker.cases.ts';
import { aChange, aFreeze, aHop, anException, aPatch, aPlan, aTeam, REDIS_HOP } from './hand-made.ts';

const rules = (all: readonly Breach[]) => [...new Set(all.map(({ rule }) => rule))];
const windows = (all: readonly Breach[]) => all.map(({ window }) => window).toSorted();

it('has a case for every rule', () => {
  const covered = new Set([...CASES, ...SCRIPTS].map(({ rule }) => rule));
  expect(RULE_IDS.filter((rule) => !covered.has(rule))).toEqual([]);
});

describe.each(CASES)('$rule: $name', ({ rule, said, broken, mended, by }) => {
  const team = aTeam(said);

  it('is seen in proposals, and gone when it is mended', () => {
    const found = breaches(team, aPlan(team, broken));
    expect(rules(found)).toEqual([rule]);
    for (const window of by) expect(windows(found)).toContain(window);
    expect(breaches(team, aPlan(team, mended))).toEqual([]);
  });

  it('is no finding of work that is over or done', () => {
    expect(missingFindings(team, aPlan(team, broken, 'done'))).toEqual([]);
    const later = { ...aPlan(team, broken, 'accepted'), asOf: day('2027-06-01') };
    expect(missingFindings(team, later)).toEqual([]);
  });
});

describe.each(CASES.filter(({ proposalsOnly }) => proposalsOnly !== true))('$rule, decided: $name', (one) => {
  const { rule, said, broken, mended, by } = one;
  const team = aTeam(said);
  const told = (id: string) => (by.includes(id) ? [rule] : []);

  it('is missed among the findings of decided windows, and not when it is mended', () => {
    const found = missingFindings(team, aPlan(team, broken, 'accepted'));
    expect(rules(found)).toEqual([rule]);
    for (const window of windows(found)) expect(by).toContain(window);
    expect(missingFindings(team, aPlan(team, broken, 'pinned', told))).toEqual([]);
    expect(missingFindings(team, aPlan(team, mended, 'accepted'))).toEqual([]);
  });

  it('is a finding that is no invention, until it is mended', () => {
    expect(inventedFindings(team, aPlan(team, broken, 'accepted', told))).toEqual([]);
    const invented = inventedFindings(team, aPlan(team, mended, 'accepted', told));
    expect(rules(invented)).toEqual([rule]);
    const still = mended.map(([id]) => id);
    expect(windows(invented)).toEqual(by.filter((id) => still.includes(id)).toSorted());
  });
});

describe.each(SCRIPTS)('$rule', ({ rule, broken, mended }) => {
  const rows = [['a', '2026-12-01', '2026-12-02']] as const;
  const [bad, good] = [aTeam({ changes: [broken] }), aTeam({ changes: [mended] })];

  it('is seen in a proposal', () => {
    expect(rules(breaches(bad, aPlan(bad, rows)))).toEqual([rule]);
    expect(breaches(good, aPlan(good, rows))).toEqual([]);
  });

  it('is missed in a decided window', () => {
    expect(rules(missingFindings(bad, aPlan(bad, rows, 'accepted')))).toEqual([rule]);
    expect(missingFindings(good, aPlan(good, rows, 'accepted'))).toEqual([]);
  });
});

describe('an exception', () => {
  it('lifts its rule for its item while the window ends by its last day', () => {
    const change = aChange('a', { deadline: day('2026-12-02') });
    const rows = [['a', '2026-12-02', '2026-12-03']] as const;
    const until = (expires: string) =>
      aTeam({ changes: [change], exceptions: [anException('deadline', 'a', expires)] });
    expect(breaches(until('2026-12-03'), aPlan(until('2026-12-03'), rows))).toEqual([]);
    expect(rules(breaches(until('2026-12-02'), aPlan(until('2026-12-02'), rows)))).toEqual(['deadline']);
  });

  it('makes a finding of its own item an invention, and leaves that of the other side open', () => {
    const exceptions = [anException('separation', 'a', '2027-06-01')];
    const team = aTeam({ changes: [aChange('a')], hops: [aHop()], exceptions });
    const rows = [...GOOD_HOP, ['a', '2026-12-29', '2026-12-30']] as const;
    expect(missingFindings(team, aPlan(team, rows, 'accepted'))).toEqual([]);
    const told = aPlan(team, rows, 'accepted', (id) =>
      ['a', 'mongodb-8.0/binaries'].includes(id) ? ['separation'] : [],
    );
    expect(windows(inventedFindings(team, told))).toEqual(['a']);
  });
});

describe('a grave patch', () => {
  const frozen = [aFreeze('2026-11-23', '2026-12-05', { blocks: ['engine'], allow: ['security'] })];
  const rows = [['mongodb-patch', '2026-11-24']] as const;

  it('needs no lead, and goes through a freeze that allows security', () => {
    const team = aTeam({ patches: [aPatch()], freezes: frozen });
    expect(breaches(team, aPlan(team, rows))).toEqual([]);
    const mild = aTeam({ patches: [aPatch({ grave: false })], freezes: frozen });
    expect(rules(breaches(mild, aPlan(mild, rows))).toSorted()).toEqual(['freeze', 'lead']);
  });

  it('may exceed the capacity, and makes no room beside it', () => {
    const alone = aTeam({ patches: [aPatch({ effort: 5 })], capacity: 4 });
    expect(breaches(alone, aPlan(alone, rows))).toEqual([]);
    const team = aTeam({ patches: [aPatch({ effort: 3 })], changes: [aChange('a')], capacity: 4 });
    const both = [...rows, ['a', '2026-12-01', '2026-12-02']] as const;
    expect(windows(breaches(team, aPlan(team, both)))).toEqual(['a']);
  });

  it('is over before a proposed preparation, which a decided one does not ask for', () => {
    const team = aTeam({ hops: [aHop()], patches: [aPatch()] });
    const all = [...GOOD_HOP, ['mongodb-patch', '2027-01-12']] as const;
    expect(rules(breaches(team, aPlan(team, all)))).toEqual(['order']);
    const half = aPlan(team, all, (id) => (id === 'mongodb-patch' ? 'proposed' : 'accepted'));
    expect([breaches(team, half), missingFindings(team, half)]).toEqual([[], []]);
  });
});

it('an FCV without a way back takes a backup of its own', () => {
  const team = aTeam({ hops: [aHop({ noReturn: 'fcv' })] });
  expect(breaches(team, aPlan(team, hopWith(['mongodb-8.0/prepare', '2027-01-05'])))).toEqual([]);
});

describe('half of a hop', () => {
  const team = aTeam({ hops: [aHop()], changes: [aChange('a')] });
  const change = ['a', '2027-04-05', '2027-04-06'] as const;
  const decided = (id: string) => (id.startsWith('mongodb-8.0/') ? 'accepted' : 'proposed');

  it('whose FCV has no window has no end', () => {
    const rows = [...GOOD_HOP.slice(0, 3), change];
    expect(windows(breaches(team, aPlan(team, rows, decided)))).toEqual(['a']);
    expect(breaches(team, aPlan(team, [...GOOD_HOP, change], decided))).toEqual([]);
  });

  it('that has begun counts from its FCV, also where that is a proposal', () => {
    const begun = aTeam({
      hops: [aHop({ begun: true, needed: [], steps: aHop().steps.slice(3) })],
      changes: [aChange('a')],
    });
    const rows = [
      ['mongodb-8.0/fcv', '2027-01-12'],
      ['a', '2026-12-14', '2026-12-15'],
    ] as const;
    const known = breaches(begun, aPlan(begun, rows));
    expect(windows(known)).toEqual(['a']);
    const half = aPlan(begun, rows, (id) => (id === 'a' ? 'accepted' : 'proposed'));
    // The change lies in the middle of a disruption that ran before: the FCV is not to blame.
    expect(breaches(begun, half)).toEqual([]);
    expect(windows(missingFindings(begun, half))).toEqual(['a']);
  });

  it('blames a proposed FCV for its own days', () => {
    const near = [...GOOD_HOP, ['a', '2027-02-17', '2027-02-18']] as const;
    const half = aPlan(team, near, (id) => (id === 'mongodb-8.0/fcv' ? 'proposed' : 'accepted'));
    expect(windows(breaches(team, half))).toEqual(['mongodb-8.0/fcv']);
  });

  it('that was done is where it was, though no plan draws it', () => {
    const done = aTeam({
      hops: [aHop({ begun: true, needed: [], steps: aHop().steps.slice(3) })],
      decisions: [
        {
          item: 'mongodb-8.0',
          step: 'binaries',
          state: 'done',
          from: day('2026-11-18'),
          until: day('2026-11-19'),
          by: null,
          on: day('2026-11-18'),
          reason: null,
        },
      ],
    });
    expect(rules(breaches(done, aPlan(done, [['mongodb-8.0/fcv', '2026-12-02']])))).toEqual(['order', 'lead']);
    expect(breaches(done, aPlan(done, [['mongodb-8.0/fcv', '2026-12-07']]))).toEqual([]);
  });
});

describe('half of a change', () => {
  it('without its contract has no end', () => {
    const team = aTeam({ changes: [SPLIT], hops: [REDIS_HOP, aHop({ needed: [] })] });
    const begun = [['split/expand', '2026-11-25'], ...GOOD_HOP.slice(1)] as const;
    const plan = aPlan(team, begun, (id) => (id.startsWith('split') ? 'accepted' : 'proposed'));
    expect(rules(breaches(team, plan))).toEqual(['separation']);
    expect(windows(missingFindings(team, plan))).toEqual(['split/expand']);
  });

  it('proposed out of order around what is accepted is a breach', () => {
    const team = aTeam({ changes: [SPLIT] });
    const rows = splitWith(['split/expand', '2026-12-28']);
    const plan = aPlan(team, rows, (id) => (id === 'split/expand' ? 'proposed' : 'accepted'));
    expect(windows(breaches(team, plan))).toEqual(['split/expand']);
    expect(rules(missingFindings(team, plan))).toEqual(['order']);
  });
});

describe('a replacement', () => {
  const team = aTeam({
    changes: [aChange('a'), aChange('b', { models: ['a'] })],
    freezes: [aFreeze('2026-12-01', '2026-12-03')],
  });
  const accepted = aPlan(team, [['a', '2026-12-01', '2026-12-02']], 'accepted', () => ['freeze']);
  const beside = aPlan(team, [
    ['a', '2026-12-08', '2026-12-09'],
    ['b', '2026-12-10', '2026-12-11'],
  ]);

  it('is what the rest is built on', () => {
    const plan = { ...accepted, windows: [...accepted.windows, ...beside.windows] };
    expect([
      breaches(team, plan),
      missingFindings(team, plan),
      inventedFindings(team, plan),
      incomplete(team, plan),
    ]).toEqual([[], [], [], []]);
  });

  it('is missed where an accepted window is broken, and one too many where it is pinned', () => {
    const [, other] = beside.windows;
    const alone = { ...accepted, windows: [...accepted.windows, ...(other === undefined ? [] : [other])] };
    expect(incomplete(team, alone).map(({ text }) => text)).toEqual(['accepted, broken, and nothing replaces it']);
    const pinned = { ...accepted, windows: accepted.windows.map((one) => ({ ...one, state: 'pinned' as const })) };
    const both = { ...pinned, windows: [...pinned.windows, ...beside.windows] };
    expect(incomplete(team, both).map(({ text }) => text)).toEqual(['stands beside pinned,proposed']);
  });
});

describe('quiet edges', () => {
  const quiet = aTeam({ changes: [aChange('a', { type: 'remove-field', days: 5 })] }).config.policy;
  const policy = { engineUpgrades: { ...quiet.engineUpgrades, quietEdges: 2 } };
  const gone = (more = {}) => aTeam({ changes: [aChange('a', { type: 'remove-field', days: 5, ...more })], policy });
  const rules5 = (from: string, until: string, team = gone()) =>
    rules(breaches(team, aPlan(team, [['a', from, until]])));

  it('judge a window longer than a week has days by its first day', () => {
    expect(rules5('2026-11-30', '2026-12-04')).toEqual([]);
    expect(rules5('2026-11-27', '2026-12-03')).toEqual(['quiet-edges']);
  });

  it('say nothing of what can be taken back, nor where they are turned off', () => {
    expect(rules5('2026-12-03', '2026-12-04', gone({ type: 'drop-index' }))).toEqual([]);
    expect(rules5('2026-12-03', '2026-12-04')).toEqual(['quiet-edges']);
    const off = aTeam({ changes: [aChange('a', { type: 'remove-field' })] });
    expect(rules5('2026-12-03', '2026-12-04', off)).toEqual([]);
  });

  it('pass over a freeze that is not of the kind, but over none of disruption beside an engine', () => {
    const team = (blocks: 'package' | 'disruption') =>
      aTeam({
        hops: [{ ...REDIS_HOP, noReturn: 'binaries' }],
        policy,
        freezes: [aFreeze('2026-12-07', '2026-12-09', { blocks: [blocks] })],
      });
    const rows = [
      ['redis-8.2/prepare', '2026-12-09'],
      ['redis-8.2/binaries', '2026-12-10'],
    ] as const;
    expect(breaches(team('package'), aPlan(team('package'), rows))).toEqual([]);
    expect(rules(breaches(team('disruption'), aPlan(team('disruption'), rows)))).toEqual(['quiet-edges']);
  });
});

describe('holds', () => {
  const team = aTeam({ changes: [aChange('a')] });
  const vendor = { product: 'mongoose', known: [day('2026-12-03')], daily: 0, reach: true, unknown: false };
  const held = { ...team, vendors: new Map([['mongodb', [vendor]]]) };
  const plan = aPlan(held, [['a', '2026-12-01', '2026-12-02']]);
  const hold = { product: 'mongoose', range: '~8.19.0', from: day('2026-11-24'), until: day('2026-12-12') };

  it('keep a release away to their last day', () => {
    expect(rules(breaches(held, plan))).toEqual(['patch-only']);
    expect(breaches(held, { ...plan, holds: [hold] })).toEqual([]);
    expect(rules(breaches(held, { ...plan, holds: [{ ...hold, until: day('2026-12-10') }] }))).toEqual(['patch-only']);
    expect(rules(breaches(held, { ...plan, holds: [{ ...hold, product: 'mongodb' }] }))).toEqual(['patch-only']);
  });
});

describe('what a plan says', () => {
  const team = aTeam({ changes: [aChange('a')], hops: [aHop()], daily: 0.001 });
  const plan = aPlan(team, [...GOOD_HOP, ['a', '2026-12-01', '2026-12-02']]);
  const risk = 1 - 0.999 ** 16;
  const disruption = {
    item: 'mongodb-8.0',
    store: 'mongodb',
    from: day('2027-01-13'),
    until: day('2027-02-10'),
    state: 'proposed' as const,
  };
  const good = {
    ...plan,
    disruptions: [disruption],
    windows: plan.windows.map((one) => (one.id === 'a' ? { ...one, risk } : one)),
  };
  const change = (id: string, more: object) => ({
    ...good,
    windows: good.windows.map((one) => (one.id === id ? { ...one, ...more } : one)),
  });

  it('is so, or is told', () => {
    expect(misstated(team, good)).toEqual([]);
    expect(rules(misstated(team, change('a', { risk: 0.5 })))).toEqual(['risk']);
    expect(rules(misstated(team, change('mongodb-8.0/fcv', { risk: 0 })))).toEqual(['risk']);
    expect(rules(misstated(team, { ...good, disruptions: [{ ...disruption, until: day('2027-02-09') }] }))).toEqual([
      'disruption',
    ]);
    expect(rules(misstated(team, { ...good, disruptions: [] }))).toEqual(['disruption']);
    expect(rules(misstated(team, change('a', { until: day('2026-12-04') })))).toContain('working days');
    expect(rules(misstated(team, change('a', { from: day('2026-11-29') })))).toContain('working days');
  });

  it('leaves nothing out, and puts nothing in two places', () => {
    expect(incomplete(team, good)).toEqual([]);
    const without = (id: string) => ({ ...good, windows: good.windows.filter((one) => one.id !== id) });
    expect(windows(incomplete(team, without('a')))).toEqual(['a']);
    expect(windows(incomplete(team, without('mongodb-8.0/prepare')))).toEqual(['mongodb-8.0']);
    const unplaced = [
      { item: 'a', title: 'a', kind: 'model' as const, store: 'mongodb', blockers: [], relaxations: null },
    ];
    expect(windows(incomplete(team, { ...good, unplaced }))).toEqual(['a']);
    expect(incomplete(team, { ...without('a'), unplaced })).toEqual([]);
    expect(
      windows(incomplete(team, { ...good, windows: [...good.windows, ...aPlan(team, hopWith()).windows] })).length,
    ).toBeGreaterThan(0);
  });
});

it('findings on proposals are inventions', () => {
  const team = aTeam({ changes: [aChange('a', { deadline: day('2026-12-01') })] });
  const plan = aPlan(team, [['a', '2026-12-01', '2026-12-02']], 'proposed', () => ['deadline']);
  expect(windows(inventedFindings(team, plan))).toEqual(['a']);
});
