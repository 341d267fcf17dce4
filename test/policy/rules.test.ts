import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { addDays, day } from '../../src/domain/day.ts';
import type { Interval } from '../../src/domain/interval.ts';
import type { WorkKind } from '../../src/domain/plan.ts';
import { sprintOf } from '../../src/policy/calendar.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';
import type { Piece, Placed, RuleFacts } from '../../src/policy/rule.ts';
import { RULES, refusals } from '../../src/policy/rules.ts';
import { candidateOn } from '../../src/schedule/places/starts.ts';
import { modelPieces } from '../../src/schedule/work/model-changes.ts';
import { anExposedProduct } from '../support/exposed.ts';
import { aConfig, aDecision, aModelChange, facts } from '../support/team.ts';

const base = modelPieces(aConfig({ modelChanges: [aModelChange({ days: 1 })] }))[0] as Piece;

interface Case {
  readonly config?: Config;
  readonly piece?: Partial<Piece>;
  readonly placed?: readonly Placed[];
  readonly unplaced?: readonly string[];
  readonly exposed?: readonly ExposedProduct[];
  readonly decisions?: RuleFacts['decisions'];
  readonly disruption?: Interval;
  readonly workdays?: readonly number[];
}

/** The rules that say no to these days, in a team that works every day unless it says otherwise. */
function broken(from: string, until: string, given: Case = {}): readonly string[] {
  const own = given.config ?? aConfig({ modelChanges: [aModelChange()] });
  const config = { ...own, team: { ...own.team, workdays: given.workdays ?? [1, 2, 3, 4, 5, 6, 7] } };
  const all: RuleFacts = {
    ...facts(config, given.exposed, given.decisions),
    placed: given.placed ?? [],
    unplaced: new Set(given.unplaced),
  };
  const window = { from: day(from), until: day(until) };
  const candidate = { ...candidateOn({ ...base, ...given.piece }, window, all), disruption: given.disruption ?? null };
  return refusals(candidate, all).map(({ rule }) => rule);
}

function placed(item: string, kind: WorkKind, from: string, until: string, disruption: Interval | null = null): Placed {
  const window = { from: day(from), until: day(until) };
  const config = aConfig();
  return {
    piece: { ...base, id: item, item, kind, title: item },
    window,
    sprint: sprintOf(config.team, window.from),
    disruption,
  };
}

