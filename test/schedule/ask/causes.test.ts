import { describe, expect, it } from 'vitest';
import { day } from '../../../src/domain/day.ts';
import type { PlanSnapshot, SnapshotInput } from '../../../src/domain/snapshot.ts';
import { changedInputs } from '../../../src/schedule/ask/causes.ts';
import { planDiff } from '../../../src/schedule/ask/diff.ts';

const about = { store: null, item: null } as const;

function aPlan(asOf: string, inputs: readonly SnapshotInput[], windows: PlanSnapshot['windows'] = []): PlanSnapshot {
  return { asOf: day(asOf), windows, unplaced: [], holds: [], inputs };
}

function aWindow(id: string, from: string, state: 'proposed' | 'accepted' | 'done' = 'proposed', store = 'redis') {
  return { id, item: id, store, title: id, state, from: day(from), until: day(from) } as const;
}

function textOf(before: SnapshotInput | null, after: SnapshotInput | null): readonly string[] {
  const [a, b] = [before === null ? [] : [before], after === null ? [] : [after]];
  return changedInputs(aPlan('2026-11-23', a), aPlan('2026-11-30', b)).map(({ text }) => text);
}

function aFreeze(from: string, until: string, more: Partial<{ blocks: readonly ('model' | 'engine')[] }> = {}) {
  const value = { days: [{ from: day(from), until: day(until) }], blocks: ['model' as const], allow: [], ...more };
  return { kind: 'freeze', key: 'Year end', value, ...about } as const;
}

const decision = (state: 'accepted' | 'rejected', from: string, until: string, by: string | null = 'kim') =>
  ({
    kind: 'decision',
    key: 'one',
    value: { state, from: day(from), until: day(until), by },
    store: null,
    item: 'one',
  }) as const;

const release = (on: string) =>
  ({ kind: 'release', key: 'Redis 8.4', value: day(on), store: 'redis', item: null }) as const;
const forecast = (line: string | null, p50: string | null, p90 = '2027-02-01') =>
  ({
    kind: 'forecast',
    key: 'mongoose',
    value: { line, p10: day('2026-12-01'), p50: p50 === null ? null : day(p50), p90: day(p90) },
    store: 'mongodb',
    item: null,
  }) as const;
const policy = (key: string, value: string | number | null) => ({ kind: 'policy', key, value, ...about }) as const;
const calendar = (key: string, value: string | number) => ({ kind: 'calendar', key, value, ...about }) as const;
const runs = (running: string) =>
  ({
    kind: 'stack',
    key: 'mongodb',
    value: { running, range: null, fcv: '8.0' },
    store: 'mongodb',
    item: null,
  }) as const;
const work = (value: Readonly<Record<string, string | number | null>>) =>
  ({ kind: 'work', key: 'split', value, store: 'mongodb', item: 'split' }) as const;
const unknown = (value: string) => ({ kind: 'unknown', key: 'Redis', value, store: 'redis', item: null }) as const;
const exception = (expires: string) =>
  ({
    kind: 'exception',
    key: 'split',
    value: { rule: 'separation', expires: day(expires) },
    store: null,
    item: 'split',
  }) as const;

describe('a cause is said in the words of the files', () => {
  it.each<readonly [string, SnapshotInput | null, SnapshotInput | null]>([
    ['Year end moved from 21 Dec to 28 Dec', aFreeze('2026-12-21', '2027-01-04'), aFreeze('2026-12-28', '2027-01-11')],
    ['Year end begins on 18 Dec, not 21 Dec', aFreeze('2026-12-21', '2027-01-04'), aFreeze('2026-12-18', '2027-01-04')],
    ['Year end ends on 10 Jan, not 3 Jan', aFreeze('2026-12-21', '2027-01-04'), aFreeze('2026-12-21', '2027-01-11')],
    ['freeze Year end is new, 21 Dec to 3 Jan', null, aFreeze('2026-12-21', '2027-01-04')],
    ['freeze Year end is gone', aFreeze('2026-12-21', '2027-01-04'), null],
    [
      'Year end blocks model, engine, not model',
      aFreeze('2026-12-21', '2027-01-04'),
      aFreeze('2026-12-21', '2027-01-04', { blocks: ['model', 'engine'] }),
    ],
    ['tolerance 0.2 → 0.3', policy('tolerance', 0.2), policy('tolerance', 0.3)],
    ['neverRelax freeze → none', policy('neverRelax', 'freeze'), policy('neverRelax', '')],
    ['sprint capacity 20 → 10', calendar('sprint.capacity', 20), calendar('sprint.capacity', 10)],
    ['workdays mon, fri → mon', calendar('workdays', '1, 5'), calendar('workdays', '1')],
    [
      '24 Dec is a day off now, 28 Dec is no day off any more',
      calendar('daysOff', '2026-12-25, 2026-12-28'),
      calendar('daysOff', '2026-12-24, 2026-12-25'),
    ],
    ['one: accepted by kim for 3 to 5 Dec', null, decision('accepted', '2026-12-03', '2026-12-06')],
    ['one: rejected for 30 Nov to 1 Dec', null, decision('rejected', '2026-11-30', '2026-12-02', null)],
    ['one: no longer accepted by kim for 3 Dec', decision('accepted', '2026-12-03', '2026-12-04'), null],
    [
      'the next mongoose: half by 3 Dec → half by 10 Dec',
      forecast('8.25', '2026-12-03'),
      forecast('8.25', '2026-12-10'),
    ],
    [
      'the next mongoose: 8.25, half by 3 Dec → 8.26, probably none',
      forecast('8.25', '2026-12-03'),
      forecast('8.26', null),
    ],
    [
      'the next mongoose: 80 % from 1 Dec to 1 Feb → 80 % from 1 Dec to 1 Aug 2027',
      forecast('8.25', '2026-12-03'),
      forecast('8.25', '2026-12-03', '2027-08-01'),
    ],
    ['Redis 8.4 came out on 25 Nov', null, release('2026-11-25')],
    ['Redis 8.4 came out on 25 Nov', release('2026-12-07'), release('2026-11-25')],
    ['Redis 8.4 is announced for 14 Dec, not 7 Dec', release('2026-12-07'), release('2026-12-14')],
    ['Redis 8.4 is dated 20 Nov, not 18 Nov', release('2026-11-18'), release('2026-11-20')],
    ['mongodb runs 8.0.4 → 8.0.6', runs('8.0.4'), runs('8.0.6')],
    [
      'split: deadline none → 26 Feb, effort 3 → 5',
      work({ deadline: null, effort: 3 }),
      work({ deadline: '2027-02-26', effort: 5 }),
    ],
    ['split is new', null, work({})],
    ['the next Redis is unknown: too little history', null, unknown('too little history')],
    [
      'the exception from separation for split ends on 31 Jan, not 31 Dec',
      exception('2026-12-31'),
      exception('2027-01-31'),
    ],
  ])('%s', (text, before, after) => {
    expect(textOf(before, after)).toEqual([text]);
  });

  it('and not where only the days of an old reading went on', () => {
    expect(textOf(unknown('last reading 60 days ago'), unknown('last reading 67 days ago'))).toEqual([]);
  });
});

