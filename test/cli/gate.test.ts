import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { aFolder, neap } from '../support/cli.ts';
import { aRepository, type Files, type Repository } from '../support/repository.ts';

const TEAM = `
team: {name: Own, sprint: {start: 2026-11-23, days: 14, first: 1}}
stack:
  - {product: mongodb, running: "7.0.31", edition: community, topology: replica-set, fcv: "7.0"}
  - {product: mongoose, running: 8.19.1, range: ~8.19.1, for: mongodb}
  - {product: redis, running: "7.2.6"}
policy: {staleAfter: 400, tolerance: 0.9}
freezes: [{name: Year end, from: 2026-12-18, until: 2027-01-04, blocks: all, allow: [security]}]
modelChanges:
  - {id: rename, store: mongodb, models: [User], days: 2, rerunnable: true, rollback: script}
exceptions: [{rule: freeze, item: rename, expires: 2026-12-22, reason: the auditors ask for it}]
`;
const STALE = TEAM.replace('staleAfter: 400', 'staleAfter: 1');
const SCHEMA = "import { Schema } from 'mongoose';\nexport const user = new Schema({ name: String });\n";
const lock = (version: string) =>
  JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/mongoose': { version } } });
const compose = (mongo: string) => `services:\n  db: {image: "mongo:${mongo}"}\n  cache: {image: "redis:7.2.6"}\n`;
const BASE: Files = {
  'neap.yaml': TEAM,
  'src/user.ts': SCHEMA,
  'package.json': '{"dependencies": {"mongoose": "~8.19.1"}}',
  'package-lock.json': lock('8.19.1'),
  'compose.yaml': compose('7.0.31'),
  'README.md': 'Words\n',
};
const CHANGES: Readonly<Record<string, Files>> = {
  schema: { 'src/user.ts': SCHEMA.replace('String', 'Number') },
  migration: { 'migrations/1-users.js': 'exports.up = (db) => db.collection("users").updateMany({}, {});\n' },
  lockfile: { 'package-lock.json': lock('8.20.0') },
  image: { 'compose.yaml': compose('8.0.4') },
  patch: { 'compose.yaml': compose('7.0.33') },
  docs: { 'README.md': 'More words\n' },
  mixed: { 'src/user.ts': SCHEMA.replace('String', 'Number'), 'package-lock.json': lock('8.20.0') },
};
/** One database for all, since taking the bundle in takes its time. */
const home = { NEAP_HOME: aFolder() };
const OPEN = '2026-11-24';
const FROZEN = '2026-12-20';

let repository: Repository;
beforeAll(() => {
  repository = aRepository(BASE);
  for (const [name, files] of Object.entries(CHANGES)) repository.branch(name, files);
});

