import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { isTelling, type Sought, type TouchedFile, workIn } from '../../src/detect/touched.ts';

const { products } = loadCatalogue(dataDir());
const sought: Sought = { model: null, migrations: null, products };
const file = (path: string, before: string | null, after: string | null, from = path): TouchedFile => ({
  path,
  from,
  before,
  after,
});
/** Kind and words of all that the files show. */
const seen = (files: readonly TouchedFile[], own: Partial<Sought> = {}) =>
  workIn(files, { ...sought, ...own }).map(
    ({ kind, what, line }) => `${kind}: ${what}${line === null ? '' : ` @${line}`}`,
  );

const SCHEMA = "import { Schema } from 'mongoose';\n\nexport const user = new Schema({ name: String });\n";

describe('models', () => {
  it.each([
    [
      'a changed schema',
      file('src/user.ts', SCHEMA, `${SCHEMA}user.index({ name: 1 });\n`),
      ['model: mongoose schema @3'],
    ],
    ['a new one', file('src/user.ts', null, SCHEMA), ['model: mongoose schema @3']],
    ['one that goes', file('src/user.ts', SCHEMA, null), ['model: mongoose schema']],
    ['one that is only moved', file('src/b.ts', SCHEMA, SCHEMA, 'src/a.ts'), []],
    [
      'a decorated class',
      file('a.ts', '', "import { Prop } from '@nestjs/mongoose';\n@Schema()\nclass A {}"),
      ['model: mongoose schema @2'],
    ],
    ['a model made at once', file('a.js', '', "mongoose.model('A', { a: Number })"), ['model: mongoose schema @1']],
    ['a model that is only looked up', file('a.js', '', "mongoose.model('A').find({}, x)"), []],
    ['a schema of something else', file('a.ts', '', "import { Schema } from 'prosemirror-model';\nnew Schema({})"), []],
    ['an index', file('db/indexes.js', '', 'db.users.createIndex({ a: 1 })'), ['model: index or validator @1']],
    ['a test', file('src/user.test.ts', '', SCHEMA), []],
    ['words', file('docs/schema.md', '', SCHEMA), []],
    [
      'a Redis OM schema',
      file('a.ts', '', "import { Schema } from 'redis-om';\nnew Schema('a', {})"),
      ['model: Redis OM schema @2'],
    ],
  ])('%s', (_case, touched, expected) => {
    expect(seen([touched])).toEqual(expected);
  });

  it('are where the team says, and nowhere else, if it says so', () => {
    const own = { model: ['app/entities/**'] };
    expect(seen([file('src/user.ts', '', SCHEMA)], own)).toEqual([]);
    expect(seen([file('app/entities/user.rb', '', 'field :name')], own)).toEqual(['model: model']);
    expect(workIn([file('app/entities/user.ts', '', SCHEMA)], { ...sought, ...own })).toMatchObject([
      { products: ['mongodb'] },
    ]);
  });
});

describe('migrations', () => {
  it.each([
    [
      'of MongoDB',
      file('migrations/1-a.js', null, 'module.exports = { up: (db) => db.collection("a").drop() }'),
      'mongodb',
    ],
    ['of Redis', file('src/migrations/1.ts', null, "import { Redis } from 'ioredis';"), 'redis valkey'],
    ['of SQL', file('migrations/1.sql', null, 'alter table a'), 'postgresql mysql mariadb cockroachdb clickhouse'],
    ['of who knows what', file('db/migration/1.rb', null, 'change'), 'any'],
    ['renamed, which is another one', file('migrations/2.js', 'x', 'x', 'migrations/1.js'), 'any'],
    ['moved away', file('old/1.js', 'x', 'x', 'migrations/1.js'), 'any'],
  ])('%s', (_case, touched, engines) => {
    const [work, ...more] = workIn([touched], sought);
    expect([work?.kind, work?.products?.join(' ') ?? 'any', more]).toEqual(['model', engines, []]);
  });

  it('are where the team says', () => {
    expect(
      seen([file('changes/a.js', null, 'x'), file('migrations/a.js', null, 'x')], { migrations: ['changes/*'] }),
    ).toEqual(['model: migration']);
  });
});

