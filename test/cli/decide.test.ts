import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';

const TEAM = `# ours
team: {name: Own, sprint: {start: 2026-11-23, days: 14, first: 1}}
stack:
  - {product: mongodb, running: "7.0.31", edition: community, topology: replica-set, fcv: "7.0"}   # the big one
  - {product: mongodb-driver, running: "5.0.0", range: ^5.0.0, for: mongodb}
policy: {staleAfter: 400}
modelChanges:
  - {id: rename, store: mongodb, models: [User], from: 1.0.0, to: 2.0.0, days: 2, rerunnable: true, rollback: script}
upgrades:
  - {store: mongodb, to: "8.0"}
`;
const today = '2026-11-23';
const team = () => ({ cwd: aFolder({ 'neap.yaml': TEAM }), today });
const file = (cwd: string, name = 'neap.plan.yaml') => readFileSync(join(cwd, name), 'utf8');
type Window = { readonly id: string; readonly from: string; readonly until: string; readonly state: string };
const windows = async (around: { readonly cwd: string }): Promise<readonly Window[]> =>
  JSON.parse((await neap(['plan', '--json'], { ...around, today })).out).windows;

describe('neap move', () => {
  it('puts a window on other days, and the plan keeps it there', async () => {
    const around = team();
    const { code, out } = await neap(['move', 'rename', '--to', '2026-12-03'], around);
    expect([code, out]).toEqual([0, 'accepted rename: 2026-12-03 to 2026-12-04\n']);
    expect((await windows(around)).find(({ id }) => id === 'rename')).toMatchObject({
      from: '2026-12-03',
      until: '2026-12-05',
      state: 'accepted',
    });
  });

  it('says which rule the place breaks', async () => {
    const { code, out } = await neap(['move', 'rename', '--to', '2026-12-04'], team());
    expect([code, out]).toEqual([3, expect.stringMatching(/^accepted rename.*\nbreaks in-one-sprint: /)]);
  });

  it('moves an upgrade with all its steps, each as many days after the first as before', async () => {
    const around = team();
    const steps = (all: readonly Window[]) => all.filter(({ id }) => id.startsWith('mongodb-8.0/'));
    const before = steps(await windows(around));
    expect(before.map(({ id }) => id)).toContain('mongodb-8.0/fcv');
    const { written } = JSON.parse((await neap(['move', 'mongodb-8.0', '--to', '2027-02-01', '--json'], around)).out);
    const first = before[0]?.from ?? '';
    const far = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
    expect(written.map(({ step }: { step: string }) => `mongodb-8.0/${step}`)).toEqual(before.map(({ id }) => id));
    for (const [index, { from }] of written.entries()) {
      // On the next working day where its own is none.
      const late = far('2027-02-01', from) - far(first, before[index]?.from ?? '');
      expect(late >= 0 && late <= 2, `${index}`).toBe(true);
    }
  });

  it.each([
    [['move', 'rename', '--to', '2026-12-05'], /no working day/],
    [['move', 'rename', '--to', 'soon'], /"soon" is not a day/],
    [['move', 'rename'], /where to\?/],
    [['move', 'nothing', '--to', '2026-12-07'], /no window "nothing"/],
  ])('refuses %j', async (args, said) => {
    const around = team();
    expect(await neap(args, around)).toMatchObject({ code: 2, err: expect.stringMatching(said) });
  });
});

describe('neap accept', () => {
  it('takes the step that is named and no other, and an item with all its steps', async () => {
    const around = team();
    const [first] = (await windows(around)).filter(({ id }) => id === 'mongodb-8.0/prepare');
    expect((await neap(['accept', 'mongodb-8.0/prepare'], around)).code).toBe(0);
    const states = async () =>
      (await windows(around)).filter(({ id }) => id.startsWith('mongodb-8.0/')).map(({ id, state }) => [id, state]);
    const now = await states();
    expect(now.filter(([, state]) => state === 'accepted')).toEqual([['mongodb-8.0/prepare', 'accepted']]);
    expect(now.map(([id]) => id)).toContain('mongodb-8.0/binaries');
    expect((await windows(around)).find(({ id }) => id === 'mongodb-8.0/prepare')?.from).toBe(first?.from);
    await neap(['accept', 'mongodb-8.0'], around);
    expect((await states()).every(([, state]) => state === 'accepted')).toBe(true);
  });
});

describe('neap pin', () => {
  it('pins what is proposed or accepted', async () => {
    const around = team();
    await neap(['accept', 'rename'], around);
    expect((await neap(['pin', 'rename'], around)).out).toMatch(/^pinned rename: /);
    expect((await windows(around)).find(({ id }) => id === 'rename')?.state).toBe('pinned');
    expect((await neap(['pin', 'rename'], around)).code).toBe(2);
  });
});

describe('neap undo', () => {
  it('takes a decision back, as if nobody had decided', async () => {
    const around = team();
    const before = await windows(around);
    await neap(['move', 'rename', '--to', '2026-12-03'], around);
    expect((await neap(['undo', 'rename'], around)).out).toBe('rename is open again; 1 decision taken back\n');
    expect(await windows(around)).toEqual(before);
    expect(await neap(['undo', 'rename'], around)).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing is decided'),
    });
  });

  it('takes back one step of several, and keeps the others and their comments', async () => {
    const around = team();
    await neap(['accept', 'mongodb-8.0'], around);
    const before = file(around.cwd).match(/item: /g)?.length ?? 0;
    await neap(['undo', 'mongodb-8.0/fcv'], around);
    expect(file(around.cwd).match(/item: /g)?.length).toBe(before - 1);
    expect(file(around.cwd)).toContain('# What the team decided');
  });
});

