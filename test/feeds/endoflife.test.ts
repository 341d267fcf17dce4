import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ingestBundle } from '../../src/app/ingest-bundle.ts';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadHistory } from '../../src/catalogue/histories.ts';
import { day } from '../../src/domain/day.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { FeedRef, SchemeId } from '../../src/domain/product.ts';
import { endoflifeFeed } from '../../src/feeds/endoflife/feed.ts';
import type { FeedReading } from '../../src/feeds/feed.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { product, request } from './products.ts';
import { aVendor, inTurn, sends } from './vendor.ts';

const SHARED = '../shared/feeds/endoflife';
/** The day of the bundle's copies and of the derived answers. */
const SNAPSHOT = day('2026-08-22');

const vendor = await aVendor();

function read(more: Partial<FeedRef> = {}, id = 'redis', scheme: SchemeId = 'redis') {
  const ref = { type: 'endoflife', url: vendor.url, ...more };
  return endoflifeFeed.read(request(product(id, [ref], scheme), '.'));
}

function answer(releases: unknown, more: object = {}) {
  return { schema_version: '1.2.1', result: { name: 'redis', aliases: [], releases, ...more } };
}

async function problemOf(reading: Promise<unknown>): Promise<Problem> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error('not refused with a Problem', { cause: error });
  return error;
}

const brief = ({ lineClaims }: FeedReading) => lineClaims.map((c) => [c.subject, c.of, c.state, c.day]);

test('a cycle becomes claims on its line, its latest version a release', async () => {
  vendor.answer = sends(
    answer([
      {
        name: '8.8',
        releaseDate: '2026-05-25',
        isLts: false,
        ltsFrom: null,
        isEoas: true,
        eoasFrom: '2026-07-29',
        isEol: false,
        eolFrom: '2031-01-01',
        isEoes: true,
        eoesFrom: null,
        latest: { name: '8.8.2', date: '2026-08-17', link: 'https://example.org' },
      },
    ]),
  );
  const reading = await read();
  expect(vendor.received.map((r) => r.url)).toEqual(['/api/v1/products/redis']);
  expect(brief(reading)).toEqual([
    ['8.8', 'ga', 'dated', '2026-05-25'],
    ['8.8', 'support-end', 'dated', '2026-07-29'],
    ['8.8', 'eol', 'dated', '2031-01-01'],
    ['8.8', 'extended-end', 'over', null],
    ['8.8', 'lts', 'none', null],
  ]);
  expect(reading.lineClaims.every((c) => c.suspect === null && c.precision === 'day' && c.knownFrom === null)).toBe(
    true,
  );
  expect(reading.accepted).toEqual([
    {
      version: '8.8.2',
      prerelease: false,
      urgency: null,
      claims: [
        {
          subject: '8.8.2',
          of: 'lifecycle',
          state: 'dated',
          day: '2026-08-17',
          precision: 'day',
          suspect: null,
          knownFrom: null,
        },
      ],
    },
  ]);
  expect(reading).toMatchObject({ complete: false, rejected: [], readOn: '2026-11-22' });
  expect(reading.source).toEqual({
    id: `endoflife-date:${vendor.url.replace('http://', '')}`,
    name: 'endoflife.date',
    origin: `${vendor.url}/redis`,
    licence: 'MIT',
  });
});

test.each<[string, object, readonly unknown[]]>([
  ['nothing', {}, []],
  ['a day', { isEol: true, eolFrom: '2020-01-01' }, [['8.8', 'eol', 'dated', '2020-01-01']]],
  ['a day alone', { eolFrom: '2020-01-01' }, [['8.8', 'eol', 'dated', '2020-01-01']]],
  ['that it is over', { isEol: true, eolFrom: null }, [['8.8', 'eol', 'over', null]]],
  ['that it is not over', { isEol: false, eolFrom: null }, [['8.8', 'eol', 'unknown', null]]],
  ['that there is no such phase', { isEoes: null, eoesFrom: null }, [['8.8', 'extended-end', 'none', null]]],
  ['that active support is over', { isEoas: true, eoasFrom: null }, [['8.8', 'support-end', 'over', null]]],
  ['no long-term support', { isLts: false, ltsFrom: null }, [['8.8', 'lts', 'none', null]]],
  ['long-term support', { isLts: true, ltsFrom: null }, [['8.8', 'lts', 'over', null]]],
  ['long-term support to come', { isLts: false, ltsFrom: '2027-01-01' }, [['8.8', 'lts', 'dated', '2027-01-01']]],
])('told %s', async (_, keys, expected) => {
  vendor.answer = sends(answer([{ name: '8.8', releaseDate: null, ...keys }]));
  expect(brief(await read())).toEqual([['8.8', 'ga', 'unknown', null], ...expected]);
});

