import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { aMongod } from '../detect/mongod.ts';
import { aFolder } from '../support/cli.ts';
import { aRepository } from '../support/repository.ts';

const program = resolve('dist/main.js');

/** Runs the built program as a user does, in a process of its own. */
function built(args: readonly string[], cwd: string, input = '') {
  const env = { ...process.env, NEAP_HOME: join(cwd, '.home'), NEAP_AS_OF: '', TZ: 'UTC' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env,
    input,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the built program', () => {
  beforeAll(() => {
    expect(existsSync(program), 'dist/ is missing: npm run build').toBe(true);
  });

  it('says its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(built(['--version'], aFolder())).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('keeps its answers between starts, and gives the same when they are damaged or gone', () => {
    const cwd = aFolder();
    const answers = join(cwd, '.home', 'answers');
    const first = built(['status'], cwd);
    const kept = readdirSync(answers).map((name) => join(answers, name));
    expect([first.code, kept.length]).toEqual([0, 2]);
    const [before, times] = [kept.map((path) => readFileSync(path)), kept.map((path) => statSync(path).mtimeMs)];
    expect(built(['status'], cwd)).toEqual(first);
    // What is given again is not written again.
    expect(kept.map((path) => statSync(path).mtimeMs)).toEqual(times);
    for (const path of kept) writeFileSync(path, 'damaged');
    expect(built(['status'], cwd)).toEqual(first);
    expect(kept.map((path) => readFileSync(path, 'utf8').length)).toEqual(
      before.map((bytes) => bytes.toString().length),
    );
    rmSync(answers, { recursive: true });
    writeFileSync(answers, 'no folder');
    expect(built(['status'], cwd)).toEqual(first);
  });

  it('prints the agenda into a pipe', () => {
    const { code, out, err } = built([], aFolder());
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Without a place');
    expect(out).not.toContain('\x1b');
  });

  it('writes a configuration, reads a file feed, decides and plans', () => {
    const cwd = aFolder({ 'package.json': JSON.stringify({ dependencies: { mongoose: '^8.0.0' } }) });
    expect(built(['init'], cwd).code).toBe(0);
    const team = aFolder({
      'neap.yaml': `
stack: [{product: db, running: "1.0"}]
policy: {staleAfter: 9999}
products: [{id: db, kind: engine, versioning: two-part, feeds: [{type: file, path: db.json}]}]
modelChanges: [{id: rename, store: db, days: 1, rerunnable: true, rollback: script}]
`,
      'db.json': JSON.stringify({
        product: 'db',
        complete: true,
        releases: [2019, 2020, 2021, 2022, 2023, 2024, 2025].map((year, i) => ({
          version: `${10 + i}.0`,
          date: `${year}-03-01`,
        })),
      }),
    });
    expect(built(['sync', '--product', 'db'], team).out).toContain('7 new');
    expect(built(['accept', 'rename'], team)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^accepted rename/),
    });
    expect(readFileSync(join(team, 'neap.plan.yaml'), 'utf8')).toContain('state: accepted');
    expect(built(['plan'], team).out).toContain('accepted, model');
    expect(built(['report', '--output', 'week.md'], team).code).toBe(0);
  });

  it.each([
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      mongoose: {specifier: ^8.0.0, version: 8.19.1}\n",
    ],
    ['yarn.lock', '# yarn lockfile v1\n\nmongoose@^8.0.0:\n  version "8.19.1"\n'],
  ])('reads %s and container files', (name, lock) => {
    const cwd = aFolder({
      'package.json': JSON.stringify({ dependencies: { mongoose: '^8.0.0' } }),
      [name]: lock,
      'compose.yaml': 'services:\n  db: {image: "mongo:7.0.31", command: "--replSet rs"}\n',
      Dockerfile: 'FROM node:22.11.0\n',
    });
    expect(built(['init'], cwd)).toMatchObject({ code: 0, err: '' });
    const text = readFileSync(join(cwd, 'neap.yaml'), 'utf8');
    expect(text).toContain(
      '{product: mongodb, running: 7.0.31, edition: community, topology: replica-set, platform: docker}',
    );
    expect(text).toContain('{product: mongoose, running: 8.19.1, range: ^8.0.0, for: mongodb}');
    expect(text).toContain('{product: nodejs, running: 22.11.0}');
    expect(built(['path', 'mongodb', '8.0', '--commands'], cwd).out).toContain('docker pull mongo:8.0.');
  });

  it('judges what git shows', () => {
    const team = 'stack: [{product: redis, running: "7.2.6"}]\npolicy: {staleAfter: 9999}\n';
    const repository = aRepository({ 'neap.yaml': team, 'README.md': 'Words\n' });
    repository.branch('change', {
      'compose.yaml': 'services: {db: {image: "redis:8.2.1"}}\n',
      'yarn.lock': '# yarn lockfile v1\n\nioredis@^5.0.0:\n  version "5.8.1"\n',
      'pnpm-lock.yaml': 'packages:\n  ioredis@5.8.1: {}\n',
    });
    const { code, out, err } = built(['gate', '--diff', 'main', '--change', 'model'], repository.dir);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Leave out --change');
    const judged = built(['gate', '--diff', 'main', '--format', 'text', '--as-of', '2026-11-23'], repository.dir);
    expect(judged.out).toMatch(/engine changes of redis/);
    expect(judged.out).toMatch(
      /package changes of redis.*\n {2}touched {2}pnpm-lock\.yaml: ioredis none → 5\.8\.1\n {2}touched {2}yarn\.lock/,
    );
    expect([judged.code, judged.err]).toEqual([0, '']);
  });

  it('asks a live MongoDB, and names one that is not there without its password', async () => {
    const server = await aMongod((command) =>
      command.toLowerCase() === 'buildinfo'
        ? { ok: 1, version: '8.0.4', modules: [] }
        : { ok: 1, helloOk: true, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 21 },
    );
    const cwd = aFolder();
    // In a process of its own while this one answers.
    const child = spawn(
      process.execPath,
      [program, 'init', '--mongodb-uri', `mongodb://127.0.0.1:${server.port}/?directConnection=true`],
      {
        cwd,
        stdio: 'ignore',
      },
    );
    const [code] = await once(child, 'exit');
    await server.close();
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'neap.yaml'), 'utf8')).toContain(
      '{product: mongodb, running: 8.0.4, edition: community, topology: standalone}',
    );
    const gone = built(['init', '--redis-url', 'redis://:hush@127.0.0.1:1'], aFolder());
    expect(gone).toMatchObject({ code: 2, err: expect.stringContaining('127.0.0.1:1 did not answer') });
    expect(gone.err).not.toContain('hush');
  });

  it('names the place of an error in JSON and in YAML', () => {
    const cwd = aFolder({ 'package.json': '{"a": ]}' });
    expect(built(['init'], cwd)).toMatchObject({ code: 2, err: expect.stringMatching(/package\.json:1:7/) });
    expect(built(['status'], aFolder({ 'neap.yaml': 'stack: [}' }))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/neap\.yaml:1:/),
    });
  });

  it('a reader that has seen enough is no error', () => {
    const cwd = aFolder();
    const env = { ...process.env, NEAP_HOME: join(cwd, '.home') };
    const piped = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${program}" releases mongoose --all --json | head -n 1`],
      { cwd, env, encoding: 'utf8' },
    );
    expect([piped.stdout, piped.stderr]).toEqual(['{\n', '']);
  });
});

it('on an older Node.js it says in one line what it needs, before it loads anything else', () => {
  const older = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' }); await import(${JSON.stringify(program)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', older], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^neap needs Node\.js 22\.12 or later, this is 20\.20\.2\..*\n$/);
});