const DAYS = (asOf: string) => ({ kind: 'day', key: 'today', value: day(asOf), ...about }) as const;

describe('what moved', () => {
  const [monday, next] = ['2026-11-23', '2026-11-30'];

  it('names each cause once, with the windows it may have moved', () => {
    const windows = [
      aWindow('a', '2026-12-07'),
      aWindow('b', '2026-12-08'),
      aWindow('m', '2026-12-08', 'proposed', 'mongodb'),
    ];
    const moved = [
      aWindow('a', '2026-12-14'),
      aWindow('b', '2026-12-15'),
      aWindow('m', '2026-12-09', 'proposed', 'mongodb'),
    ];
    const diff = planDiff(
      aPlan(monday, [DAYS(monday)], windows),
      aPlan(next, [DAYS(next), release('2026-11-25')], moved),
    );
    expect(diff.causes.map(({ text, moved: ids }) => [text, ids])).toEqual([
      ['Redis 8.4 came out on 25 Nov', ['a', 'b']],
      ['other work moved', ['m']],
      ['a week went by', []],
    ]);
  });

  it('a proposal whose day passed is proposed again, not moved, and has no cause', () => {
    const diff = planDiff(
      aPlan(monday, [DAYS(monday)], [aWindow('a', '2026-11-25')]),
      aPlan(next, [DAYS(next), release('2026-11-25')], [aWindow('a', '2026-12-07')]),
    );
    expect(diff.moved).toMatchObject([
      { id: 'a', fate: 'again', before: '2026-11-25', after: '2026-12-07', causes: [] },
    ]);
  });

  it('what was said to be done did not move', () => {
    const done = {
      ...decision('accepted', '2026-11-25', '2026-11-26'),
      value: { state: 'done', from: day('2026-11-25'), until: day('2026-11-26'), by: null },
    } as const;
    expect(planDiff(aPlan(monday, [], [aWindow('one', '2026-11-25')]), aPlan(next, [done], [])).moved).toEqual([]);
  });

  it('a baseline says where windows were; files that do not lead there any more were edited', () => {
    const baseline = {
      on: day(monday),
      proposals: [
        { id: 'a', from: day('2026-12-01') },
        { id: 'b', from: day('2026-12-08') },
        { id: 'c', from: day('2026-12-09') },
        { id: 'gone', from: day('2026-12-09') },
      ],
    };
    const then = [aWindow('a', '2026-12-03'), aWindow('b', '2026-12-08'), aWindow('c', '2026-12-09')];
    const now = [
      aWindow('a', '2026-12-03'),
      aWindow('b', '2026-12-08', 'accepted'),
      aWindow('c', '2026-12-10', 'accepted'),
      aWindow('decided-before', '2026-12-02', 'accepted'),
      aWindow('new', '2026-12-02'),
    ];
    const accepted = { ...decision('accepted', '2026-12-10', '2026-12-11'), key: 'c', item: 'c' };
    const diff = planDiff(aPlan(monday, [DAYS(monday)], then), aPlan(next, [DAYS(next), accepted], now), baseline);
    expect(diff).toMatchObject({ against: 'baseline', since: monday, until: next });
    const edit = 'neap.yaml or a decision was edited since 23 Nov, or facts came in late';
    const said = 'c: accepted by kim for 10 Dec';
    expect(diff.moved.map(({ id, fate, causes }) => [id, fate, causes.map(({ text }) => text)])).toEqual([
      ['a', 'moved', [edit, said]],
      ['c', 'moved', [said]],
      ['gone', 'gone', [edit]],
      ['new', 'new', [said]],
    ]);
  });
});
