import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FeedResult, sync } from '../../src/app/sync.ts';
import { day } from '../../src/domain/day.ts';
import { keptBodies } from '../../src/feeds/http/kept-bodies.ts';
import type { FeedLimits } from '../../src/feeds/http/limits.ts';
import { mongodbFeed } from '../../src/feeds/mongodb-feed/feed.ts';
import { feedLines } from '../../src/report/sync.ts';
import { openStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { product, testHttp } from '../feeds/products.ts';
import { type Answer, aVendor, inTurn, sends } from '../feeds/vendor.ts';

const vendor = await aVendor();
let store: Store;
let bodies: ReturnType<typeof keptBodies>;
beforeEach(() => {
  store = openStore(':memory:');
  bodies = keptBodies(mkdtempSync(join(tmpdir(), 'neap-bodies-')));
});
afterEach(() => store.close());

const version = (name: string, date: string) => ({ version: name, date, githash: 'a'.repeat(40) });
const FIRST = { versions: [version('8.0.0', '09/20/2024'), version('8.0.1', '10/09/2024')] };
const SECOND = { versions: [...FIRST.versions, version('8.0.2', '11/01/2024')] };

/** One visit of the real feed through the real client; `said` is what a person would read. */
async function visit(answer: Answer, more: { limits?: Partial<FeedLimits>; today?: string } = {}) {
  vendor.answer = answer;
  const mongodb = product('mongodb', [{ type: 'mongodb-feed', url: `${vendor.url}/full.json` }], 'mongodb');
  const { feeds, interrupted } = await sync({
    store,
    feeds: [mongodbFeed],
    products: [mongodb],
    today: day(more.today ?? '2026-11-22'),
    baseDir: '/',
    signal: new AbortController().signal,
    http: testHttp(more.limits, bodies),
    env: {},
  });
  const result = feeds[0] as FeedResult;
  return { result, interrupted, said: feedLines(result).replaceAll(vendor.url, 'URL') };
}

/** Everything the database holds of the product; the same before and after a visit that brought nothing. */
function everything() {
  const { versions, claims } = store.ledger('mongodb', null);
  return { versions, claims, readings: store.readings('mongodb'), rejected: store.rejected('mongodb') };
}

describe('a place that fails leaves the last reading whole, and one line says why', () => {
  const html = '<!doctype html><title>Sign in</title>';
  const cut = gzipSync(JSON.stringify(SECOND)).subarray(0, 60);
  const reset: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': '5000' });
    response.write('{"versions":[', () => response.destroy());
  };
  const silent: Answer = () => undefined;
  const huge: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': String(500 * 1024 * 1024) });
    response.write('{');
  };
  const endless: Answer = (_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    response.on('error', () => undefined);
    more();
  };
  const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024));
  type Fault = readonly [name: string, answer: Answer, message: string, requests: number, limits?: Partial<FeedLimits>];
  const faults: readonly Fault[] = [
    ['404', sends('gone', { status: 404 }), 'URL/full.json does not exist (404)', 1],
    ['403', sends('no', { status: 403 }), 'URL/full.json may not be read (403)', 1],
    ['429 without Retry-After', sends('', { status: 429 }), 'URL/full.json asks for fewer requests (429)', 3],
    [
      '429 with a long Retry-After',
      sends('', { status: 429, headers: { 'retry-after': '3600' } }),
      'URL/full.json asks to be left alone for 60 min',
      1,
    ],
    ['5xx that lasts', sends('oops', { status: 503 }), 'URL/full.json answers 503', 3],
    ['a timeout', silent, 'URL/full.json did not answer in full within 0 s', 3, { ms: 60 }],
    ['a reset in the middle of the body', reset, 'URL/full.json broke off in the middle', 3],
    [
      'a truncated gzip',
      sends(cut, { headers: { 'content-encoding': 'gzip' } }),
      'URL/full.json sends a compressed body that is cut off',
      3,
    ],
    [
      'a damaged gzip',
      sends('not gzip', { headers: { 'content-encoding': 'gzip' } }),
      'URL/full.json sends a compressed body that is damaged',
      3,
    ],
    [
      'a gzip bomb',
      sends(bomb, { headers: { 'content-encoding': 'gzip' } }),
      'URL/full.json unpacks to more than neap takes',
      1,
      { bytes: 1024 * 1024 },
    ],
    ['invalid UTF-8', sends(Buffer.from([0x7b, 0xff, 0xfe])), 'URL/full.json is not text in UTF-8', 1],
    ['a web page', sends(html), 'URL/full.json is a web page, not data', 1],
    ['JSON cut off', sends('{"versions":['), 'URL/full.json is not valid JSON; it may have been cut off', 1],
    ['JSON of another shape', sends([1, 2]), 'URL/full.json', 1],
    ['a 500 MB body by its length', huge, 'URL/full.json sends more than 64 MB', 1],
    ['a body without end', endless, 'URL/full.json sends more than 1 MB', 1, { bytes: 1024 * 1024 }],
    [
      'redirects without end',
      ({ url }, response) => response.writeHead(302, { location: `${url}x` }).end(),
      'URL/full.json sends on and on to other addresses (302)',
      1,
    ],
    [
      'a redirect in a circle',
      (_, response) => response.writeHead(302, { location: '/full.json' }).end(),
      'URL/full.json sends on in a circle to other addresses',
      1,
    ],
  ];
  const named = faults.map(([name, answer, message, requests, limits = {}]) => ({
    name,
    answer,
    message,
    requests,
    limits,
  }));
  test.each(named)('$name', async ({ answer, message, requests, limits }) => {
    await visit(sends(FIRST));
    const before = everything();
    vendor.received.length = 0;
    const { result, said } = await visit(answer, { limits });
    expect(result.outcome).toBe('failed');
    expect(said).toContain(`mongodb: mongodb-feed URL/full.json: failed: ${message}`);
    expect(said.trimEnd().split('\n')).toHaveLength(1);
    expect(everything()).toEqual(before);
    expect(store.failures('mongodb')).toMatchObject([{ because: result.problem?.message }]);
    if (requests > 1) expect(vendor.received).toHaveLength(requests);
    expect(result.problem?.hint).toMatch(/^[A-Z].*\.$/);
  });
});

