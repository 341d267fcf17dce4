import { describe, expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';

// Input that contradicts itself: the exit of design.md section 12 with the names in it, never a hang, never an empty plan without reasons.

const TEAM = 'team: {sprint: {start: 2026-11-23, days: 14, first: 1, capacity: 10}}\npolicy: {staleAfter: 400}\n';
const STACK = 'stack:\n  - {product: mongodb, running: "7.0.31"}\n';
const change = (rest: string, id = 'move-it') =>
  `  - {id: ${id}, store: mongodb, rerunnable: true, rollback: script${rest === '' ? '' : `, ${rest}`}}\n`;
const changes = (...all: readonly string[]) => `modelChanges:\n${all.join('')}`;
const DECIDED =
  'decisions:\n  - {item: move-it, state: pinned, from: 2026-12-07, until: 2026-12-09, by: a, on: 2026-11-23, reason: said}\n';

const planFor = (yaml: string, decisions?: string) =>
  neap(['plan'], {
    cwd: aFolder({ 'neap.yaml': yaml, ...(decisions === undefined ? {} : { 'neap.plan.yaml': decisions }) }),
  });

describe('is refused with its place and its names', () => {
  it.each([
    [
      'a deadline before notBefore',
      TEAM + STACK + changes(change('notBefore: 2026-12-10, deadline: 2026-12-01')),
      '2026-12-10',
    ],
    [
      'work that comes after itself',
      TEAM + STACK + changes(change('after: [b]', 'a'), change('after: [a]', 'b')),
      '`a` comes after itself',
    ],
    ['a freeze without an end', `${TEAM}${STACK}freezes: [{name: Audit, from: 2026-12-01}]\n`, '"Audit" has no end'],
    [
      'a freeze that ends before it begins',
      `${TEAM}${STACK}freezes: [{name: Audit, from: 2026-12-01, until: 2026-11-01}]\n`,
      '2026-12-01',
    ],
    ['a sprint of no days', `team: {sprint: {days: 0}}\n${STACK}`, '`days`'],
    [
      'a store nobody has',
      `${TEAM}${STACK}modelChanges:\n  - {id: x, store: mongdb, rerunnable: true, rollback: script}\n`,
      'did you mean `mongodb`?',
    ],
    [
      'two engines named alike',
      `${TEAM}${STACK}  - {product: mongodb, running: "8.0.4"}\n`,
      '`mongodb` is there twice',
    ],
    ['two changes named alike', TEAM + STACK + changes(change(''), change('')), '`move-it` is there twice'],
    ['no working days', `team: {workdays: []}\n${STACK}`, '`workdays`'],
    ['a tolerance above 1', `${STACK}policy: {tolerance: 2}\n`, '`tolerance`'],
    [
      'an exception for work that nobody named',
      `${TEAM}${STACK}${changes(change(''))}exceptions: [{rule: freeze, item: move-lt, expires: 2026-12-01, reason: r}]\n`,
      'Unknown work `move-lt`; did you mean `move-it`?',
    ],
    [
      'a word in the list of rules that is none',
      `${STACK}policy: {neverRelax: [freeze, freezze]}\n`,
      '`neverRelax` cannot be "freezze" (one of',
    ],
    [
      'a list where one word belongs',
      `${TEAM}${STACK}modelChanges:\n  - {id: x, store: mongodb, strategy: [state]}\n`,
      '`strategy` takes one word (one of migration, state), not a list',
    ],
    [
      'a type of change nobody knows',
      `${TEAM}${STACK}modelChanges:\n  - {id: x, store: mongodb, type: zzz, rerunnable: true, rollback: script}\n`,
      'Unknown type of change `zzz`; there are add-',
    ],
    [
      'an exception from no rule',
      `${STACK}exceptions: [{rule: seperation, item: x, expires: 2026-12-01, reason: r}]\n`,
      'separation',
    ],
  ])('%s', async (_name, yaml, said) => {
    const { code, out, err } = await planFor(yaml);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(err).toMatch(/neap\.yaml:\d+:\d+/);
  });
});

describe('is planned as far as it goes, and what cannot be is named with its reason', () => {
  it('a pinned window in a freeze stays, and is a finding', async () => {
    const yaml = `${TEAM}${STACK}freezes: [{name: Audit, from: 2026-12-01, until: 2026-12-20, blocks: all}]\n${changes(change('days: 2'))}`;
    const { code, out } = await planFor(yaml, DECIDED);
    expect(code).toBe(3);
    expect(out).toContain('2026-12-07 … 2026-12-08  move-it');
    expect(out).toMatch(/breaks freeze: the freeze "Audit"/);
  });

  it.each([
    ['effort above the capacity', change('effort: 11'), 'capacity', 'its capacity is 10'],
    ['work longer than a sprint', change('days: 11, effort: 1'), 'in-one-sprint', '11 working days'],
    ['a deadline that is over', change('deadline: 2026-11-02'), 'deadline', '2026-11-02'],
    [
      'a migration that cannot run again',
      change('').replace('rerunnable: true', 'rerunnable: false'),
      'rerunnable',
      'move-it',
    ],
    [
      'a change after one that has no place',
      change('deadline: 2026-11-02', 'gone') + change('after: [gone]'),
      'order',
      'gone, which has no place',
    ],
  ])('%s', async (_name, work, rule, said) => {
    const { code, out } = await planFor(TEAM + STACK + changes(work));
    expect(code).toBe(4);
    expect(out).toContain(`${rule}: `);
    expect(out).toContain(said);
  });

  it('a freeze over all the days planned for', async () => {
    const yaml = `${TEAM}${STACK}freezes: [{name: Forever, from: 2026-01-01, until: 2028-01-01, blocks: all}]\n${changes(change(''))}upgrades: [{store: mongodb, to: "8.0"}]\n`;
    const { code, out } = await planFor(yaml);
    expect(code).toBe(4);
    expect(out).toContain('"Forever"');
    expect(out).toContain('MongoDB 7.0.31 → 8.0');
  });

  it('an upgrade due before today', async () => {
    const { code, out } = await planFor(`${TEAM}${STACK}upgrades: [{store: mongodb, to: "8.0", by: 2026-11-01}]\n`);
    expect(code).toBe(4);
    expect(out).toContain('2026-11-01');
  });

  it('a sprint without capacity takes no work that costs effort', async () => {
    const { code, out } = await planFor(`${TEAM.replace('capacity: 10', 'capacity: 0')}${STACK}${changes(change(''))}`);
    expect(code).toBe(4);
    expect(out).toContain('its capacity is 0');
  });

  it('work that may start only after the days planned for waits, and says so', async () => {
    const { code, out } = await planFor(TEAM + STACK + changes(change('notBefore: 2028-01-01')));
    expect(code).toBe(0);
    expect(out).toContain('move-it: from about 2028-01, it may not start before 2028-01-01');
  });

  it('a declared schema needs a fresh comparison on the day', async () => {
    const yaml = `${TEAM}${STACK}modelChanges:\n  - {id: declared, store: mongodb, strategy: state}\n`;
    const { code, out } = await planFor(yaml);
    expect(code).toBe(0);
    expect(out).toMatch(/needs: a fresh comparison of the declared schema with the database, on 2026-/);
  });
});

describe('what would free it is worked out by planning again', () => {
  it('for an upgrade to a line that is too young', async () => {
    const policy = 'policy: {staleAfter: 400, engineUpgrades: {minAge: 900}}\n';
    const cwd = aFolder({
      'neap.yaml': `${policy}${STACK}upgrades: [{store: mongodb, to: "8.0", by: 2027-02-26}]\n`,
    });
    const { code, out } = await neap(['why', 'mongodb-8.0', '--json'], { cwd });
    expect(code).toBe(0);
    const { nowhere } = JSON.parse(out) as {
      nowhere: { relaxations: { kind: string; key: string; to: number }[] }[];
    };
    const age = nowhere[0]?.relaxations.find(({ kind }) => kind === 'minAge');
    expect(age).toMatchObject({ key: 'policy.engineUpgrades.minAge', from: 900 });
    // One day more and it has no place again.
    for (const [minAge, exit] of [
      [age?.to ?? 0, 0],
      [(age?.to ?? 0) + 1, 4],
    ] as const) {
      const patch = policy.replace('900', String(minAge));
      const again = aFolder({
        'neap.yaml': `${patch}${STACK}upgrades: [{store: mongodb, to: "8.0", by: 2027-02-26}]\n`,
      });
      expect((await neap(['plan'], { cwd: again })).code).toBe(exit);
    }
  });

  it('for a change that is longer than a sprint: two windows', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM + STACK + changes(change('days: 12, effort: 2')) });
    const { out } = await neap(['why', 'move-it'], { cwd });
    expect(out).toContain('move-it split into two of 6 and 6 days');
  });
});