test('nonsense is rejected; cycles and latest versions are accounted for', async () => {
  vendor.answer = sends(
    answer([
      { name: '8.8', releaseDate: '2026-05-25', latest: { name: '8.8.2', date: '2026-13-17' } },
      { name: '8.8', releaseDate: '2026-05-26', latest: { name: '8.8.3', date: '2026-08-18' } },
      { name: '8.6', releaseDate: '2026-02-30' },
      { name: '8.4', eolFrom: 'soon\u001b[2J' },
      { name: '8.3', isEol: 'yes', eolFrom: null },
      { name: '8.2', isLts: null, ltsFrom: null },
      { name: '8.0' },
      { name: '../8', releaseDate: '2020-01-01' },
      { name: 8, releaseDate: '2020-01-01' },
      'a cycle',
      { name: '7.4', releaseDate: '2024-07-29', latest: { name: 'newest', date: '2026-08-17' } },
      { name: '7.2', releaseDate: '2023-08-15', latest: { name: '7.2.16', date: null } },
      { name: '7.2 again', releaseDate: '2023-08-15', latest: { name: '7.2.16', date: '2026-08-17' } },
      { name: '7.0', releaseDate: '2022-04-27', latest: { name: '7.0.15' } },
      { name: '6.2', releaseDate: '2021-02-22', latest: null },
      { name: '6.0', releaseDate: '2020-04-30', latest: { name: '6.0.20', date: '2027-01-01' } },
      { name: '5.0', releaseDate: '2018-10-17', latest: '5.0.14' },
    ]),
  );
  const reading = await read();
  expect(new Set(reading.lineClaims.map((c) => c.subject))).toEqual(
    new Set(['8.8', '7.4', '7.2', '7.2 again', '7.0', '6.2', '6.0', '5.0']),
  );
  expect(reading.accepted.map((r) => [r.version, r.claims.map((c) => [c.state, c.day, c.suspect])])).toEqual([
    ['7.2.16', [['unknown', null, null]]],
    ['7.0.15', []],
    ['6.0.20', [['dated', '2027-01-01', 'dated in the future']]],
  ]);
  expect(reading.rejected).toEqual([
    { what: '8.8.2', because: '"2026-13-17" is not a calendar day (YYYY-MM-DD)' },
    { what: 'line 8.8', because: 'listed twice; the first counts' },
    { what: 'line 8.6', because: '`releaseDate`: "2026-02-30" is not a calendar day (YYYY-MM-DD)' },
    { what: 'line 8.4', because: '`eolFrom`: "soon" is not a calendar day (YYYY-MM-DD)' },
    { what: 'line 8.3', because: '`isEol` is neither true, false nor null' },
    { what: 'line 8.2', because: '`isLts` is neither true nor false' },
    { what: 'line 8.0', because: 'the cycle says nothing of any date' },
    { what: 'line ../8', because: 'the cycle has no name that can be a line' },
    { what: 'line 8', because: 'the cycle has no name that can be a line' },
    { what: 'line a cycle', because: 'the cycle is not an object' },
    { what: 'newest', because: 'not a version of the scheme redis' },
    { what: '5.0.14', because: 'the latest version is not an object' },
  ]);
  // 17 cycles sent: 8 with claims, 9 rejected.
  expect(reading.rejected.filter(({ what }) => what.startsWith('line '))).toHaveLength(9);
});

