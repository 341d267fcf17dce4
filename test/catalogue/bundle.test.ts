import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ingestBundle } from '../../src/app/ingest-bundle.ts';
import { bundleIds, loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadHistory } from '../../src/catalogue/histories.ts';
import type { HistoryFile } from '../../src/catalogue/history-file.ts';
import { day, parseDay } from '../../src/domain/day.ts';
import type { Product } from '../../src/domain/product.ts';
import { buildHistory } from '../../src/ledger/history.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { schemeOf } from '../../src/versioning/schemes.ts';

const data = dataDir();
const { asOf, products } = loadCatalogue(data);
const fileOf = (id: string) => JSON.parse(readFileSync(join(data, 'histories', `${id}.json`), 'utf8')) as HistoryFile;

const ids = bundleIds(data);
/** Products of which a history ships. */
const bundled = products.filter(({ id }) => ids[id] !== undefined);

describe('the bundled catalogue', () => {
  it('has the products and its day', () => {
    expect(asOf).toBe('2026-11-22');
    expect(products.slice(0, 9).map(({ id }) => id)).toEqual([
      'mongodb',
      'mongodb-driver',
      'mongoose',
      'redis',
      'node-redis',
      'ioredis',
      'bullmq',
      'nodejs',
      'valkey',
    ]);
    expect([products.length, new Set(products.map(({ id }) => id)).size]).toEqual([55, 55]);
    expect(Object.keys(ids)).toHaveLength(41);
    for (const id of Object.values(ids)) expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('names only feeds that exist, with the keys they read', () => {
    const keys: Readonly<Record<string, string>> = {
      advisories: 'type package ecosystem',
      endoflife: 'type name',
      'github-releases': 'type repository',
      'github-tags': 'type repository',
      'mongodb-feed': 'type',
      npm: 'type package',
      pypi: 'type package',
      'redis-notes': 'type url',
    };
    for (const { id, feeds } of products) {
      for (const { tags: _forms, ...ref } of feeds)
        expect([id, Object.keys(ref).join(' ')]).toEqual([id, keys[ref.type]]);
    }
    const repositories = products.flatMap(({ feeds }) => feeds.flatMap(({ repository }) => repository ?? []));
    for (const repository of repositories) expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/);
  });

  it.each(bundled.map(({ id }) => id))(
    '%s: every claim is dated well and names a defined source; no version twice, no nightly',
    (id) => {
      const file = fileOf(id);
      const product = products.find((candidate) => candidate.id === id);
      const sources = new Set(file.sources.map((source) => source.id));
      const scheme = schemeOf(product?.versioning ?? 'semver');
      for (const claim of [...file.releases, ...file.lines].flatMap((row) => row.claims ?? [])) {
        expect(sources).toContain(claim[2]);
        for (const text of [claim[1], claim[3]]) if (typeof text === 'string') expect(parseDay(text)).not.toBeNull();
      }
      const versions = file.releases.map(({ v }) => v);
      expect(new Set(versions).size).toBe(versions.length);
      expect(versions.filter((v) => /-dev\.\d{8}/.test(v) || scheme.parse(v) === null)).toEqual([]);
      for (const { origin, licence, readOn } of file.sources) {
        expect([origin, licence].every((text) => text.length > 2)).toBe(true);
        expect(readOn <= asOf).toBe(true);
      }
    },
  );
});

describe('what the store answers from the bundle', () => {
  const store = openStore(':memory:');
  beforeAll(() => {
    ingestBundle(
      store,
      products.flatMap(({ id }) => loadHistory(data, id)),
      'test',
    );
  });
  const history = (id: string, on: string | null = asOf) => {
    const product = products.find((candidate) => candidate.id === id) as Product;
    return buildHistory(product, store.ledger(id, on === null ? null : day(on)));
  };
  const release = (id: string, version: string) => history(id).releases.find((one) => one.version === version);

  it('MongoDB 9.0.0 came out on 2026-09-28, by the release notes', () => {
    expect(release('mongodb', '9.0.0')).toMatchObject({
      date: '2026-09-28',
      precision: 'day',
      dateFrom: { of: 'notes' },
      level: 'major',
    });
  });

  it('MongoDB 8.0.0 came out on 2024-10-02, and its sources disagree', () => {
    const found = release('mongodb', '8.0.0');
    expect(found).toMatchObject({ date: '2024-10-02', dateFrom: { of: 'notes', source: 'mongodb-release-notes' } });
    expect(found?.claims.map(({ of, day: claimed }) => [of, claimed])).toEqual([
      ['notes', '2024-10-02'],
      ['first-seen', '2024-09-18'],
      ['tag', '2024-09-11'],
      ['build', '2024-09-11'],
      ['tag-seen', '2024-09-12'],
    ]);
  });

  it('Redis holds 8.10.1', () => {
    expect(release('redis', '8.10.1')).toMatchObject({
      date: '2026-08-17',
      line: '8.10',
      level: 'patch',
      urgency: 'SECURITY',
    });
  });

  it.each([
    ['2025-09-01', '2026-08-31'],
    ['2025-10-20', '2027-08-31'],
  ])('asked as of %s, MongoDB 7.0 ends on %s', (on, expected) => {
    expect(history('mongodb', on).lines.find(({ line }) => line === '7.0')?.eol?.day).toBe(expected);
  });

  it('as of an earlier day it does not know what came later', () => {
    const known = history('mongodb', '2024-10-10').releases.map(({ version }) => version);
    expect([known.includes('8.0.0'), known.includes('8.0.3'), known.includes('9.0.0')]).toEqual([true, false, false]);
    expect(history('mongodb', '2024-10-10').observedThrough).toBe('2024-10-10');
  });

  it('has read the servers’ tags through 2026-08-22 and the packages through the bundle’s day', () => {
    expect(['mongodb', 'redis', 'valkey', 'mongoose', 'bullmq'].map((id) => history(id).observedThrough)).toEqual([
      '2026-08-22',
      '2026-08-22',
      '2026-08-22',
      '2026-11-22',
      '2026-11-22',
    ]);
  });

  it.each([
    ['neo4j', '2026.06', '2026-07-30'],
    ['clickhouse', '26.3', '2027-03-26'],
    ['postgresql', '17', '2029-11-08'],
    ['nodejs', '26.7', '2029-04-30'],
    ['elasticsearch', '8.19', '2027-07-15'],
    ['kubernetes', '1.36', '2027-06-28'],
  ])('%s: line %s ends on %s', (id, line, expected) => {
    expect(history(id).lines.find((one) => one.line === line)?.eol?.day).toBe(expected);
  });

  it('lifecycle rows speak for a line that is in the history, but for those older than its first version', () => {
    const silent = bundled.flatMap(({ id, versioning }) => {
      const scheme = schemeOf(versioning);
      const file = fileOf(id);
      const lines = new Set(file.releases.map(({ v }) => scheme.parse(v)?.line ?? ''));
      const all = [...lines];
      const without = file.lines.filter(
        ({ line }) => !lines.has(line) && !all.some((one) => one.startsWith(`${line}.`)),
      );
      return without.length === 0 ? [] : [[id, without.map(({ line }) => line).join(' ')]];
    });
    expect(silent).toEqual([
      ['apache-kafka', '0.7 0.8 0.9 0.10 0.11'],
      ['couchbase-server', '1.8 2.0 2.1 2.2 2.5 3.0 3.1 4.0 4.1 4.5 4.6 5.0 5.1 5.5 6.0 6.5 6.6 7.0 7.1'],
      ['debian', '1.1 1.2 1.3 2.0 2.1 2.2 3.0 3.1 4 5 6 7 8 9 10'],
      ['neo4j', '1.1 1.2 3.4'],
    ]);
  });

  it('marks prereleases and leaves them out of the lines', () => {
    expect(release('redis', '8.10-rc1')).toMatchObject({ level: 'prerelease', feature: false });
    expect(history('redis').lines.find(({ line }) => line === '8.10')?.releases).toBe(2);
  });

  it('taking the same bundle in again writes no version and no claim', () => {
    const again = ingestBundle(
      store,
      products.flatMap(({ id }) => loadHistory(data, id)),
    );
    expect(
      again.map(({ added, changed, newClaims }) => added + changed + newClaims).every((count) => count === 0),
    ).toBe(true);
  });
});

const collected = '../shared/feeds/releases/mongodb-server.json';
describe.skipIf(!existsSync(collected))('against the collected feeds, where they are at hand', () => {
  it.each([
    ['mongodb', 'mongodb-server', 3],
    ['mongoose', 'mongoose', 0],
    ['mongodb-driver', 'mongodb-driver', 0],
    ['ioredis', 'ioredis', 0],
    ['bullmq', 'bullmq', 0],
    ['redis', 'redis-server', 13],
  ])(
    '%s: effective dates are those chosen there, but for %i versions whose first sighting or notes decide here',
    (id, file, exceptions) => {
      const { versions } = JSON.parse(
        readFileSync(`../shared/feeds/releases/${file.replace('%', '')}.json`, 'utf8'),
      ) as {
        versions: { version: string; date: string | null }[];
      };
      const product = products.find((candidate) => candidate.id === id) as Product;
      const memory = openStore(':memory:');
      ingestBundle(memory, loadHistory(data, id));
      const believed = new Map(
        buildHistory(product, memory.ledger(id, null)).releases.map((one) => [one.version, one.date]),
      );
      const different = versions.filter(({ version, date }) => believed.has(version) && believed.get(version) !== date);
      expect(different.length).toBe(exceptions);
    },
  );
});
