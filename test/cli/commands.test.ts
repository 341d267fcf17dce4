import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { aFolder, neap, OWN_TEAM as TEAM } from '../support/cli.ts';

describe('without a neap.yaml', () => {
  it('prints the agenda of the example team as of the bundle’s day, the same on any later day', async () => {
    const [today, later] = [await neap([]), await neap([], { today: '2028-05-01' })];
    expect(today.code).toBe(0);
    expect(today.out).toMatch(/^Example team, not yours: bundled data as of 2026-11-22/);
    expect(later.out).toBe(today.out);
    expect(today.out).toContain('Without a place\n  ✗ tax-rates-2027');
  });

  it('has a plan with a model window, an engine window and an explained unplaced item', async () => {
    const { code, out } = await neap(['plan', '--json']);
    const plan = JSON.parse(out);
    const kinds = new Set(plan.windows.map((window: { kind: string }) => window.kind));
    expect([plan.schemaVersion, kinds.has('model'), kinds.has('engine'), code]).toEqual([1, true, true, 4]);
    expect(plan.unplaced[0].blockers.length).toBeGreaterThan(0);
  });

  it('refuses decisions with the way to make them possible', async () => {
    const { code, err } = await neap(['accept', 'split-user-name']);
    expect([code, err]).toEqual([2, expect.stringMatching(/example team.*\n.*neap init/)]);
  });

  it('tells each release by its source', async () => {
    const { releases } = JSON.parse((await neap(['releases', 'mongodb', '--json'])).out);
    const find = (version: string) => releases.find((release: { version: string }) => release.version === version);
    expect(find('9.0.0')).toMatchObject({
      date: '2026-09-28',
      dateFrom: { of: 'notes', name: 'MongoDB release notes' },
    });
    expect(find('8.0.0')).toMatchObject({ date: '2024-10-02', disagrees: true, disagreementDays: 21 });
    expect((await neap(['releases', 'redis'])).out).toMatch(/^8\.10\.1 {2,}2026-08-17/m);
  });

  it.each([
    ['status'],
    ['lines'],
    ['forecast'],
    ['periods'],
    ['report'],
    ['export'],
    ['export', '--format', 'csv'],
    ['rules'],
    ['agenda', '--json'],
    ['forecast', 'valkey'],
  ])('answers %s %s', async (...args) => {
    const { code, out } = await neap(args);
    expect([code, out.length > 40]).toEqual([0, true]);
  });

  it('answers as of a past day with what was known then', async () => {
    const { lines } = JSON.parse((await neap(['lines', 'mongodb', '--as-of', '2025-09-01', '--json'])).out);
    expect(lines.find((line: { line: string }) => line.line === '7.0').eol.day).toBe('2026-08-31');
  });
});