/** Runs the gate on what a branch changed. */
const gate = (tip: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  neap(['gate', '--diff', `main...${tip}`, ...args], {
    cwd: repository.dir,
    env: { ...repository.env, ...home, ...env },
    today: OPEN,
  });
/** The same with a configuration that is not in the repository. */
const gateWith = (config: string, tip: string, args: readonly string[] = []) =>
  gate(tip, ['--config', join(aFolder({ 'neap.yaml': config }), 'neap.yaml'), ...args]);

describe('neap gate --diff on a real repository', () => {
  it.each([
    ['schema', 'model changes of mongodb', 'src/user.ts:2: mongoose schema'],
    ['migration', 'model changes of mongodb', 'migrations/1-users.js:1: MongoDB migration'],
    ['lockfile', 'package changes of mongodb', 'package-lock.json: mongoose 8.19.1 → 8.20.0'],
    ['image', 'engine changes of mongodb', 'compose.yaml:2: mongo:7.0.31 → mongo:8.0.4'],
    ['patch', 'engine patches of mongodb', 'compose.yaml:2: mongo:7.0.31 → mongo:7.0.33'],
  ])('%s: open, closed and unknown with their exits', async (tip, subject, touched) => {
    const open = await gate(tip);
    expect([open.code, open.out]).toEqual([0, expect.stringContaining(`open: ${subject} on ${OPEN}`)]);
    expect(open.out).toContain(`touched  ${touched}`);

    const closed = await gate(tip, ['--at', FROZEN]);
    expect([closed.code, closed.out]).toEqual([
      3,
      expect.stringContaining(`closed: ${subject} on ${FROZEN}; next open 2027-01-04`),
    ]);
    expect(closed.out).toContain(
      'freeze: the freeze "Year end" lasts from 2026-12-18 until 2027-01-04; free from 2027-01-04',
    );

    const unknown = await gateWith(STALE, tip);
    expect([unknown.code, unknown.out]).toEqual([5, expect.stringContaining(`unknown: ${subject}`)]);
    // What a rule forbids is closed, whatever else is unknown.
    expect((await gateWith(STALE, tip, ['--at', FROZEN])).code).toBe(3);
  });

  it('has nothing to say of words', async () => {
    const said = 'open: nothing to gate; 1 file changed since main, no model, engine or package among them\n';
    expect(await gate('docs')).toMatchObject({ code: 0, out: said });
    expect(await gate('docs', ['--at', FROZEN])).toMatchObject({ code: 0, out: said });
    expect((await gateWith(STALE, 'docs')).code).toBe(0);
  });

  it('keeps a model and its driver in one change apart', async () => {
    const { code, out } = await gate('mixed');
    expect([code, out]).toEqual([
      3,
      expect.stringContaining('apart-from-packages: this package change of mongodb is in sprint 1 too'),
    ]);
    expect(out).toContain('and on no day before');
  });

  it('takes the working branch where no tip is named', async () => {
    repository.git('checkout', '-q', 'image');
    const { out } = await neap(['gate', '--diff', 'main'], {
      cwd: repository.dir,
      env: { ...repository.env, ...home },
      today: OPEN,
    });
    expect(out).toContain('engine changes of mongodb');
  });

  it('an exception lifts its rule for the work that is named, until it expires', async () => {
    const { code, out } = await gate('schema', ['--at', '2026-12-22', '--item', 'rename']);
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('lifted: freeze, excepted until 2026-12-22: the auditors ask for it'),
    ]);
    expect((await gate('schema', ['--at', '2026-12-23', '--item', 'rename'])).code).toBe(3);
  });

  it('a patch that mends a grave defect is the work of the plan, and passes a freeze that allows security', async () => {
    const { windows } = JSON.parse(
      (await neap(['plan', '--json'], { cwd: repository.dir, env: { ...repository.env, ...home }, today: OPEN })).out,
    ) as { windows: readonly { id: string; sets: readonly { value: string }[] }[] };
    const mends = windows.find(({ id }) => id === 'mongodb-patch')?.sets[0]?.value ?? '';
    repository.branch('mends', { 'compose.yaml': compose(mends) });
    const { code, out } = await gate('mends', ['--at', FROZEN]);
    expect([code, out]).toEqual([0, expect.stringContaining('open: mongodb-patch, engine patches of mongodb')]);
  });

  it('says as JSON what it says as text', async () => {
    const { code, out } = await gate('image', ['--json', '--at', FROZEN]);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      day: FROZEN,
      state: 'closed',
      exit: 3,
      compared: { base: 'main', tip: 'image', files: 1 },
      answers: [
        {
          kind: 'engine',
          store: 'mongodb',
          patch: false,
          state: 'closed',
          opens: { from: '2027-01-04' },
          refusals: [{ rule: 'freeze', freeFrom: '2027-01-04' }],
          work: [{ file: 'compose.yaml', line: 2, products: ['mongodb'], before: '7.0.31', after: '8.0.4' }],
        },
      ],
      foreign: [],
    });
  });

  it.each([
    ['image', ['--at', FROZEN]],
    ['schema', ['--at', '2026-12-22', '--item', 'rename']],
    ['docs', []],
  ])('its JSON keeps the published schema: %s', async (tip, args) => {
    const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: false, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } });
    const check = ajv.compile(JSON.parse(readFileSync('data/schemas/gate.schema.json', 'utf8')));
    expect(check(JSON.parse((await gate(tip, ['--json', ...args])).out)), ajv.errorsText(check.errors)).toBe(true);
  });

  it('annotates the files where GitHub runs it', async () => {
    const { code, out } = await gate('image', ['--at', FROZEN], { GITHUB_ACTIONS: 'true' });
    expect(code).toBe(3);
    expect(out.split('\n')[0]).toBe(
      '::error file=compose.yaml,line=2,title=neap%3A engine change of mongodb closed::closed: engine changes of mongodb on 2026-12-20; next open 2027-01-04 until 2027-05-25 at least%0Afreeze: the freeze "Year end" lasts from 2026-12-18 until 2027-01-04',
    );
    expect((await gate('image', [], { GITHUB_ACTIONS: 'true' })).out).not.toContain('::');
    expect((await gate('image', ['--at', FROZEN, '--format', 'text'], { GITHUB_ACTIONS: 'true' })).out).not.toContain(
      '::',
    );
  });

  it('file names made to be commands, escapes or options are only names', async () => {
    const names = ['migrations/a\n::error::b,c%.js', 'migrations/##[error]x\u001b[31m.js', '-rf/migrations/x.js'];
    repository.branch(
      'hostile',
      Object.fromEntries(names.map((name) => [name, 'exports.up = (db) => db.collection("a");'])),
    );
    const { code, out } = await gate('hostile', ['--at', FROZEN, '--format', 'github']);
    expect(code).toBe(3);
    const commands = out.split('\n').filter((line) => line.startsWith('::'));
    expect(commands).toHaveLength(3);
    expect(commands.filter((line) => line.includes('file=migrations/a %3A%3Aerror%3A%3Ab%2Cc%25.js'))).toHaveLength(1);
    expect(
      out
        .split('\n')
        .filter((line) => !line.startsWith('::'))
        .join('\n'),
    ).not.toMatch(/##\[|\u001b/);
    const text = await gate('hostile', ['--at', FROZEN]);
    expect(text.out.split('\n').filter((line) => line.includes('touched'))).toHaveLength(3);
    expect(text.out).not.toContain('\u001b');
  });

  it('an engine that nobody runs here is not gated, and said', async () => {
    repository.branch('sql', { 'migrations/1.sql': 'alter table a' });
    expect(await gate('sql')).toMatchObject({
      code: 0,
      out: expect.stringContaining('not gated: migrations/1.sql: SQL migration'),
    });
  });
});

