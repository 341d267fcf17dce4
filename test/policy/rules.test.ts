import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { addDays, day } from '../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import type { Interval } from '../../src/domain/interval.ts';
import type { WorkKind } from '../../src/domain/plan.ts';
import type { StepName } from '../../src/domain/step-name.ts';
import { sprintOf } from '../../src/policy/calendar.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';
import type { OpenInterval, Piece, Placed, RuleFacts } from '../../src/policy/rule.ts';
import { RULES, refusals } from '../../src/policy/rules.ts';
import { candidateOn } from '../../src/schedule/places/starts.ts';
import { modelPieces } from '../../src/schedule/work/model-changes.ts';
import { anExposedProduct } from '../support/exposed.ts';
import { aConfig, aDecision, aFreeze, aModelChange, facts } from '../support/team.ts';

const base = modelPieces(aConfig({ modelChanges: [aModelChange({ days: 1 })] }))[0] as Piece;

interface Case {
  readonly config?: Config;
  readonly piece?: Partial<Piece>;
  readonly placed?: readonly Placed[];
  readonly unplaced?: readonly string[];
  readonly exposed?: readonly ExposedProduct[];
  readonly decisions?: RuleFacts['decisions'];
  readonly disruption?: OpenInterval;
  readonly decided?: boolean;
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
  const candidate = {
    ...candidateOn({ ...base, ...given.piece }, window, all),
    disruption: given.disruption ?? null,
    ...(given.decided === true ? { decided: true } : {}),
  };
  return refusals(candidate, all).map(({ rule }) => rule);
}

const aGrave = { exploited: false, advisories: ['CVE-1'], version: '7.0.40' };