describe('with a neap.yaml of one’s own', () => {
  it('answers for today and says where data is stale, with the hint to sync', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM.replace('staleAfter: 400', 'staleAfter: 45') });
    const { out } = await neap(['agenda'], { cwd });
    expect(out).toMatch(/^Stale: MongoDB \(2026-08-22\); older than 45 days\. Run: neap sync/);
    expect(out).toMatch(/Models: unknown/);
    expect((await neap(['plan'], { cwd })).code).toBe(5);
  });

  it('accepts an upgrade with all its steps, keeps it, and rejects into another sprint', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const accepted = await neap(['accept', 'mongodb-8.0', '--reason', 'agreed'], { cwd });
    expect([accepted.code, accepted.out.split('\n').length]).toEqual([0, 4]);
    expect((await neap(['reject', 'rename'], { cwd })).code).toBe(0);
    const { windows } = JSON.parse((await neap(['plan', '--json'], { cwd })).out);
    const states = windows.map(({ id, state }: { id: string; state: string }) => `${id} ${state}`).sort();
    expect(states).toEqual([
      'mongodb-8.0/binaries accepted',
      'mongodb-8.0/fcv accepted',
      'mongodb-8.0/prepare accepted',
      'mongodb-patch proposed',
      'rename proposed',
    ]);
    expect(windows.find(({ id }: { id: string }) => id === 'rename').sprint).not.toBe(1);
    expect(readFileSync(join(cwd, 'neap.plan.yaml'), 'utf8')).toMatch(/reason: agreed/);
  });

  it('an accepted window that a later freeze forbids exits 3', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const { out } = await neap(['accept', 'rename', '--json'], { cwd });
    const [{ from, until }] = JSON.parse(out).written;
    writeFileSync(
      join(cwd, 'neap.yaml'),
      `${TEAM}freezes: [{name: Stop, from: ${from}, until: ${until}, blocks: all}]\n`,
    );
    const plan = await neap(['plan'], { cwd });
    expect([plan.code, plan.out]).toEqual([3, expect.stringContaining('! breaks freeze')]);
  });

  it('follows a product it never heard of, given by a file', async () => {
    const releases = Array.from({ length: 8 }, (_, i) => ({
      version: `${10 + i}.0`,
      date: `${2018 + i}-10-0${(i % 5) + 1}`,
    }));
    const cwd = aFolder({
      'neap.yaml': `
stack: [{product: acmedb, running: "16.4"}]
policy: {staleAfter: 400}
products: [{id: acmedb, kind: engine, versioning: two-part, feeds: [{type: file, path: acmedb.json}]}]
`,
      'acmedb.json': JSON.stringify({ product: 'acmedb', complete: true, releases }),
    });
    const synced = await neap(['sync', '--product', 'acmedb'], { cwd });
    expect([synced.code, synced.out]).toEqual([0, expect.stringContaining('8 new')]);
    expect((await neap(['releases', 'acmedb'], { cwd })).out).toMatch(/^17\.0 {2,}2025-10-03 {2,}major, feature/m);
    expect((await neap(['lines', 'acmedb'], { cwd })).out).toMatch(/^17 {2,}2025-10-03/m);
    expect((await neap(['forecast', 'acmedb'], { cwd })).out).toMatch(/^acmedb +18 .*202[67]-/m);
    expect((await neap(['periods', 'acmedb'], { cwd })).out).toMatch(/^acmedb +20/m);
    const again = await neap(['sync', '--product', 'acmedb'], { cwd });
    expect(again.out).toContain('0 new, 0 with new claims, 8 unchanged');
  });

  it('says when a decision is about work that is gone', async () => {
    const decisions =
      'decisions:\n  - {item: gone, state: accepted, from: 2026-12-01, until: 2026-12-03, on: 2026-11-01}\n';
    const cwd = aFolder({ 'neap.yaml': TEAM, 'neap.plan.yaml': decisions });
    expect((await neap(['status'], { cwd })).err).toContain('decides on gone, which is no work of the configuration');
  });

  it('says when a decision on an upgrade names no step, and refuses one made twice with its place', async () => {
    const entry = (text: string) => `  - {${text}, from: 2026-12-01, until: 2026-12-03, on: 2026-11-01}\n`;
    const whole = aFolder({
      'neap.yaml': TEAM,
      'neap.plan.yaml': `decisions:\n${entry('item: mongodb-8.0, state: done')}`,
    });
    expect((await neap(['status'], { cwd: whole })).err).toMatch(
      /decides on mongodb-8\.0, .*needs a step: .*prepare, binaries, fcv/,
    );
    const twice = entry('item: rename, state: accepted') + entry('item: rename, state: pinned');
    const cwd = aFolder({ 'neap.yaml': TEAM, 'neap.plan.yaml': `decisions:\n${twice}` });
    expect(await neap(['status'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/plan\.yaml:3:\d+: rename is decided twice/),
    });
  });

  it('exits 5 on a forecast from stale data, and tells two engines of one product apart', async () => {
    const two = 'stack: [{id: a, product: redis, running: "7.2.6"}, {id: b, product: redis, running: "7.2.6"}]\n';
    const cwd = aFolder({ 'neap.yaml': two });
    expect((await neap(['forecast'], { cwd })).code).toBe(5);
    expect((await neap(['status'], { cwd })).err).toContain('Redis (a) (2026-08-22), Redis (b) (2026-08-22)');
  });

  it('without an engine there are no periods', async () => {
    const cwd = aFolder({ 'neap.yaml': 'stack: [{product: nodejs, running: "24.1.0"}]\n' });
    expect(await neap(['periods'], { cwd })).toMatchObject({
      code: 0,
      out: expect.stringContaining('names no engine'),
    });
    expect(JSON.parse((await neap(['periods', '--json'], { cwd })).out).stores).toEqual([]);
  });

  it('writes the report where asked', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const { code, err } = await neap(['report', '--output', 'week.md'], { cwd });
    expect([code, existsSync(join(cwd, 'week.md')), err.includes('wrote')]).toEqual([0, true, true]);
  });
});