describe('a place that recovers is read', () => {
  test.each([
    ['5xx, then well', inTurn(sends('', { status: 502 }), sends('', { status: 500 }), sends(SECOND)), 3],
    [
      '429 with Retry-After, then well',
      inTurn(sends('', { status: 429, headers: { 'retry-after': '0' } }), sends(SECOND)),
      2,
    ],
    [
      '429 with a date, then well',
      inTurn(sends('', { status: 429, headers: { 'retry-after': 'Sat, 01 Jan 2000 00:00:00 GMT' } }), sends(SECOND)),
      2,
    ],
    ['a reset, then well', inTurn((_, response) => response.destroy(), sends(SECOND)), 2],
  ] as readonly (readonly [string, Answer, number])[])('%s', async (_, answer, requests) => {
    const { result } = await visit(answer);
    expect(result.saved).toMatchObject({ added: 3, rejected: 0 });
    expect(vendor.received).toHaveLength(requests);
  });

  test('301: the new place is read', async () => {
    const { result } = await visit((request, response) => {
      if (request.url === '/full.json') response.writeHead(301, { location: '/moved/full.json' }).end();
      else sends(FIRST)(request, response);
    });
    expect(result.saved).toMatchObject({ added: 2 });
    expect(vendor.received.map(({ url }) => url)).toEqual(['/full.json', '/moved/full.json']);
  });
});

test('304: the body is not sent again, and nothing but the reading is written', async () => {
  const answer: Answer = (request, response) => {
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else sends(FIRST, { headers: { etag: '"v1"' } })(request, response);
  };
  await visit(answer);
  const before = everything();
  const { result } = await visit(answer, { today: '2026-11-23' });
  expect(vendor.received.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
  expect(result.saved).toEqual({
    added: 0,
    changed: 0,
    unchanged: 2,
    rejected: 0,
    newClaims: 0,
    newFacts: 0,
    vanished: 0,
  });
  const after = everything();
  expect(after.readings).toHaveLength(before.readings.length + 1);
  expect(after.claims.map(({ confirmed, ...claim }) => claim)).toEqual(
    before.claims.map(({ confirmed, ...claim }) => claim),
  );
});

test('duplicate versions: the first counts, the second is rejected with its reason', async () => {
  const { result, said } = await visit(sends({ versions: [...FIRST.versions, version('8.0.1', '12/12/2024')] }));
  expect(result.saved).toMatchObject({ added: 2, rejected: 1 });
  expect(said).toContain('rejected 1: listed twice; the first counts (such as 8.0.1)');
});

test('a version that vanishes stays in the ledger, and the line says so', async () => {
  await visit(sends(SECOND));
  const { said } = await visit(sends(FIRST), { today: '2026-11-23' });
  expect(said).toContain('0 new, 0 with new claims, 2 unchanged, 0 rejected; 1 no longer there');
  expect(store.ledger('mongodb', null).versions.map((one) => one.version)).toContain('8.0.2');
  expect(store.vanished('mongodb')).toMatchObject([{ version: '8.0.2', since: '2026-11-23' }]);
});

test('a date in the future is kept, marked, and not believed', async () => {
  const { result, said } = await visit(sends({ versions: [version('8.0.9', '01/01/2099')] }));
  expect(result.suspect).toBe(1);
  expect(said).toContain('1 with a suspect date, not believed');
  expect(store.ledger('mongodb', null).claims.find((one) => one.of === 'build')).toMatchObject({
    day: '2099-01-01',
    suspect: 'dated in the future',
  });
});

test('a clock that jumps ahead and back: what is read afterwards counts', async () => {
  await visit(sends(FIRST), { today: '2026-11-21' });
  await visit(sends(FIRST), { today: '2099-01-01' });
  const { result } = await visit(sends({ versions: [version('8.0.0', '09/21/2024'), version('8.0.1', '10/09/2024')] }));
  expect(result.saved).toMatchObject({ changed: 1 });
  const builds = store.ledger('mongodb', day('2026-11-22')).claims.filter((one) => one.of === 'build');
  expect(builds.filter((one) => one.subject === '8.0.0').at(-1)?.day).toBe('2024-09-21');
});