test('the site’s own address has the bundled source’s id; a folder of another is kept', async () => {
  const asked: string[] = [];
  const base = request(product('nodejs', [{ type: 'endoflife' }]), '.');
  const http = {
    ...base.http,
    async get(url: string) {
      asked.push(url);
      const bytes = Buffer.from(JSON.stringify(answer([], { name: 'nodejs' })));
      return { bytes, address: url, unchanged: false };
    },
  };
  const { source } = await endoflifeFeed.read({ ...base, http });
  expect(asked).toEqual(['https://endoflife.date/api/v1/products/nodejs']);
  const bundled = loadHistory(dataDir(), 'nodejs').map(({ reading }) => reading.source);
  expect(bundled.find(({ id }) => id === source.id)).toMatchObject({
    id: 'endoflife-date',
    name: source.name,
    licence: source.licence,
  });
  expect(source.origin).toBe('https://endoflife.date/nodejs');

  vendor.answer = sends(answer([]));
  const elsewhere = await read({ url: `${vendor.url}/eol/` });
  expect(vendor.received.map((r) => r.url)).toEqual(['/eol/api/v1/products/redis']);
  expect(elsewhere.source.id).toBe(`endoflife-date:${vendor.url.replace('http://', '')}/eol`);
});

test('redirects are followed, also to the product behind an alias', async () => {
  vendor.answer = inTurn(
    sends('', { status: 301, headers: { location: '/api/v1/products/nodejs/' } }),
    sends(answer([{ name: '24', releaseDate: '2025-05-06' }], { name: 'nodejs', aliases: ['node'] })),
  );
  expect(brief(await read({ name: 'node' }))).toEqual([['24', 'ga', 'dated', '2025-05-06']]);
  expect(vendor.received.map((r) => r.url)).toEqual(['/api/v1/products/node', '/api/v1/products/nodejs/']);
});

test.each<[string, unknown, string]>([
  ['a list', [], 'the answer is not an object'],
  ['of the old API', { releases: [] }, 'the answer has the schema version "undefined", not 1'],
  ['of a later API', { ...answer([]), schema_version: '2.0.0' }, 'the answer has the schema version "2.0.0", not 1'],
  ['of API 10', { ...answer([]), schema_version: '10.0' }, 'the answer has the schema version "10.0", not 1'],
  ['without a result', { schema_version: '1.0.0', result: [] }, '`result` is not an object'],
  ['of another product', answer([], { name: 'valkey' }), 'the answer is of a product "valkey"'],
  ['without releases', answer({}), '`releases` is not a list'],
])('an answer that is %s is a Problem', async (_, body, because) => {
  vendor.answer = sends(body);
  const problem = await problemOf(read());
  expect(problem.message).toBe(`${vendor.url}/api/v1/products/redis: ${because}`);
  expect(problem.hint).not.toBeNull();
});

test('a product that is not there asks to check its name; other failures keep their own hint', async () => {
  vendor.answer = sends('<html>Page not found</html>', { status: 404 });
  const missing = await problemOf(read({ name: 'reddis' }));
  expect(missing.message).toBe(`${vendor.url}/api/v1/products/reddis does not exist (404)`);
  expect(missing.hint).toContain('`name`');
  vendor.answer = sends('', { status: 403 });
  expect((await problemOf(read())).hint).not.toContain('`name`');
  expect((await problemOf(read({ name: '../../secret' }))).message).toContain('is not the name of a product');
});

test.skipIf(!existsSync(`${SHARED}/api-v1.real-sample.django.json`))('the real answer of django', async () => {
  const { payload } = JSON.parse(readFileSync(`${SHARED}/api-v1.real-sample.django.json`, 'utf8')) as {
    payload: unknown;
  };
  vendor.answer = sends(payload);
  const reading = await read({ name: 'django' }, 'django', 'dotted');
  expect([reading.lineClaims.length, reading.rejected.length]).toEqual([16, 0]);
  expect(reading.accepted.map((r) => [r.version, r.claims[0]?.day])).toEqual([
    ['6.0.6', '2026-06-03'],
    ['5.2.15', '2026-06-03'],
    ['5.1.15', '2025-12-02'],
    ['5.0.14', '2025-04-02'],
  ]);
  expect(brief(reading).filter(([line]) => line === '5.2')).toEqual([
    ['5.2', 'ga', 'dated', '2025-04-02'],
    ['5.2', 'support-end', 'dated', '2025-12-03'],
    ['5.2', 'eol', 'dated', '2028-04-30'],
    ['5.2', 'lts', 'over', null],
  ]);
});