describe('neap done', () => {
  it('shows what neap.yaml becomes and leaves it alone unless told', async () => {
    const around = team();
    const { code, out, err } = await neap(['done', 'mongodb-patch'], around);
    expect([code, out]).toEqual([0, expect.stringMatching(/^done mongodb-patch: /)]);
    expect(err).toMatch(/- {3}- \{product: mongodb, running: "7\.0\.31"/);
    expect(err).toMatch(/\+ {3}- \{product: mongodb, running: "7\.0\.(3[2-9]|[4-9]\d)"/);
    expect(file(around.cwd, 'neap.yaml')).toBe(TEAM);
  });

  it('writes what runs with --yes, step by step, comments kept', async () => {
    const around = team();
    await neap(['accept', 'mongodb-8.0'], around);
    expect(await neap(['done', 'mongodb-8.0/binaries'], around)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is not done\nFirst: neap done mongodb-8\.0\/packages/),
    });
    for (const step of ['packages', 'mongodb-driver-6', 'prepare', 'binaries'])
      await neap(['done', `mongodb-8.0/${step}`, '--yes'], around);
    const text = file(around.cwd, 'neap.yaml');
    expect(text).toMatch(/\{product: mongodb, running: "8\.0\.\d+", .*fcv: "7\.0"\} {3}# the big one/);
    expect(text.startsWith('# ours\n')).toBe(true);
    // The binaries run, the FCV is still to come.
    const left = await windows(around);
    expect(left.find(({ id }) => id === 'mongodb-8.0/fcv')?.state).toBe('accepted');
    await neap(['done', 'mongodb-8.0/fcv', '--yes'], around);
    expect(file(around.cwd, 'neap.yaml')).toMatch(/fcv: "8\.0"/);
  });
});

it('plans the FCV alone where the binaries run already and nobody decided anything', async () => {
  const text = TEAM.replace('running: "7.0.31"', 'running: "8.0.29"').replace(
    'running: "5.0.0", range: ^5.0.0',
    'running: "6.20.0"',
  );
  const around = { cwd: aFolder({ 'neap.yaml': text }) };
  expect((await windows(around)).filter(({ id }) => id.startsWith('mongodb')).map(({ id }) => id)).toEqual([
    'mongodb-8.0/fcv',
  ]);
});

describe('what runs, written into a file of another style', () => {
  it('keeps every other character, and adds what was not there', async () => {
    const { editRunning } = await import('../../src/config/running.ts');
    const text = `stack:\n  - product: mongodb   # one\n    running: 7.0.31\n\n  - {product: redis, running: '7.2.6'}\n`;
    const cwd = aFolder({ 'neap.yaml': text });
    const edit = editRunning(join(cwd, 'neap.yaml'), [
      { id: 'mongodb', key: 'running', value: '8.0.29' },
      { id: 'mongodb', key: 'fcv', value: '8.0' },
      { id: 'redis', key: 'running', value: '8.2.9' },
      { id: 'nothing', key: 'running', value: '1.0.0' },
    ]);
    expect(edit.after).toBe(
      `stack:\n  - product: mongodb   # one\n    running: 8.0.29\n    fcv: "8.0"\n\n  - {product: redis, running: '8.2.9'}\n`,
    );
  });
});

describe('a grave defect of what runs', () => {
  const stack = 'stack:\n  - {product: redis, running: "7.2.6"}\npolicy: {staleAfter: 400}\n';
  const freeze = (allow: string) =>
    `freezes: [{name: Stop, from: 2026-11-20, until: 2026-12-10, blocks: all${allow}}]\n`;

  it('puts its patch first, on the next working day, and says what runs then', async () => {
    const around = { cwd: aFolder({ 'neap.yaml': stack }), today };
    const [patch] = JSON.parse((await neap(['plan', '--json'], around)).out).windows;
    expect(patch).toMatchObject({ id: 'redis-patch', kind: 'engine', from: today });
    expect(patch.title).toMatch(/^Redis 7\.2\.6 → 7\.2\.\d+: mends .*CVE-2025-49844/);
    expect((await neap(['done', 'redis-patch', '--yes'], around)).code).toBe(0);
    expect(file(around.cwd, 'neap.yaml')).toMatch(/running: "7\.2\.\d\d"/);
    const after = await neap(['plan', '--json'], around);
    expect(JSON.parse(after.out).windows).toEqual([]);
    expect(after.err).toBe('');
  });

  it('passes a freeze that allows security, and no other', async () => {
    const first = async (text: string) => {
      const cwd = aFolder({ 'neap.yaml': stack + text });
      return JSON.parse((await neap(['plan', '--json'], { cwd, today })).out).windows[0].from;
    };
    expect(await first(freeze(', allow: [security]'))).toBe(today);
    expect(await first(freeze(''))).toBe('2026-12-10');
  });
});
