import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { correctionsFeed } from '../../src/feeds/corrections/feed.ts';
import { readCorrections } from '../../src/feeds/corrections/payload.ts';
import { product, request, TODAY } from './products.ts';

const SHARED = '../shared/feeds';
const folder = mkdtempSync(join(tmpdir(), 'neap-corrections-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const own: unknown = JSON.parse(readFileSync('data/corrections.json', 'utf8'));
const schema: object = JSON.parse(readFileSync('data/schemas/corrections.schema.json', 'utf8'));
const redis = product('redis', [{ type: 'corrections', path: 'c.json' }], 'redis');
const driver = product('mongodb-driver', []);

const row = (more: Record<string, unknown> = {}) => ({
  product: 'redis',
  version: '6.0.7',
  date: '2020-09-01',
  because: 'the notes are of another day',
  source: 'a tag',
  ...more,
});
const file = (corrections: unknown, more: Record<string, unknown> = {}) => ({
  schemaVersion: 1,
  readOn: '2026-11-20',
  corrections,
  ...more,
});

function readJson(json: unknown, of = redis) {
  return readCorrections(JSON.parse(JSON.stringify(json)), { product: of, path: 'c.json', today: TODAY });
}

async function problemOf(reading: () => unknown): Promise<Problem> {
  try {
    await reading();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('not refused');
}

test("neap's own file keeps its schema, and each product reads its rows", () => {
  const ajv = new Ajv();
  expect(ajv.validate(schema, own), ajv.errorsText()).toBe(true);
  const dates = (of: typeof redis) =>
    readCorrections(own, { product: of, path: 'data/corrections.json', today: TODAY }).accepted.map((r) => [
      r.version,
      r.claims[0]?.day,
    ]);
  expect(dates(driver)).toEqual([
    ['1.1.4', '2012-08-12'],
    ['1.1.6', '2012-09-01'],
    ['1.1.10', '2012-10-08'],
    ['1.2.1', '2012-11-30'],
    ['2.0.6', '2014-11-14'],
  ]);
  expect(dates(redis)).toEqual([['6.0.7', '2020-09-01']]);
  const reading = readCorrections(own, { product: redis, path: 'x', today: TODAY });
  expect(reading).toMatchObject({ rejected: [], complete: false, lineClaims: [], readOn: '2026-11-22' });
  expect(reading.source).toEqual({
    id: 'corrections',
    name: "neap's own corrections",
    origin: 'data/corrections.json',
    licence: 'facts',
  });
  expect(reading.accepted[0]?.claims).toEqual([
    {
      subject: '6.0.7',
      of: 'correction',
      state: 'dated',
      day: '2020-09-01',
      precision: 'day',
      suspect: null,
      knownFrom: null,
    },
  ]);
});

test.skipIf(!existsSync(SHARED))('each of them is documented in what was collected', () => {
  type Version = { version: string; changelogDate?: string; tagDate?: string; hashPublishedAt?: string };
  const collected = (name: string): Map<string, Version> => {
    const { versions }: { versions: Version[] } = JSON.parse(readFileSync(`${SHARED}/releases/${name}.json`, 'utf8'));
    return new Map(versions.map((version) => [version.version, version]));
  };
  const drivers = collected('mongodb-driver');
  for (const { version, claims } of readCorrections(own, { product: driver, path: 'x', today: TODAY }).accepted) {
    expect([version, drivers.get(version)?.changelogDate]).toEqual([version, claims[0]?.day]);
    expect(drivers.get(version)?.tagDate?.slice(0, 10)).not.toBe(claims[0]?.day);
  }
  const hashes: { firstHashCommit: Record<string, string> } = JSON.parse(
    readFileSync(`${SHARED}/redis/hash-dates.json`, 'utf8'),
  );
  expect(hashes.firstHashCommit['6.0.7']?.slice(0, 10)).toBe('2020-09-01');
  expect(collected('redis-server').get('6.0.7')?.tagDate?.slice(0, 10)).toBe('2020-09-01');
});

test('null, a day to come, and since when it is known', () => {
  const reading = readJson(
    file([
      row({ version: '6.0.1', date: null }),
      row({ version: '6.0.2', date: '2026-11-23' }),
      row({ version: '6.0-rc1', knownFrom: '2021-01-01' }),
    ]),
  );
  expect(
    reading.accepted.map(({ version, prerelease, claims: [c] }) => [version, prerelease, c?.state, c?.day]),
  ).toEqual([
    ['6.0.1', false, 'unknown', null],
    ['6.0.2', false, 'dated', '2026-11-23'],
    ['6.0-rc1', true, 'dated', '2020-09-01'],
  ]);
  expect(reading.accepted.map(({ claims: [c] }) => [c?.suspect, c?.knownFrom])).toEqual([
    [null, null],
    ['dated in the future', null],
    [null, '2021-01-01'],
  ]);
  expect(reading.readOn).toBe('2026-11-20');
});

test('bad rows are rejected one by one; those of other products are not its business', () => {
  const bad = [
    'row',
    row({ product: 3 }),
    row({ product: 'Redis\u202e' }),
    row({ version: '6.x' }),
    row({ version: '6.0.9\u001b[31m' }),
    row({ version: '6.0.8', date: '2020-02-30' }),
    row({ version: '6.0.8', date: undefined }),
    row({ version: '6.0.8', because: ' ' }),
    row({ version: '6.0.8', source: undefined }),
    row({ version: '6.0.8', source: 'x'.repeat(501) }),
    row({ version: '6.0.8', knownFrom: 'soon' }),
    row({ version: '6.0.8', knownFrom: '2026-11-23' }),
    row({ version: '6.0.8', until: '2020-01-01' }),
    row({ date: '2020-01-01' }),
  ];
  const reading = readJson(file([row(), row({ product: 'valkey', version: 'nonsense' }), ...bad]));
  expect(reading.accepted.map(({ version }) => version)).toEqual(['6.0.7']);
  expect(reading.rejected).toEqual([
    { what: 'row', because: 'the correction is not an object' },
    { what: '6.0.7', because: 'listed twice; the first counts' },
    { what: '6.0.7', because: 'listed twice; the first counts' },
    { what: '6.x', because: 'not a version of the scheme redis' },
    { what: '6.0.9', because: 'the version has characters no version has' },
    { what: '6.0.8', because: '`date`: "2020-02-30" is not a calendar day (YYYY-MM-DD)' },
    { what: '6.0.8', because: '`date` is missing; null says that no date is to be believed' },
    { what: '6.0.8', because: '`because` is missing' },
    { what: '6.0.8', because: '`source` is missing' },
    { what: '6.0.8', because: '`source` is longer than 500 characters' },
    { what: '6.0.8', because: '`knownFrom`: "soon" is not a calendar day (YYYY-MM-DD)' },
    { what: '6.0.8', because: '`knownFrom` is in the future' },
    {
      what: '6.0.8',
      because: 'unknown key "until"; known are product, version, date, because, source, knownFrom',
    },
    { what: '6.0.7', because: 'listed twice; the first counts' },
  ]);
});

test('a row without a product is rejected by that', () => {
  expect(readJson(file([row({ product: undefined })])).rejected).toEqual([
    { what: '6.0.7', because: '`product` is not the id of a product' },
  ]);
});

test.each([
  ['no object', [], 'the file is not an object'],
  ['a stranger', file([], { rows: [] }), 'unknown key "rows"; known are $schema, schemaVersion, readOn, corrections'],
  ['another version', file([], { schemaVersion: 2 }), '`schemaVersion` is 2, not 1'],
  ['no day', file([], { readOn: undefined }), '`readOn`: "undefined" is not a calendar day (YYYY-MM-DD)'],
  ['a day to come', file([], { readOn: '2026-11-23' }), '`readOn` is 2026-11-23, after today (2026-11-22)'],
  ['no list', file({}), '`corrections` is not a list'],
])('a file with %s is a Problem that names the place', async (_, json, message) => {
  const problem = await problemOf(() => readJson(json));
  expect(problem.message).toBe(`c.json: ${message}`);
  expect(problem.hint).toContain('corrections.schema.json');
  expect(new Ajv().validate(schema, JSON.parse(JSON.stringify(json)))).toBe(message.includes('after today'));
});

test("a team's own file", async () => {
  writeFileSync(join(folder, 'c.json'), JSON.stringify(file([row()])));
  const reading = await correctionsFeed.read(request(redis, folder));
  expect(reading.accepted).toHaveLength(1);
  expect(reading.source).toEqual({
    id: 'corrections:c.json',
    name: 'corrections in c.json',
    origin: null,
    licence: null,
  });
  expect(correctionsFeed.network).toBe(false);
});

test('a file that cannot be read is a Problem', async () => {
  const read = (path?: string) =>
    correctionsFeed.read(request(product('redis', [{ type: 'corrections', ...(path && { path }) }], 'redis'), folder));
  expect((await problemOf(() => read())).message).toBe('a corrections feed of redis has no `path`');
  expect((await problemOf(() => read('absent.json'))).message).toMatch(/absent\.json does not exist$/);
  expect((await problemOf(() => read('.'))).message).toMatch(/is a folder$/);
  writeFileSync(join(folder, 'bad.json'), '{\n  "schemaVersion": 1,,\n}');
  expect((await problemOf(() => read('bad.json'))).where).toMatch(/bad\.json:2:\d+$/);
});