describe('each rule under, on and over its line', () => {
  const freezes = [
    { name: 'Year end', from: day('2026-12-18'), until: day('2027-01-04'), blocks: 'all' as const, allow: [] },
  ];
  it.each([
    ['ends where the freeze begins', '2026-12-17', '2026-12-18', []],
    ['first day of the freeze', '2026-12-18', '2026-12-19', ['freeze']],
    ['last day of the freeze, over the year end', '2027-01-03', '2027-01-04', ['freeze']],
    ['the day the freeze is over', '2027-01-04', '2027-01-05', []],
  ])('freeze: %s', (_case, from, until, expected) => {
    expect(broken(from, until, { config: aConfig({ freezes }) })).toEqual(expected);
  });

  it('freeze: one for engines leaves model changes alone, and `allow` narrows its own', () => {
    const engine = freezes.map((freeze) => ({ ...freeze, blocks: 'engine' as const }));
    const allowing = freezes.map((freeze) => ({ ...freeze, allow: ['model'] }));
    expect(broken('2026-12-21', '2026-12-22', { config: aConfig({ freezes: engine }) })).toEqual([]);
    expect(broken('2026-12-21', '2026-12-22', { config: aConfig({ freezes: allowing }) })).toEqual([]);
  });

  it.each([
    ['on the last day of the sprint', '2026-12-05', '2026-12-07', []],
    ['one day into the next', '2026-12-05', '2026-12-08', ['in-one-sprint']],
  ])('in-one-sprint: %s', (_case, from, until, expected) => {
    expect(broken(from, until)).toEqual(expected);
  });

  it.each([
    ['before', '2026-12-08', []],
    ['on the day', '2026-12-09', []],
    ['one day late', '2026-12-10', ['deadline']],
  ])('deadline: %s', (_case, last, expected) => {
    const until = addDays(day(last), 1);
    expect(broken(last, until, { piece: { deadline: day('2026-12-09') } })).toEqual(expected);
  });

  it.each([
    ['13 days after the soak', '2027-01-14', ['separation']],
    ['14 days after the soak', '2027-01-15', []],
    ['ends 14 days before the binaries', '2026-11-30', []],
    ['ends 13 days before the binaries', '2026-12-01', ['separation']],
    ['in the middle', '2026-12-21', ['separation']],
  ])('separation: %s', (_case, from, expected) => {
    const disruption = { from: day('2026-12-15'), until: day('2027-01-01') };
    const engine = placed('mongodb-8.0', 'engine', '2026-12-15', '2026-12-17', disruption);
    expect(broken(from, addDays(day(from), 1), { placed: [engine] })).toEqual(expected);
  });

  it('separation: only within one store', () => {
    const disruption = { from: day('2026-12-15'), until: day('2027-01-01') };
    const other = placed('redis-8.0', 'engine', '2026-12-15', '2026-12-17', disruption);
    expect(
      broken('2026-12-21', '2026-12-22', { placed: [{ ...other, piece: { ...other.piece, store: 'redis' } }] }),
    ).toEqual([]);
  });

  it.each([
    ['before notBefore', '2026-11-30', ['order']],
    ['on notBefore', '2026-12-01', []],
  ])('order: %s', (_case, from, expected) => {
    expect(broken(from, addDays(day(from), 1), { piece: { notBefore: day('2026-12-01') } })).toEqual(expected);
  });

  it.each([
    ['on its last day', '2026-12-02', ['order']],
    ['the day it is over', '2026-12-03', []],
  ])('order: after other work, %s', (_case, from, expected) => {
    const first = placed('first', 'model', '2026-12-01', '2026-12-03');
    expect(broken(from, addDays(day(from), 1), { piece: { after: ['first'] }, placed: [first] })).toEqual(expected);
  });

  it('order: never after work that has no place', () => {
    expect(broken('2027-03-01', '2027-03-02', { piece: { after: ['first'] }, unplaced: ['first'] })).toEqual(['order']);
  });

  it.each([
    [17, []],
    [18, []],
    [19, ['capacity']],
  ])('capacity: %i person-days beside 2 of 20', (effort, expected) => {
    const config = aConfig();
    const team = { ...config.team, sprint: { ...config.team.sprint, capacity: 20 } };
    const other = placed('other', 'model', '2026-11-24', '2026-11-25');
    const withOther = { ...other, piece: { ...other.piece, effort: 2 } };
    expect(
      broken('2026-11-26', '2026-11-27', { config: { ...config, team }, piece: { effort }, placed: [withOther] }),
    ).toEqual(expected);
  });

  it('capacity: thirds of days are said as people write them', () => {
    const config = aConfig();
    const team = { ...config.team, workdays: [1, 2, 3, 4, 5, 6, 7], sprint: { ...config.team.sprint, capacity: 1 } };
    const own = { ...config, team };
    const window = { from: day('2026-11-26'), until: day('2026-11-27') };
    const other = placed('other', 'model', '2026-11-24', '2026-11-25');
    const all: RuleFacts = {
      ...facts(own),
      placed: [{ ...other, piece: { ...other.piece, effort: 1 } }],
      unplaced: new Set(),
    };
    const [refusal] = refusals(candidateOn({ ...base, effort: 1 / 3 }, window, all), all);
    expect(refusal?.because).toContain('would hold 1.33 person-days, its capacity is 1');
  });

  it.each([
    ['guard days before an announced release', '2026-12-09', ['patch-only']],
    ['one day earlier', '2026-12-08', []],
    ['last day of settling', '2026-12-29', ['patch-only']],
    ['settled', '2026-12-30', []],
  ])('patch-only: %s', (_case, from, expected) => {
    const exposed = [anExposedProduct({ events: [day('2026-12-16')] })];
    expect(broken(from, addDays(day(from), 1), { exposed })).toEqual(expected);
  });

  it('patch-only: the tolerance itself is allowed', () => {
    const events = Array.from({ length: 6 }, (_, i) => addDays(day('2026-11-01'), -100 * i));
    const exposed = [anExposedProduct({ events })];
    const config = aConfig();
    const all: RuleFacts = { ...facts(config, exposed), placed: [], unplaced: new Set() };
    const window = { from: day('2026-12-28'), until: day('2026-12-30') };
    const { risk } = candidateOn(base, window, all);
    expect(risk).toBeGreaterThan(0.0001);
    const at = (tolerance: number) =>
      broken(window.from, window.until, { exposed, config: { ...config, policy: { ...config.policy, tolerance } } });
    expect([at(risk), at(risk - 1e-6)]).toEqual([[], ['patch-only']]);
  });

  it('release-age: from the day the line is ripe', () => {
    const ripe = { from: day('2026-12-02'), because: 'young' };
    const piece = { kind: 'engine' as const, ripe };
    expect([broken('2026-12-01', '2026-12-02', { piece }), broken('2026-12-02', '2026-12-03', { piece })]).toEqual([
      ['release-age'],
      [],
    ]);
  });

  it('one-engine-at-a-time: disruptions share not even one day; preparing inside another’s is allowed', () => {
    const disruption = { from: day('2026-12-01'), until: day('2026-12-20') };
    const other = placed('redis-8.0', 'engine', '2026-12-01', '2026-12-02', disruption);
    const piece = { kind: 'engine' as const, item: 'mongodb-8.0', store: 'mongodb' };
    const at = (from: string) => ({
      piece,
      placed: [other],
      disruption: { from: day(from), until: day('2027-01-20') },
    });
    expect(broken('2026-12-19', '2026-12-20', at('2026-12-19'))).toEqual(['one-engine-at-a-time']);
    expect(broken('2026-12-20', '2026-12-21', at('2026-12-20'))).toEqual([]);
    expect(broken('2026-12-10', '2026-12-11', { piece, placed: [other] })).toEqual([]);
  });

  it('separation: a disruption keeps away from model changes too, unless either is excepted', () => {
    const piece = { kind: 'engine' as const, item: 'mongodb-8.0', id: 'mongodb-8.0/binaries' };
    const model = placed('change', 'model', '2026-12-01', '2026-12-03');
    const at = (from: string) => ({
      piece,
      placed: [model],
      disruption: { from: day(from), until: day('2027-01-20') },
    });
    expect(broken('2026-12-16', '2026-12-17', at('2026-12-16'))).toEqual(['separation']);
    expect(broken('2026-12-17', '2026-12-18', at('2026-12-17'))).toEqual([]);
    for (const item of ['change', 'mongodb-8.0']) {
      const exceptions = [{ rule: 'separation' as const, item, expires: day('2027-12-31'), reason: 'index only' }];
      expect(broken('2026-12-16', '2026-12-17', { ...at('2026-12-16'), config: aConfig({ exceptions }) })).toEqual([]);
    }
  });

  it('order: an upgrade is over when its soak is, though its last step ends before', () => {
    const binaries = placed('mongodb-8.0', 'engine', '2026-12-01', '2026-12-03', {
      from: day('2026-12-01'),
      until: day('2026-12-25'),
    });
    const fcv = placed('mongodb-8.0', 'engine', '2026-12-17', '2026-12-18');
    const at = { piece: { after: ['mongodb-8.0'], store: 'redis' }, placed: [binaries, fcv] };
    expect([broken('2026-12-24', '2026-12-25', at), broken('2026-12-25', '2026-12-26', at)]).toEqual([['order'], []]);
  });

  it.each([
    ['a Saturday', '2026-12-05', '2026-12-06', 1, ['in-one-sprint']],
    ['two of three days', '2026-12-01', '2026-12-03', 3, ['in-one-sprint']],
    ['all three', '2026-12-01', '2026-12-04', 3, []],
  ])('in-one-sprint: days off do not count as work: %s', (_case, from, until, days, expected) => {
    expect(broken(from, until, { piece: { days }, workdays: [1, 2, 3, 4, 5] })).toEqual(expected);
  });

  it('decided: a rejected sprint, and no other', () => {
    const decisions = [aDecision({ state: 'rejected', from: day('2026-12-09'), until: day('2026-12-11') })];
    expect(broken('2026-12-07', '2026-12-08', { decisions })).toEqual(['decided']);
    expect(broken('2026-12-21', '2026-12-22', { decisions })).toEqual([]);
  });

  it('an exception lifts its rule for its item, while the window ends by its expiry', () => {
    const exceptions = [{ rule: 'freeze' as const, item: 'change', expires: day('2026-12-22'), reason: 'index only' }];
    const config = aConfig({ freezes, exceptions });
    expect(broken('2026-12-21', '2026-12-23', { config })).toEqual([]);
    expect(broken('2026-12-22', '2026-12-24', { config })).toEqual(['freeze']);
    expect(broken('2026-12-21', '2026-12-22', { config, piece: { item: 'other' } })).toEqual(['freeze']);
  });
});

it('the list of rules is the folder of rules, by name', () => {
  const files = readdirSync('src/policy/rules').map((file) => file.replace(/\.ts$/, ''));
  expect(RULES.map(({ id }) => id)).toEqual(files.toSorted());
});
