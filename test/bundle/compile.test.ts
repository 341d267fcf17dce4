import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/bundle/compile.ts';
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
});