/** Lines of which the live API says `isLts: false` where the site's history never had the field. */
const NO_LTS: Readonly<Record<string, readonly string[]>> = {
  mongodb:
    '1.0 1.2 1.4 1.6 1.8 2.0 2.2 2.4 2.6 3.0 3.2 3.4 3.6 4.0 4.2 4.4 5.0 5.1 5.2 5.3 6.0 6.1 6.2 6.3 7.0 7.1 7.2 7.3 8.0 8.1 8.2 8.3'.split(
      ' ',
    ),
  redis: '5.0 6.0 6.2 7.0 7.2 7.4 8.0 8.10 8.2 8.4 8.6 8.8'.split(' '),
  nodejs: '1 11 13 19 2 21 23 25 3 5 7 9'.split(' '),
  valkey: '7.2 8.0 8.1 9.0 9.1'.split(' '),
};

/** Likewise for `isEoes: null`. */
const NO_EXTENDED: Readonly<Record<string, readonly string[]>> = {
  nodejs: '1 10 11 13 15 17 19 2 21 23 24 25 26 3 4 5 6 7 8 9'.split(' '),
};

describe.skipIf(!existsSync(`${SHARED}/api-v1-derived`))('the live API and the bundled history of the same day', () => {
  test.each([
    ['mongodb', 32, 96 + 32],
    ['redis', 12, 36 + 12 + 12],
    ['nodejs', 26, 78 + 26 + 26 + 26],
    ['valkey', 5, 15 + 5 + 5],
  ])('agree on every date of %s', async (id, cycles, claims) => {
    const found = loadCatalogue(dataDir()).products.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`${id} is not in the catalogue`);
    vendor.answer = sends(readFileSync(`${SHARED}/api-v1-derived/${id}.json`, 'utf8'));
    const ref = { type: 'endoflife', url: vendor.url };
    const live = await endoflifeFeed.read(request({ ...found, feeds: [ref] }, '.', { today: SNAPSHOT }));
    expect(live.rejected).toEqual([]);
    expect([new Set(live.lineClaims.map((c) => c.subject)).size, live.accepted.length]).toEqual([cycles, cycles]);
    expect(live.lineClaims.length + live.accepted.length).toBe(claims);

    const store = openStore(':memory:');
    ingestBundle(store, loadHistory(dataDir(), id));
    const words = () => store.ledger(id, null).claims.filter(({ source }) => source === 'endoflife-date');
    const before = new Set(words().map((c) => `${c.of} ${c.subject}`));
    const reading = { ...live, source: { ...live.source, id: 'endoflife-date' } };
    const saved = store.save({ product: id, feed: 'endoflife', via: 'sync', readOn: SNAPSHOT, reading });

    // Whatever the history speaks of, the live API says the same: each new claim is on something the history never mentioned.
    const news = words().filter((c) => !before.has(`${c.of} ${c.subject}`));
    expect(saved.newClaims).toBe(news.length);
    const named = (of: string, state: string) =>
      news.filter((c) => c.of === of && c.state === state).map((c) => c.subject);
    expect(named('lts', 'none')).toEqual(NO_LTS[id]);
    expect(named('extended-end', 'none')).toEqual(NO_EXTENDED[id] ?? []);
    expect(named('lifecycle', 'dated')).toHaveLength(cycles);
    expect(news).toHaveLength(cycles + (NO_LTS[id]?.length ?? 0) + (NO_EXTENDED[id]?.length ?? 0));
    expect(saved.added).toBe(0);

    // And a second reading of the same answer is no news at all.
    expect(store.save({ product: id, feed: 'endoflife', via: 'sync', readOn: SNAPSHOT, reading }).newClaims).toBe(0);
    store.close();
  });
});
