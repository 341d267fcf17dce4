import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { aVendor } from '../feeds/vendor.ts';
import { PlayedGitHub } from '../publish/played-github.ts';
import { aFolder, neap, OWN_TEAM as TEAM } from '../support/cli.ts';

const vendor = await aVendor();

const json = async (args: readonly string[], cwd: string) =>
  JSON.parse((await neap(['report', '--format', 'json', ...args], { cwd })).out);

describe('neap report', () => {
  it('gives JSON of its schema, for a team and for the example', async () => {
    const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } });
    const check = ajv.compile(JSON.parse(readFileSync('data/schemas/report.schema.json', 'utf8')));
    for (const cwd of [aFolder({ 'neap.yaml': TEAM }), aFolder()]) {
      expect(check(await json([], cwd)), ajv.errorsText(check.errors)).toBe(true);
    }
  });

  it('tells a past week as of its Sunday, the running one as of today', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    expect(await json(['--week', '2026-W46'], cwd)).toMatchObject({
      week: { name: '2026-W46', from: '2026-11-09', until: '2026-11-16' },
      asOf: '2026-11-15',
      since: '2026-11-08',
    });
    expect(await json(['--week', '2026-W48'], cwd)).toMatchObject({ asOf: '2026-11-23', since: '2026-11-16' });
    expect(await json(['--week', '2026-W46', '--as-of', '2026-11-11'], cwd)).toMatchObject({ asOf: '2026-11-11' });
  });

  it('tells only what was known and decided by then, whatever plans were kept in between', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const week = () => neap(['report', '--week', '2026-W46'], { cwd });
    const before = await week();
    expect(before.out).toContain('rename: User');
    expect((await neap(['plan'], { cwd })).code).toBeLessThan(5);
    expect((await neap(['accept', 'rename'], { cwd })).code).toBe(0);
    expect((await week()).out).toBe(before.out);
    const now = await json([], cwd);
    const states = [...now.sprints.flatMap((sprint: { windows: unknown[] }) => sprint.windows), ...now.later];
    expect(states.find(({ item }: { item: string }) => item === 'rename')?.state).toBe('accepted');
  });

  it('says what became of a window whose day passed, and compares with what was published on an earlier day', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const first = (await json(['--as-of', '2026-11-16'], cwd)).sprints[0].windows;
    expect(first.map(({ item }: { item: string }) => item)).toContain('mongodb-patch');
    const { moved, compared } = await json(['--as-of', '2026-11-23'], cwd);
    expect(compared).toEqual({ with: 'week', on: '2026-11-16' });
    const patch = moved.find(({ id }: { id: string }) => id === 'mongodb-patch');
    expect(patch.before < patch.after).toBe(true);
    expect(patch.fate).toBe('again');
    expect((await neap(['plan', '--publish'], { cwd, today: '2026-11-23' })).code).toBe(0);
    expect((await json([], cwd)).compared).toEqual({ with: 'week', on: '2026-11-16' });
    const later = await neap(['report', '--json'], { cwd, today: '2026-11-26' });
    expect(JSON.parse(later.out).compared).toEqual({ with: 'baseline', on: '2026-11-23' });
  });

  it('names the freeze that ends an open period', async () => {
    const freezes = 'freezes: [{name: Year end, from: 2026-12-18, until: 2027-01-04}]\n';
    const { stores } = await json([], aFolder({ 'neap.yaml': `${TEAM}${freezes}` }));
    expect(stores).toMatchObject([
      { store: 'mongodb', state: 'open', until: '2026-12-18', because: 'freeze "Year end" begins' },
    ]);
  });

  it('writes one HTML file where asked', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const { code, err, out } = await neap(['report', '--format', 'html', '--output', 'week.html'], { cwd });
    expect([code, out, err.includes('wrote'), existsSync(join(cwd, 'week.html'))]).toEqual([0, '', true, true]);
    expect(readFileSync(join(cwd, 'week.html'), 'utf8')).toMatch(
      /^<!doctype html>[\s\S]*<svg role="img"[\s\S]*<\/html>\n$/,
    );
  });

  it('publishes where asked, once, and says what it did; a dry run writes nothing', async () => {
    const github = new PlayedGitHub();
    vendor.answer = github.answer;
    const cwd = aFolder({ 'neap.yaml': TEAM });
    const env = { GITHUB_API_URL: vendor.url, GITHUB_TOKEN: 'ghp_s3cr3t', GITHUB_REPOSITORY: 'team/thing' };
    const publish = (...more: readonly string[]) => neap(['report', '--publish', 'github', ...more], { cwd, env });
    expect((await publish('--dry-run')).out).toBe('would create an issue\n');
    expect((await publish()).out).toBe(`created issue 1: ${vendor.url}/team/thing/issues/1\n`);
    expect((await publish()).out).toMatch(/^issue 1 was as it should be/);
    expect(github.issues.map(({ title }) => title)).toEqual(['Own: week 2026-W48, 2026-11-23 to 2026-11-29']);
    expect(github.issues[0]?.body).toContain((await neap(['report'], { cwd })).out.trim());
    expect((await publish('--week', '2026-W47')).out).toMatch(/^created issue 2/);
    const said = JSON.parse((await publish('--json')).out);
    expect(said).toMatchObject({ schemaVersion: 1, place: 'github', did: 'nothing', number: 1, dryRun: false });
    expect((await publish('--repo', 'team/other')).code).toBe(2);
  });

  it('adds to the summary of a job', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM, 'summary.md': 'before\n' });
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    expect(await neap(['report', '--summary'], { cwd, env })).toMatchObject({ code: 0, out: '' });
    const { out } = await neap(['report'], { cwd });
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toBe(`before\n${out.trim()}\n`);
    expect(await neap(['report', '--summary'], { cwd })).toMatchObject({ code: 2, out: '' });
  });

  it('gives a table for spreadsheets', async () => {
    const { out } = await neap(['report', '--format', 'csv'], { cwd: aFolder({ 'neap.yaml': TEAM }) });
    const [head = '', ...rows] = out.trimEnd().split('\r\n');
    expect(head).toBe(
      '\ufeffweek,section,store,product,id,title,version,state,first_day,last_day,p10,p50,p90,sprint,risk,confidence,because',
    );
    expect(rows.every((row) => row.startsWith('2026-W48,'))).toBe(true);
    const sections = new Set(rows.map((row) => row.split(',')[1]));
    expect([...sections]).toEqual(expect.arrayContaining(['models', 'window', 'coming', 'patch-only', 'end-of-life']));
  });

  it('shows a team name that is a script as text', async () => {
    const cwd = aFolder({ 'neap.yaml': TEAM });
    writeFileSync(join(cwd, 'neap.yaml'), TEAM.replace('name: Own', `name: "</title><script>alert(1)</script>"`));
    const { out } = await neap(['report', '--format', 'html'], { cwd });
    expect(out).toContain('&lt;script&gt;alert(1)');
    expect(out).not.toContain('<script');
  });

  it.each([
    [['--week', '2026-W49'], /begins on 2026-11-30, after 2026-11-23/],
    [['--week', '2026-W54'], /is not a week/],
    [['--week', '2026-W46', '--as-of', '2026-11-20'], /not in the week 2026-W46/],
    [['--format', 'toString'], /is not a format/],
    [['--publish', 'nowhere'], /is not a place/],
    [['--publish', 'github'], /needs a repository/],
    [['--publish', 'github', '--format', 'html'], /do not go together/],
    [['--summary', '--output', 'x'], /do not go together/],
    [['--dry-run'], /goes with --publish/],
  ])('%j is exit 2 with the reason', async (args, because) => {
    const { code, err, out } = await neap(['report', ...args], { cwd: aFolder({ 'neap.yaml': TEAM }) });
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(because)]);
  });
});