describe('versions', () => {
  const npm = (version: string) =>
    `{"lockfileVersion": 3, "packages": {\n"node_modules/mongoose": {"version": "${version}"}}}`;
  const pnpm = (version: string) =>
    `lockfileVersion: '9.0'\nimporters:\n  api:\n    dependencies:\n      mongoose: {specifier: ^8.0.0, version: ${version}(socks@2.8.3)}\npackages:\n  mongoose@${version}: {}\n`;
  const yarn = (version: string) => `# yarn lockfile v1\n\nmongoose@^8.0.0:\n  version "${version}"\n`;
  const manifest = (range: string) => `{"dependencies": {"mongoose": "${range}", "left-pad": "1"}}`;

  it.each([
    ['package-lock.json', npm],
    ['services/api/package-lock.json', npm],
    ['pnpm-lock.yaml', pnpm],
    ['yarn.lock', yarn],
  ])('of %s', (path, write) => {
    expect(workIn([file(path, write('8.19.1'), write('8.20.0'))], sought)).toMatchObject([
      { kind: 'package', what: 'mongoose 8.19.1 → 8.20.0', products: ['mongoose'], before: '8.19.1', after: '8.20.0' },
    ]);
    expect(seen([file(path, write('8.19.1'), write('8.19.1'))])).toEqual([]);
  });

  it('of npm 6, and a second one deeper in the tree', () => {
    const npm6 = (deep: string) =>
      JSON.stringify({
        dependencies: {
          mongoose: { version: '8.19.1' },
          a: { version: '1.0.0', dependencies: { mongoose: { version: deep } } },
        },
      });
    expect(seen([file('package-lock.json', npm6('7.0.0'), npm6('7.1.0'))])).toEqual([
      'package: mongoose 7.0.0 → 7.1.0 @1',
    ]);
    const npm7 = (deep: string) =>
      JSON.stringify({
        packages: {
          'node_modules/mongoose': { version: '8.19.1' },
          'node_modules/a/node_modules/mongoose': { version: deep },
        },
      });
    expect(seen([file('package-lock.json', npm7('7.0.0'), npm7('7.1.0'))])).toEqual([
      'package: mongoose 7.0.0 → 7.1.0',
    ]);
  });

  it('of package.json, unless a lockfile says it better', () => {
    const touched = file('package.json', manifest('^8.0.0'), manifest('^9.0.0'));
    expect(seen([touched])).toEqual(['package: mongoose ^8.0.0 → ^9.0.0 @1']);
    expect(seen([touched, file('package-lock.json', npm('8.19.1'), npm('9.0.0'))])).toEqual([
      'package: mongoose 8.19.1 → 9.0.0',
    ]);
  });

  const compose = (image: string) => `services:\n  db:\n    image: ${image}\n  web: {image: "acme/web:3"}\n`;
  it.each([
    ['mongo:7.0.31', 'mongo:8.0.4', ['engine: mongo:7.0.31 → mongo:8.0.4 @3'], ['7.0.31', '8.0.4']],
    ['redis:7', 'redis:8-alpine', ['engine: redis:7 → redis:8-alpine @3'], ['7', '8']],
    [
      'mongo:8.0@sha256:aa',
      'mongo:8.0@sha256:bb',
      ['engine: mongo:8.0@sha256:aa → mongo:8.0@sha256:bb @3'],
      ['8.0', '8.0'],
    ],
    [`mongo:$\{V:-7.0.31}`, `mongo:$\{V:-7.0.40}`, ['engine: mongo:7.0.31 → mongo:7.0.40'], ['7.0.31', '7.0.40']],
    ['acme/api:1', 'acme/api:2', [], []],
    ['mongo:7.0.31', 'mongo:7.0.31   # the same', [], []],
  ])('of an image: %s to %s', (before, after, expected, versions) => {
    const touched = [file('deploy/docker-compose.prod.yml', compose(before), compose(after))];
    expect(seen(touched)).toEqual(expected);
    expect(workIn(touched, sought).flatMap((work) => [work.before, work.after])).toEqual(versions);
  });

  it('of a Dockerfile, and of an engine that comes or goes', () => {
    expect(seen([file('Dockerfile', 'FROM node:22.11.0\n', 'FROM node:24.1.0\n')])).toEqual([
      'engine: node:22.11.0 → node:24.1.0 @1',
    ]);
    expect(seen([file('compose.yaml', compose('redis:7'), null)])).toEqual(['engine: redis:7 → none']);
    expect(seen([file('compose.yaml', null, compose('redis:7'))])).toEqual(['engine: none → redis:7 @3']);
  });

  it('malformed now is refused with its place; malformed before is as if it had not been', () => {
    expect(() => workIn([file('package-lock.json', npm('8.19.1'), '{')], sought)).toThrow(
      expect.objectContaining({ name: 'Problem', where: 'package-lock.json:1:2' }),
    );
    expect(seen([file('package-lock.json', '{', npm('8.19.1'))])).toEqual(['package: mongoose none → 8.19.1']);
  });
});

describe('the text is read only of files that can tell something', () => {
  it.each([
    ['src/user.ts', true],
    ['package-lock.json', true],
    ['deploy/compose.prod.yaml', true],
    ['Dockerfile', true],
    ['README.md', false],
    ['logo.png', false],
    ['node_modules/a/package.json', false],
    ['src/user.test.ts', false],
  ])('%s: %s', (path, telling) => {
    expect(isTelling(path, sought)).toBe(telling);
  });

  it('the team may name any', () => {
    expect(isTelling('models/user.txt', { model: ['models/*'], migrations: null })).toBe(true);
  });
});

describe('the table', () => {
  const table = JSON.parse(readFileSync('data/changes/touched.json', 'utf8')) as {
    rows: readonly { id: string; content: readonly string[]; engines: readonly string[] | null }[];
  };

  it('names each row once, and engines that neap knows', () => {
    const ids = table.rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const engines = products.filter(({ kind }) => kind === 'engine').map(({ id }) => id);
    expect(table.rows.flatMap((row) => row.engines ?? []).filter((id) => !engines.includes(id))).toEqual([]);
  });

  it.each(table.rows.flatMap(({ id, content }) => content.map((pattern) => [id, pattern] as const)))(
    '%s repeats nothing without an end, so that no text makes it slow: %s',
    (_id, pattern) => {
      expect(() => new RegExp(pattern)).not.toThrow();
      const operators = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
      expect(operators).not.toMatch(/[*+]|\{\d+,\}/);
    },
  );
});