describe('bad input: a clear message, exit 2, no stack trace, nothing lost', () => {
  it.each([
    ['malformed YAML', 'stack: [}', /neap\.yaml:1:\d+/],
    ['an unknown key', `${TEAM}polcy: {}\n`, /neap\.yaml:\d+:1: .*polcy/s],
    [
      'an unknown time zone',
      TEAM.replace('name: Own', 'name: Own, timezone: Europe/Pariss'),
      /neap\.yaml:2:\d+: .*Europe\/Pariss.*Europe\/Paris/s,
    ],
    [
      'a version that is none',
      TEAM.replace('running: "7.0.31"', 'running: banana'),
      /neap\.yaml:4:\d+: `banana` is no version of mongodb/,
    ],
    ['a line that is none', TEAM.replace('to: "8.0"', 'to: next'), /neap\.yaml:\d+:\d+: `next` is no line of mongodb/],
    ['a freeze without an end', `${TEAM}freezes: [{name: Stop, from: 2026-12-01}]\n`, /neap\.yaml:\d+:\d+/],
  ])('%s', async (_case, yaml, message) => {
    const cwd = aFolder({ 'neap.yaml': yaml });
    const { code, out, err } = await neap(['status'], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it('a named configuration that is missing', async () => {
    const { code, err } = await neap(['--config', 'nowhere.yaml']);
    expect([code, err]).toEqual([2, expect.stringContaining('nowhere.yaml')]);
  });

  it.each([
    ['an unknown command', ['calender']],
    ['an unknown option', ['plan', '--jsn']],
    ['a day that is none', ['status', '--as-of', '2026-02-30']],
    ['an unknown product', ['releases', 'mongo']],
    ['an unknown store', ['periods', 'mongo']],
    ['an unknown item', ['accept', 'nothing']],
    ['too many arguments', ['status', 'now']],
  ])('%s', async (_case, args) => {
    const { code, err } = await neap(args);
    expect([code, err.startsWith('neap: ')]).toEqual([2, true]);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it('a mistyped command, with the one that was meant', async () => {
    expect((await neap(['calender'])).err).toMatch(/there is no command "calender".*calendar/);
  });

  it('an unwritable database', async () => {
    const cwd = aFolder({ blocked: 'a file, not a folder' });
    const { code, err } = await neap(['status', '--db', 'blocked/neap.db'], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining('blocked/neap.db')]);
  });

  it('a newer database is refused unharmed', async () => {
    const cwd = aFolder();
    await neap(['status', '--db', 'data/neap.db'], { cwd });
    const db = new Database(join(cwd, 'data', 'neap.db'));
    db.exec('CREATE TABLE future (x); INSERT INTO future VALUES (1); PRAGMA user_version = 999');
    db.close();
    const { code, err } = await neap(['status', '--db', 'data/neap.db'], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining('newer')]);
    const after = new Database(join(cwd, 'data', 'neap.db'));
    expect([
      after.pragma('user_version', { simple: true }),
      after.prepare('SELECT x FROM future').pluck().get(),
    ]).toEqual([999, 1]);
    after.close();
  });

  it('--help leads with examples and exits 0', async () => {
    const { code, out } = await neap(['--help']);
    expect([code, out.startsWith('Examples:')]).toEqual([0, true]);
  });
});