describe('what git cannot compare', () => {
  const at = (cwd: string, ...args: readonly string[]) =>
    neap(['gate', ...args], { cwd, env: { ...repository.env, ...home }, today: OPEN });

  it.each([
    ['a base nobody knows', 'nowhere', 'git knows no commit "nowhere"\nName a branch'],
    ['a base that a pipeline did not set', '', 'git knows no commit ""'],
    ['a base that is an option', '--output=x', 'git knows no commit "--output=x"'],
    ['a tip nobody knows', 'main...nowhere', 'git knows no commit "nowhere"'],
  ])('%s', async (_case, diff, said) => {
    expect(await at(repository.dir, `--diff=${diff}`)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(said),
    });
  });

  it('a shallow clone: fetch the rest', async () => {
    const dir = aFolder();
    repository.git('clone', '-q', '--depth', '1', '--no-single-branch', `file://${repository.dir}`, join(dir, 'clone'));
    const shallow = join(dir, 'clone');
    const hint = 'This clone is shallow: git fetch --unshallow';
    expect(await at(shallow, '--diff', 'nowhere')).toMatchObject({ code: 2, err: expect.stringContaining(hint) });
    expect(await at(shallow, '--diff', 'origin/docs...origin/schema')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/have no common history in this shallow clone\nThis clone is shallow/),
    });
  });

  it('a folder without a repository, or without a neap.yaml', async () => {
    expect(await at(aFolder({ 'neap.yaml': TEAM }), '--diff', 'main')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no git repository'),
    });
    expect(await at(aFolder(), '--diff', 'main')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no neap.yaml here'),
    });
  });

  it('a machine without git', async () => {
    const env = { ...repository.env, ...home, PATH: aFolder() };
    const ran = await neap(['gate', '--diff', 'main'], { cwd: repository.dir, env, today: OPEN });
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('cannot run git') });
  });

  it('a lockfile that is broken has its place', async () => {
    repository.branch('broken', { 'package-lock.json': '{"packages": ]' });
    expect(await gate('broken')).toMatchObject({ code: 2, err: expect.stringContaining('package-lock.json:1:14') });
  });
});

