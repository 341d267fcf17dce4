import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, recallDrawn } from '../../src/cli/ask.ts';
import type { Options } from '../../src/cli/options.ts';
import type { Overview } from '../../src/domain/overview.ts';
import { aFolder, aTerminal, neap } from '../support/cli.ts';

const TEAM = `
team: {timezone: Europe/Paris}
policy: {staleAfter: 9999}
stack: [{product: redis, running: 7.2.6}, {product: ioredis, running: 5.8.1, range: ^5.8.1}]
products: [{id: db, kind: engine, versioning: two-part, feeds: [{type: file, path: db.json}]}]
modelChanges: [{id: rename, store: redis, days: 1, rerunnable: true, rollback: script}]
`;

type Around = NonNullable<Parameters<typeof aTerminal>[0]>;

/** One start: whether the overview was kept, and the overview. */
async function start(around: Around, options: Options = {}): Promise<{ kept: boolean; overview: Overview }> {
  const { terminal } = aTerminal({ build: 'one', ...around });
  const { session, overview, keep, keepDrawn } = await ask(options, terminal);
  keep();
  keepDrawn('frame', overview.status);
  session?.store.close();
  return { kept: session === null, overview };
}

function stateOf({ plan }: Overview, item: string): string | undefined {
  return plan.windows.find((window) => window.item === item)?.state;
}

/** A team whose overview is kept already. */
async function aKeptTeam(): Promise<{ cwd: string; overview: Overview }> {
  const cwd = aFolder({ 'neap.yaml': TEAM });
  const { overview } = await start({ cwd });
  expect((await start({ cwd })).kept).toBe(true);
  return { cwd, overview };
}

it('the second start gives the very same overview, and what was drawn from it', async () => {
  const { cwd, overview } = await aKeptTeam();
  const again = await start({ cwd });
  expect(again.overview).toEqual(overview);
  expect(JSON.stringify(again.overview)).toBe(JSON.stringify(overview));
  expect(again.overview.lanes[0]?.history.releases.length).toBeGreaterThan(100);
  expect(recallDrawn({}, aTerminal({ cwd, build: 'one' }).terminal, 'frame')).toBe(overview.status);
  expect(recallDrawn({}, aTerminal({ cwd, build: 'one' }).terminal, 'another size')).toBeNull();
});

it('commands say the same whether it is kept or new', async () => {
  const cwd = aFolder({ 'neap.yaml': TEAM });
  for (const args of [['status'], ['agenda', '--json'], ['periods'], []]) {
    const fresh = await neap(args, { cwd });
    expect(await neap(args, { cwd, build: 'one' })).toEqual(fresh);
    expect(await neap(args, { cwd, build: 'one' })).toEqual(fresh);
  }
});

describe('what an overview depends on makes the next start new', () => {
  it.each<[string, Around, Options]>([
    ['another build', { build: 'two' }, {}],
    ['a day later', { today: '2026-11-24' }, {}],
    ['a day earlier', { today: '2026-11-22' }, {}],
    ['--as-of', {}, { asOf: '2026-11-01' }],
    ['NEAP_AS_OF', { env: { NEAP_AS_OF: '2026-11-01' } }, {}],
    ['--db', {}, { db: 'other.db' }],
    ['NEAP_DB', { env: { NEAP_DB: 'other.db' } }, {}],
    ['--config', {}, { config: 'other.yaml' }],
    ['the time zone of the process', { env: { TZ: 'Asia/Tokyo' } }, {}],
    ['the language', { env: { LANG: 'sv_SE.UTF-8' } }, {}],
  ])('%s', async (_, around, options) => {
    const { cwd } = await aKeptTeam();
    writeFileSync(join(cwd, 'other.yaml'), TEAM);
    expect((await start({ cwd, ...around }, options)).kept).toBe(false);
    // Both stand side by side.
    expect((await start({ cwd })).kept).toBe(!('today' in around));
  });

  it('neap.yaml, by a byte', async () => {
    const { cwd } = await aKeptTeam();
    appendFileSync(join(cwd, 'neap.yaml'), '#');
    expect((await start({ cwd })).kept).toBe(false);
  });

  it('a decision', async () => {
    const { cwd } = await aKeptTeam();
    expect((await neap(['accept', 'rename'], { cwd, build: 'one' })).code).toBe(0);
    const { kept, overview } = await start({ cwd });
    expect([kept, stateOf(overview, 'rename')]).toEqual([false, 'accepted']);
    expect((await neap(['undo', 'rename'], { cwd, build: 'one' })).code).toBe(0);
    expect(stateOf((await start({ cwd })).overview, 'rename')).toBe('proposed');
  });

  it('a sync', async () => {
    const cwd = aFolder({
      'neap.yaml': TEAM.replace('stack: [', 'stack: [{product: db, running: "1.0"}, ').replace(
        '5.8.1}]',
        '5.8.1, for: redis}]',
      ),
    });
    const releases = [2019, 2020, 2021, 2022, 2023, 2024, 2025].map((year, i) => ({
      version: `${10 + i}.0`,
      date: `${year}-03-01`,
    }));
    writeFileSync(join(cwd, 'db.json'), JSON.stringify({ product: 'db', complete: true, releases }));
    const before = await start({ cwd });
    expect(before.overview.lanes[0]?.history.releases).toHaveLength(0);
    expect((await neap(['sync', '--product', 'db'], { cwd })).code).toBe(0);
    const after = await start({ cwd });
    expect([after.kept, after.overview.lanes[0]?.history.releases.length]).toEqual([false, 7]);
    expect((await start({ cwd })).overview).toEqual(after.overview);
  });
});

it('the day is the team’s: past its midnight, and past that of UTC, the overview is new', async () => {
  const cwd = aFolder({ 'neap.yaml': TEAM });
  const at = (time: string) => {
    const { terminal } = aTerminal({ cwd, build: 'one' });
    return ask({}, { ...terminal, now: () => new Date(time) });
  };
  const first = await at('2026-11-23T10:00:00Z');
  first.keep();
  first.session?.store.close();
  for (const [time, kept] of [
    ['2026-11-23T00:00:00Z', true],
    ['2026-11-22T23:59:59Z', false],
    ['2026-11-23T22:59:59Z', true],
    ['2026-11-23T23:00:00Z', false],
  ] as const) {
    const { session, overview } = await at(time);
    session?.store.close();
    expect([time, session === null]).toEqual([time, kept]);
    expect(overview.asOf).toBe(new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date(time)));
  }
});

it('sources that run as they are keep nothing', async () => {
  const cwd = aFolder({ 'neap.yaml': TEAM });
  expect((await neap(['status'], { cwd })).code).toBe(0);
  expect(readdirSync(join(cwd, '.home'))).not.toContain('answers');
});

it('a configuration that is wrong says so, kept answers or not', async () => {
  const { cwd } = await aKeptTeam();
  writeFileSync(join(cwd, 'neap.yaml'), 'stack: [}');
  expect(await neap(['status'], { cwd, build: 'one' })).toMatchObject({
    code: 2,
    err: expect.stringMatching(/neap\.yaml:1:/),
  });
  rmSync(join(cwd, 'neap.yaml'));
  expect(await neap(['status', '--config', 'neap.yaml'], { cwd, build: 'one' })).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no configuration'),
  });
});
