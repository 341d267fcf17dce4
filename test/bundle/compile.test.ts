import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile as compileOrNull } from '../../src/bundle/compile.ts';
import { historyText } from '../../src/bundle/write.ts';
import type { Product } from '../../src/domain/product.ts';
import { MONGODB } from '../support/mongodb.ts';

const npm: Product = {
  ...MONGODB,
  id: 'ioredis',
  name: 'ioredis',
  kind: 'client',
  versioning: 'semver',
  effective: ['tag'],
  npm: 'ioredis',
};

/** A folder of collected feeds with these files. */
function collected(files: Record<string, unknown>): string {
  const dir = mkdtempSync(join(tmpdir(), 'neap-bundle-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return dir;
}

/** Of a product of which something was collected. */
function compile(dir: string, product: Product) {
  const compiled = compileOrNull(dir, product);
  if (compiled === null) throw new RangeError(`nothing was collected of ${product.id}`);
  return compiled;
}

const version = (text: string, more: object = {}) => ({
  version: text,
  prerelease: false,
  tagDate: '2026-01-02T23:30:00-05:00',
  ...more,
});

describe('compiling a history', () => {
  it('takes the UTC day of a tag, drops nightlies and mirror times with a count, keeps undated versions', () => {
    const dir = collected({
      'releases/ioredis.json': {
        versions: [
          version('5.1.0'),
          version('5.0.0', { tagDate: null }),
          version('6.0.0-dev.20260101.sha.abc', { nightly: true }),
          version('5.2.0', { npmDate: '2026-09-01T00:00:00Z', dateSource: 'tag' }),
          version('5.3.0', { tagDate: null, npmDate: '2026-10-01T01:00:00Z', dateSource: 'npm-mirror' }),
          version('0.9.4.1'),
        ],
      },
    });
    const { file, leftOut } = compile(dir, npm);
    expect(file.releases).toEqual([
      { v: '5.0.0' },
      { v: '5.1.0', claims: [['tag', '2026-01-03', 'git-tags']] },
      { v: '5.2.0', claims: [['tag', '2026-01-03', 'git-tags']] },
      { v: '5.3.0', claims: [['registry', '2026-10-01', 'npm-mirror']] },
    ]);
    expect(leftOut.entries().map(([, count]) => count)).toEqual([1, 1, 1]);
    expect(historyText(file)).toBe(historyText(compile(dir, npm).file));
  });

  it('makes every lifecycle change a claim of its own, known from its UTC day', () => {
    const event = (knownAt: string, field: string, value: unknown) => ({
      knownAt,
      cycle: '8.0',
      field,
      old: null,
      new: value,
    });
    const dir = collected({
      'releases/mongodb-server.json': { versions: [version('8.0.0')] },
      'endoflife/history/mongodb.lifecycle.json': {
        events: [
          event('2024-10-02T12:00:00+00:00', 'eol', false),
          event('2025-09-17T23:59:00-04:00', 'eol', '2029-10-31'),
          event('2025-09-17T12:00:00+00:00', 'latest', '8.0.1'),
          event('2030-01-01T00:00:00Z', 'eol', true),
          event('2031-01-01T00:00:00Z', 'eol', null),
        ],
      },
    });
    expect(compile(dir, MONGODB).file.lines).toEqual([
      {
        line: '8.0',
        claims: [
          ['eol', null, 'endoflife-date', '2024-10-02'],
          ['eol', '2029-10-31', 'endoflife-date', '2025-09-18'],
          ['eol', true, 'endoflife-date', '2030-01-01'],
          ['eol', false, 'endoflife-date', '2031-01-01'],
        ],
      },
    ]);
  });

  it.each([
    ['a missing file', {}, /ENOENT/],
    ['no JSON', { 'releases/ioredis.json': '<html>' }, /JSON/],
    [
      'a day that is none',
      { 'releases/ioredis.json': { versions: [version('5.0.0', { tagDate: '2026-02-31' })] } },
      /5\.0\.0, tag: "2026-02-31" is not a day/,
    ],
    [
      'the same version twice',
      { 'releases/ioredis.json': { versions: [version('5.0.0'), version('5.0.0')] } },
      /5\.0\.0 stands twice/,
    ],
    ['a file of another shape', { 'releases/ioredis.json': {} }, /holds no list of `versions`/],
    ['nothing', { 'releases/ioredis.json': { versions: [] } }, /there is no release/],
  ])('refuses %s', (_case, files, message) => {
    expect(() => compile(collected(files), npm)).toThrow(message);
  });

  it('reads the tags of a repository by the forms of the product, each version once', () => {
    const product: Product = {
      ...npm,
      id: 'jedis',
      versioning: 'dotted',
      feeds: [{ type: 'github-tags', repository: 'redis/jedis', tags: ['v{version}', 'jedis-{version}'] }],
    };
    const tag = (name: string, date: string | null = '2026-01-02T23:30:00-05:00') => ({ tag: name, date });
    const tags = [tag('v5.0.0'), tag('jedis-2.0.0'), tag('v5.1.0-beta1', null), tag('jedis-5.0.0'), tag('test')];
    const { file, leftOut } = compile(collected({ 'tags/redis__jedis.json': { tags } }), product);
    expect(file.releases).toEqual([
      { v: '2.0.0', claims: [['tag', '2026-01-03', 'git-tags']] },
      { v: '5.0.0', claims: [['tag', '2026-01-03', 'git-tags']] },
      { v: '5.1.0-beta1', pre: true },
    ]);
    expect(leftOut.entries()).toEqual([
      ['second tags of one version', 1],
      ['tags: not a tag of this product', 1],
    ]);
  });

  it('keeps a version whose tag has an impossible day, without the day', () => {
    const days = ['1970-01-01', '1989-12-31', '1990-01-01', '2026-08-22', '2026-08-23'];
    const product: Product = { ...npm, id: 'pymongo', versioning: 'dotted', feeds: [{ type: 'github-tags' }] };
    const tags = days.map((date, i) => ({ tag: `1.${i}.0`, date }));
    const own = compile(collected({ 'tags/mongodb__mongo-python-driver.json': { tags } }), product);
    const versions = Object.fromEntries(days.map((date, i) => [i, { name: `1.${i}.0`, date }]));
    const others = compile(
      collected({
        'other-vendors/release-data/php.json': { versions },
        'other-vendors/products/php.json': { frontMatter: { releases: [] } },
      }),
      { ...product, id: 'php' },
    );
    for (const { file, leftOut } of [own, others]) {
      expect(file.releases.map(({ v, claims }) => [v, claims?.[0]?.[1] ?? null])).toEqual([
        ['1.0.0', null],
        ['1.1.0', null],
        ['1.2.0', '1990-01-01'],
        ['1.3.0', '2026-08-22'],
        ['1.4.0', null],
      ]);
      expect(leftOut.entries()).toEqual([['tag days before 1990 or after the copy (claims, not versions)', 3]]);
    }
  });

  it('marks a day on which five lines open as a bulk import, and leaves four alone', () => {
    const product: Product = { ...npm, id: 'neo4j', versioning: 'dotted' };
    const compiled = (lines: number) => {
      const names = Array.from({ length: lines }, (_, i) => [`1.${i}.0`, '2013-01-01'] as const);
      const versions = Object.fromEntries(
        [...names, ['1.0.1', '2013-01-01'], ['2.0.0', '2014-01-01']].map(([name, date]) => [name, { name, date }]),
      );
      const files = {
        'other-vendors/release-data/neo4j.json': { versions },
        'other-vendors/products/neo4j.json': { frontMatter: { releases: [] } },
      };
      const { file, leftOut } = compile(collected(files), product);
      const marked = file.releases.flatMap(({ v, claims }) => (claims?.[0]?.[4] ? [v] : []));
      expect([leftOut.entries(), leftOut.marks().map(([, count]) => count)]).toEqual([
        [],
        lines < 5 ? [] : [lines + 1],
      ]);
      return marked;
    };
    expect(compiled(4)).toEqual([]);
    expect(compiled(5)).toEqual(['1.0.0', '1.0.1', '1.1.0', '1.2.0', '1.3.0', '1.4.0']);
  });

  it('reads a product page without a history: ends are known from the day of the copy', () => {
    const product: Product = { ...npm, id: 'debian', versioning: 'two-part' };
    const cycle = {
      releaseCycle: '12',
      releaseDate: '2023-06-10',
      eoas: true,
      eol: '2026-06-10',
      lts: false,
      eoes: null,
    };
    const files = {
      'other-vendors/release-data/debian.json': { versions: { '12.0': { name: '12.0', date: '2023-06-10' } } },
      'other-vendors/products/debian.json': { frontMatter: { releases: [cycle] } },
    };
    expect(compile(collected(files), product).file.lines).toEqual([
      {
        line: '12',
        claims: [
          ['ga', '2023-06-10', 'endoflife-date'],
          ['support-end', true, 'endoflife-date', '2026-08-22'],
          ['eol', '2026-06-10', 'endoflife-date', '2026-08-22'],
          ['lts', false, 'endoflife-date', '2026-08-22'],
        ],
      },
    ]);
  });

  it('turns round what was said of active support before the field was renamed', () => {
    const event = (knownAt: string, value: unknown) => ({
      knownAt,
      cycle: '8.0',
      field: 'eoas',
      old: null,
      new: value,
    });
    const dir = collected({
      'releases/mongodb-server.json': { versions: [version('8.0.0')] },
      'endoflife/history/mongodb.lifecycle.json': {
        events: [event('2023-08-22T00:00:00Z', true), event('2024-04-02T10:00:00Z', false)],
      },
    });
    expect(compile(dir, MONGODB).file.lines[0]?.claims).toEqual([
      ['support-end', null, 'endoflife-date', '2023-08-22'],
      ['support-end', null, 'endoflife-date', '2024-04-02'],
    ]);
  });
});