describe('neap gate --change', () => {
  const asked = (config: string, ...args: readonly string[]) =>
    neap(['gate', ...args], { cwd: aFolder({ 'neap.yaml': config }), env: home, today: OPEN });

  it.each([
    [
      ['--change', 'model', '--store', 'mongodb'],
      0,
      /^open: model changes of mongodb on 2026-11-24, until 2026-12-18\n/,
    ],
    [
      ['--change', 'engine', '--store', 'redis', '--at', FROZEN],
      3,
      /^closed: engine changes of redis .*; next open 2027-01-04/,
    ],
    [
      ['--change', 'package', '--at', '2026-12-17'],
      0,
      /^open: package changes of mongodb[\s\S]*\nopen: package changes of redis/,
    ],
    [[], 0, /^open: model changes of mongodb[\s\S]*\nopen: model changes of redis/],
    [['--item', 'rename'], 0, /^open: rename, model changes of mongodb/],
    [['--at', '2030-01-01', '--store', 'redis'], 5, /unknown: neap looks at the days from 2026-09-01 until 2027-05-25/],
  ])('%j', async (args, code, said) => {
    expect(await asked(TEAM, ...args)).toMatchObject({ code, out: expect.stringMatching(said) });
  });

  it.each([
    [['--change', 'modle'], /no kind "modle"; did you mean `model`/],
    [['--store', 'mongdb'], /no store "mongdb"; did you mean `mongodb`/],
    [['--item', 'renam'], /no work called "renam"; did you mean `rename`/],
    [['--item', 'rename', '--change', 'engine'], /rename is a model change/],
    [['--item', 'rename', '--store', 'redis'], /of the store mongodb, not of redis/],
    [['--store', ''], /no store ""/],
    [['--at', 'tomorrow'], /"tomorrow" is not a day/],
    [['--format', 'xml'], /no format "xml"/],
    [['--diff', 'main', '--change', 'model'], /Leave out --change/],
  ])('refuses %j', async (args, said) => {
    expect(await asked(TEAM, ...args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(said) });
  });

  it('fails closed on stale facts, and without a team', async () => {
    const stale = await asked(STALE, '--change', 'model', '--store', 'mongodb');
    expect([stale.code, stale.out]).toEqual([
      5,
      expect.stringMatching(/^unknown: .*\n {2}unknown: mongodb: last complete reading/),
    ]);
    const example = await neap(['gate', '--store', 'mongodb'], { today: OPEN });
    expect([example.code, example.out]).toEqual([5, expect.stringMatching(/^open: /)]);
    expect(example.err).toContain('opens no gate of yours');
    expect((await asked('stack: []\n')).code).toBe(5);
  });

  it('knows decided windows: the work itself may, an upgrade beside it may not', async () => {
    const around = { cwd: aFolder({ 'neap.yaml': TEAM }), env: home, today: OPEN };
    await neap(['move', 'rename', '--to', '2026-12-15'], around);
    const engine = await neap(['gate', '--change', 'engine', '--store', 'mongodb'], around);
    expect([engine.code, engine.out]).toEqual([
      3,
      expect.stringMatching(/separation: it is -?\d+ days from rename|separation: it overlaps rename/),
    ]);
    const own = await neap(['gate', '--item', 'rename', '--at', '2026-12-15'], around);
    expect([own.code, own.out]).toEqual([
      0,
      expect.stringContaining('note: rename is accepted for 2026-12-15 to 2026-12-16'),
    ]);
    // A freeze that comes later breaks it.
    const frozen = TEAM.replace('from: 2026-12-18', 'from: 2026-12-10').replace(
      'expires: 2026-12-22',
      'expires: 2026-12-01',
    );
    const cwd = aFolder({
      'neap.yaml': frozen,
      'neap.plan.yaml': readFileSync(join(around.cwd, 'neap.plan.yaml'), 'utf8'),
    });
    const broken = await neap(['gate', '--item', 'rename', '--at', '2026-12-15'], { cwd, env: home, today: OPEN });
    expect([broken.code, broken.out]).toEqual([3, expect.stringContaining('freeze: the freeze "Year end"')]);
  });
});

describe('the pre-push hook of data/recipes', () => {
  /** Pushes with the hook in place, asking as of a day; the program is run from its sources. */
  function push(own: Repository, day: string, ...args: readonly string[]) {
    const NEAP = `${process.execPath} ${resolve('src/main.ts')}`;
    const env = { ...own.env, NEAP, NEAP_AS_OF: day, ...home };
    const { status, stderr } = spawnSync('git', ['push', '-q', ...args], { cwd: own.dir, env, encoding: 'utf8' });
    return { code: status, err: stderr };
  }

  it('lets words pass, keeps a frozen schema back, and asks only of branches that ship', () => {
    const own = aRepository(BASE);
    const bare = join(aFolder(), 'remote.git');
    own.git('init', '-q', '--bare', '-b', 'main', bare);
    own.git('remote', 'add', 'origin', bare);
    mkdirSync(join(own.dir, '.git', 'hooks'), { recursive: true });
    copyFileSync('data/recipes/pre-push', join(own.dir, '.git', 'hooks', 'pre-push'));
    // The first push has nothing to compare with.
    expect(push(own, FROZEN, 'origin', 'main')).toEqual({ code: 0, err: '' });
    own.branch('docs', CHANGES.docs ?? {});
    expect(push(own, FROZEN, 'origin', 'docs:main').code).toBe(0);
    own.git('checkout', '-q', '-B', 'main', 'docs');
    own.branch('schema', CHANGES.schema ?? {});
    expect(push(own, FROZEN, 'origin', 'schema').code).toBe(0);
    const kept = push(own, FROZEN, 'origin', 'schema:main');
    expect([kept.code, kept.err]).toEqual([
      1,
      expect.stringContaining('neap: refs/heads/schema is not pushed (exit 3)'),
    ]);
    expect(push(own, OPEN, 'origin', 'schema:main').code).toBe(0);
    expect(push(own, FROZEN, 'origin', '--delete', 'schema').code).toBe(0);
  }, 30_000);
});