/** A step of the upgrade `hop` with its days. */
function inHop(step: StepName, kind: WorkKind, from: string, until: string, rest: Partial<Piece> = {}): Placed {
  const one = placed('hop', kind, from, until);
  return { ...one, piece: { ...one.piece, id: `hop/${step}`, step, ...rest } };
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
  const freezes = [aFreeze({ name: 'Year end', from: day('2026-12-18'), until: day('2027-01-04') })];
  it.each([
    ['ends where the freeze begins', '2026-12-17', '2026-12-18', []],
    ['first day of the freeze', '2026-12-18', '2026-12-19', ['freeze']],
    ['last day of the freeze, over the year end', '2027-01-03', '2027-01-04', ['freeze']],
    ['the day the freeze is over', '2027-01-04', '2027-01-05', []],
  ])('freeze: %s', (_case, from, until, expected) => {
    expect(broken(from, until, { config: aConfig({ freezes }) })).toEqual(expected);
  });

  it('freeze: one for engines leaves model changes alone, and `allow` narrows its own', () => {
    const engine = freezes.map((freeze) => ({ ...freeze, blocks: ['engine' as const] }));
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
    expect(
      broken(from, addDays(day(from), 1), { piece: { after: ['first'], lowRisk: true, models: [] }, placed: [first] }),
    ).toEqual(expected);
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
    const piece = { kind: 'package' as const, ripe };
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

  it.each([
    ['tomorrow', '2026-11-24', 'model', []],
    ['today', '2026-11-23', 'model', ['lead']],
    ['nine working days ahead', '2026-12-02', 'engine', ['lead']],
    ['ten working days ahead', '2026-12-03', 'engine', []],
  ] as const)('lead: %s', (_case, from, kind, expected) => {
    expect(broken(from, addDays(day(from), 1), { piece: { kind } })).toEqual(expected);
  });

  it('lead: neither of a patch against a grave defect nor of what somebody decided', () => {
    const grave = { exploited: false, advisories: ['CVE-1'], version: '7.0.40' };
    const piece = { kind: 'engine' as const, urgent: true, patch: true, grave };
    expect(broken('2026-11-23', '2026-11-24', { piece })).toEqual([]);
    expect(broken('2026-11-23', '2026-11-24', { decided: true })).toEqual([]);
  });

  it.each([
    ['two working days after it', '2026-12-05', []],
    ['one working day after it', '2026-12-04', ['patch-separation']],
    ['on its day', '2026-12-02', ['patch-separation']],
    ['one working day before it', '2026-11-30', ['patch-separation']],
    ['two working days before it', '2026-11-29', []],
  ])('patch-separation: %s', (_case, from, expected) => {
    const patch = placed('mongodb-patch', 'engine', '2026-12-02', '2026-12-03');
    const other = { ...patch, piece: { ...patch.piece, patch: true } };
    expect(broken(from, addDays(day(from), 1), { placed: [other] })).toEqual(expected);
    const model = placed('first', 'model', from, addDays(day(from), 1));
    const piece = { kind: 'engine' as const, patch: true, id: 'p', item: 'p', grave: aGrave };
    expect(broken('2026-12-02', '2026-12-03', { piece, placed: [model] })).toEqual(expected);
  });

  it.each([
    ['13 days before', '2026-12-02', ['packages-settled']],
    ['14 days before', '2026-12-01', []],
  ])('packages-settled: a major %s the binaries', (_case, until, expected) => {
    const major = inHop('mongoose-8', 'package', addDays(day(until), -1), until, { major: true });
    const piece = { item: 'hop', id: 'hop/binaries', step: 'binaries' as const, kind: 'engine' as const };
    expect(broken('2026-12-15', '2026-12-16', { piece, placed: [major] })).toEqual(expected);
    const minor = inHop('packages', 'package', addDays(day(until), -1), until);
    expect(broken('2026-12-15', '2026-12-16', { piece, placed: [minor] })).toEqual([]);
    const binaries = inHop('binaries', 'engine', '2026-12-15', '2026-12-16');
    const own = {
      item: 'hop',
      id: 'hop/mongoose-8',
      step: 'mongoose-8' as const,
      kind: 'package' as const,
      major: true,
    };
    expect(broken(addDays(day(until), -1), until, { piece: own, placed: [binaries] })).toEqual(expected);
  });

  it('one-at-a-time: two of one model, two of more than low risk, or more than the policy lets run on a day', () => {
    const beside = (id: string, rest: Partial<Piece>) => {
      const one = placed(id, 'model', '2026-12-01', '2026-12-03');
      return { ...one, piece: { ...one.piece, models: [id], ...rest } };
    };
    const low = { lowRisk: true, models: ['User'] };
    const on = (piece: Partial<Piece>, ...others: readonly Placed[]) =>
      broken('2026-12-02', '2026-12-03', { piece, placed: others });
    expect(on(low, beside('a', { lowRisk: true }))).toEqual([]);
    expect(on(low, beside('a', { lowRisk: false }))).toEqual([]);
    expect(on({ models: ['User'] }, beside('a', { lowRisk: false }))).toEqual(['one-at-a-time']);
    expect(on(low, beside('a', { lowRisk: true, models: ['User'] }))).toEqual(['one-at-a-time']);
    expect(on(low, beside('a', { lowRisk: true }), beside('b', { lowRisk: true }))).toEqual(['one-at-a-time']);
    expect(broken('2026-12-03', '2026-12-04', { piece: low, placed: [beside('a', { models: ['User'] })] })).toEqual([]);
  });

  it.each([
    ['three working days old', '2026-12-07', []],
    ['four working days old', '2026-12-08', ['fresh-backup']],
  ])('fresh-backup: %s', (_case, from, expected) => {
    const prepare = inHop('prepare', 'engine', '2026-12-03', '2026-12-04');
    const piece = {
      item: 'hop',
      id: 'hop/binaries',
      step: 'binaries' as const,
      backup: 'hop/prepare',
      kind: 'engine' as const,
    };
    expect(broken(from, addDays(day(from), 1), { piece, placed: [prepare] })).toEqual(expected);
  });

  it('fresh-backup: no freeze between, of whatever it blocks', () => {
    const prepare = inHop('prepare', 'engine', '2026-12-03', '2026-12-04');
    const piece = {
      item: 'hop',
      id: 'hop/binaries',
      step: 'binaries' as const,
      backup: 'hop/prepare',
      kind: 'engine' as const,
    };
    const config = aConfig({
      freezes: [aFreeze({ from: day('2026-12-05'), until: day('2026-12-06'), blocks: ['model'] })],
    });
    expect(broken('2026-12-07', '2026-12-08', { piece, placed: [prepare], config })).toEqual(['fresh-backup']);
  });

  describe('quiet-edges', () => {
    const piece = { noWayBack: true };
    const freezes = [aFreeze({ from: day('2026-12-18'), until: day('2027-01-04') })];
    const workdays = [1, 2, 3, 4, 5];
    const on = (from: string, given: Case = {}) => broken(from, addDays(day(from), 1), { piece, workdays, ...given });

    it.each([
      ['two working days before a freeze', '2026-12-15', []],
      ['one working day before it', '2026-12-16', ['quiet-edges']],
      ['the day before it', '2026-12-17', ['quiet-edges']],
      ['the first morning after it', '2027-01-04', ['quiet-edges']],
      ['the second', '2027-01-05', ['quiet-edges']],
      ['the third', '2027-01-06', []],
      ['a Friday', '2026-12-04', ['quiet-edges']],
      ['a Thursday', '2026-12-03', []],
    ])('%s', (_case, from, expected) => {
      expect(on(from, { config: aConfig({ freezes }) })).toEqual(expected);
    });

    it('around three days off in a row', () => {
      const team = { ...aConfig().team, daysOff: [day('2026-12-07')] };
      const config = aConfig({ team });
      const days = ['2026-12-02', '2026-12-03', '2026-12-08', '2026-12-09', '2026-12-10'];
      expect(days.map((from) => on(from, { config }).length)).toEqual([0, 1, 1, 1, 0]);
    });

    it('of freezes that come again and again only as days off', () => {
      const weekly = [0, 7, 14, 21].map((n) =>
        aFreeze({ from: addDays(day('2026-12-03'), n), until: addDays(day('2026-12-04'), n), recurring: true }),
      );
      const config = aConfig({ freezes: weekly });
      expect(['2026-12-01', '2026-12-02'].map((from) => on(from, { config }))).toEqual([[], ['quiet-edges']]);
    });

    it('says nothing of work that can be taken back, of freezes of other work, and where the policy does not want it', () => {
      expect(broken('2026-12-04', '2026-12-05', { workdays, config: aConfig({ freezes }) })).toEqual([]);
      const engine = aFreeze({ from: day('2026-12-18'), until: day('2027-01-04'), blocks: ['engine'] });
      expect(on('2026-12-16', { config: aConfig({ freezes: [engine] }) })).toEqual([]);
      const { engineUpgrades } = DEFAULT_POLICY;
      const policy = { ...DEFAULT_POLICY, engineUpgrades: { ...engineUpgrades, quietEdges: 0 } };
      expect(on('2026-12-04', { config: aConfig({ freezes, policy }) })).toEqual([]);
    });
  });

  it('freeze: one that blocks the disruption keeps burn-in and soak out, and work that disrupts nothing in', () => {
    const freezes = [aFreeze({ from: day('2026-12-20'), until: day('2026-12-22'), blocks: ['disruption'] })];
    const config = aConfig({ freezes });
    const piece = { kind: 'engine' as const, step: 'binaries' as const };
    const disruption = (until: string | null) => ({
      from: day('2026-12-07'),
      until: until === null ? null : day(until),
    });
    const on = (until: string | null) =>
      broken('2026-12-07', '2026-12-08', { config, piece, disruption: disruption(until) });
    expect([on('2026-12-20'), on('2026-12-21'), on(null)]).toEqual([[], ['freeze'], ['freeze']]);
    expect(broken('2026-12-20', '2026-12-21', { config, piece: { kind: 'engine' } })).toEqual([]);
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
