import { describe, expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';

const TEAM = `
team: {name: Own, sprint: {start: 2026-11-23, days: 14, first: 1}}
stack:
  - {product: redis, running: "8.2.9"}
policy: {staleAfter: 400, tolerance: 0.9}
modelChanges:
  - {id: one, store: redis, days: 2, rerunnable: true, rollback: script}
  - {id: two, store: redis, days: 2, priority: 4, after: [one], rerunnable: true, rollback: script}
`;
const today = '2026-11-23';
const aTeam = () => ({ cwd: aFolder({ 'neap.yaml': TEAM }), today });

describe('a window that is moved', () => {
  it('says what it breaks of what was decided before', async () => {
    const team = aTeam();
    expect((await neap(['accept', 'one'], team)).code).toBe(0);
    expect((await neap(['accept', 'two'], team)).code).toBe(0);
    const moved = await neap(['move', 'one', '--to', '2027-02-15'], team);
    expect(moved.code).toBe(3);
    expect(moved.out).toMatch(/^accepted one: 2027-02-15 to 2027-02-16\ntwo breaks order: it comes after one, /);
    // Said once: it is known when something else is decided.
    expect((await neap(['pin', 'one'], team)).out).not.toContain('breaks');
  });

  it('goes to no day that is over', async () => {
    const team = aTeam();
    const { code, out, err } = await neap(['move', 'one', '--to', '2025-12-10'], team);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('2025-12-10 is over: today is 2026-11-23');
    expect((await neap(['why', 'one', '--on', '2020-01-01'], team)).err).toContain('2020-01-01 is over');
    expect((await neap(['why', 'one', '--on', '2020-01-01'], team)).code).toBe(2);
    expect((await neap(['plan', '--move', 'one', '2020-01-01'], team)).code).toBe(2);
  });

  it('counts in a what-if as it counted before', async () => {
    const team = aTeam();
    type Level = { readonly level: string; readonly value: number };
    type Side = { readonly windows: readonly { readonly id: string }[]; readonly objective: readonly Level[] };
    const asked = await neap(['plan', '--move', 'one', '2027-02-15', '--json'], team);
    const { before, after } = JSON.parse(asked.out) as { before: Side; after: Side };
    expect(after.windows.map(({ id }) => id).sort()).toEqual(before.windows.map(({ id }) => id).sort());
    const cost = ({ objective }: Side) => objective.find(({ level }) => level.startsWith('cost'))?.value ?? 0;
    // 84 days later at priority 3, and what comes after it moves too.
    expect(cost(after) - cost(before)).toBeGreaterThanOrEqual(84 * 3 * 1000);
  });
});

it('a patch that was accepted still says how to take it back', async () => {
  const yaml = 'stack: [{product: redis, running: "7.2.6"}]\npolicy: {staleAfter: 400}\n';
  const team = { cwd: aFolder({ 'neap.yaml': yaml }), today };
  const back = 'way back: Put the patch before back: it is of the same line.';
  expect((await neap(['plan'], team)).out).toContain(back);
  expect((await neap(['accept', 'redis-patch'], team)).code).toBe(0);
  expect((await neap(['plan'], team)).out).toMatch(new RegExp(`accepted, engine[^]*${back}`));
});

describe('a stack with a slip in it', () => {
  it('a version nobody published is said, one that was is not', async () => {
    const stack = (running: string) => ({
      cwd: aFolder({ 'neap.yaml': `stack: [{product: redis, running: "${running}"}]\npolicy: {staleAfter: 400}\n` }),
      today,
    });
    expect((await neap(['check-stack'], stack('7.2.999'))).out).toContain(
      'Redis 7.2.999 is no release neap has read of',
    );
    expect((await neap(['check-stack'], stack('7.2.6'))).out).not.toContain('no release neap has read of');
  });

  it('an engine whose upgrades nobody knows is told apart from an unknown line', async () => {
    const yaml = 'stack: [{product: postgresql, running: "14.5"}]\nupgrades: [{store: postgresql, to: "17"}]\n';
    const team = { cwd: aFolder({ 'neap.yaml': `${yaml}policy: {staleAfter: 400}\n` }), today };
    expect((await neap(['path', 'postgresql'], team)).out).toContain('it plans around its releases, not its upgrades');
    expect((await neap(['check-stack'], team)).out).not.toContain('neap path');
  });
});
