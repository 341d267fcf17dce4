import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import type { FeedRef } from '../../src/domain/product.ts';
import { mongodbFeed } from '../../src/feeds/mongodb-feed/feed.ts';
import { product, request } from './products.ts';
import { aVendor, sends } from './vendor.ts';

const SAMPLE = '../shared/feeds/mongodb-feed/full.json.sample.constructed.json';
const OBSERVED = '../shared/feeds/mongodb-feed/current-json-observations.json';

const vendor = await aVendor();

function read(path = '/full.json', more: Partial<FeedRef> = {}) {
  const ref = { type: 'mongodb-feed', url: `${vendor.url}${path}`, ...more };
  return mongodbFeed.read(request(product('mongodb', [ref], 'mongodb'), '.'));
}

function version(name: unknown, date: unknown, more: object = {}) {
  return { version: name, date, githash: '0', release_candidate: false, development_release: false, ...more };
}

async function problemOf(reading: Promise<unknown>): Promise<Problem> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error('not refused with a Problem', { cause: error });
  return error;
}

test('reads one build claim per version, and marks when a version was first seen', async () => {
  vendor.answer = sends({ versions: [version('8.0.4', '12/09/2024'), version('8.0.4-rc0', '12/02/2024')] });
  const reading = await read();
  expect(reading).toMatchObject({ complete: true, marksFirstSeen: true, rejected: [], lineClaims: [] });
  expect(reading).toMatchObject({ readOn: '2026-11-22' });
  expect(reading.facts).toBeUndefined();
  expect(reading.source).toEqual({
    id: `mongodb-feed:${vendor.url.replace('http://', '')}/full.json`,
    name: 'MongoDB download feed',
    origin: `${vendor.url}/full.json`,
    licence: null,
  });
  expect(reading.accepted).toEqual([
    {
      version: '8.0.4',
      prerelease: false,
      urgency: null,
      claims: [
        {
          subject: '8.0.4',
          of: 'build',
          state: 'dated',
          day: '2024-12-09',
          precision: 'day',
          suspect: null,
          knownFrom: null,
        },
      ],
    },
    expect.objectContaining({ version: '8.0.4-rc0', prerelease: true }),
  ]);
});

test('the default address is MongoDB’s, with a source id of its own', async () => {
  const asked: string[] = [];
  const base = request(product('mongodb', [{ type: 'mongodb-feed' }], 'mongodb'), '.');
  const http = {
    ...base.http,
    async get(url: string) {
      asked.push(url);
      const bytes = Buffer.from(JSON.stringify({ versions: [version('8.0.4', '12/09/2024')] }));
      return { bytes, address: url, unchanged: false };
    },
  };
  const reading = await mongodbFeed.read({ ...base, http });
  expect(asked).toEqual(['https://downloads.mongodb.org/full.json']);
  expect(reading.source.id).toBe('mongodb-feed');
  expect(reading.source.origin).toBe('https://downloads.mongodb.org/full.json');
});

test('current.json lists only the newest of each line; the configuration may say otherwise', async () => {
  vendor.answer = sends({ versions: [version('8.0.4', '12/09/2024')] });
  expect((await read('/current.json')).complete).toBe(false);
  expect((await read('/current.json', { complete: true })).complete).toBe(true);
  expect((await read('/mongo/full.json')).complete).toBe(true);
});

test('flags can make a version a prerelease', async () => {
  vendor.answer = sends({
    versions: [
      version('4.9.0', '04/01/2021', { release_candidate: true }),
      version('2.5.0', '05/21/2013', { development_release: true }),
      version('7.1.0', '08/01/2023', { release_candidate: 'true' }),
    ],
  });
  expect((await read()).accepted.map((r) => [r.version, r.prerelease])).toEqual([
    ['4.9.0', true],
    ['2.5.0', true],
    ['7.1.0', false],
  ]);
});

test('nonsense is rejected one by one; every entry is accounted for', async () => {
  vendor.answer = sends({
    versions: [
      version('8.0.0', '09/11/2024'),
      version('8.0.0', '10/02/2024'),
      version('8.0.1', '2024-10-08'),
      version('8.0.2', '02/30/2024'),
      version('8.0.3', '9/11/2024'),
      version('8.0.4', 20241209),
      version('8.0.5', null),
      version('8.0.6', undefined),
      version('8.0.7', '11/23/2026'),
      version('8.0.8\u202e', '01/01/2025'),
      version('latest', '01/01/2025'),
      version(8, '01/01/2025'),
      'a line \u001b[31m of text',
      null,
    ],
  });
  const reading = await read();
  expect(reading.accepted.map((r) => [r.version, r.claims.map((c) => [c.state, c.day, c.suspect])])).toEqual([
    ['8.0.0', [['dated', '2024-09-11', null]]],
    ['8.0.5', [['unknown', null, null]]],
    ['8.0.6', []],
    ['8.0.7', [['dated', '2026-11-23', 'dated in the future']]],
  ]);
  expect(reading.rejected).toEqual([
    { what: '8.0.0', because: 'listed twice; the first counts' },
    { what: '8.0.1', because: '"2024-10-08" is not a calendar day (MM/DD/YYYY)' },
    { what: '8.0.2', because: '"02/30/2024" is not a calendar day (MM/DD/YYYY)' },
    { what: '8.0.3', because: '"9/11/2024" is not a calendar day (MM/DD/YYYY)' },
    { what: '8.0.4', because: '"20241209" is not a calendar day (MM/DD/YYYY)' },
    { what: '8.0.8', because: 'the version has characters no version has' },
    { what: 'latest', because: 'not a version of the scheme mongodb' },
    { what: '8', because: 'the version is not text' },
    { what: 'a line of text', because: 'the entry is not an object' },
    { what: 'null', because: 'the entry is not an object' },
  ]);
});

test.each([
  ['a list', [], 'the answer is not an object'],
  ['without versions', {}, '`versions` is not a list'],
  ['empty', { versions: [] }, 'it lists no versions'],
])('an answer that is %s is a Problem', async (_, body, because) => {
  vendor.answer = sends(body);
  const problem = await problemOf(read('/full.json?token=s3cret'));
  expect(problem.message).toBe(`${vendor.url}/full.json: ${because}`);
  expect(problem.hint).not.toBeNull();
});

test('what is cut off, a web page, or not there is a Problem', async () => {
  vendor.answer = sends('{"versions":[{"version":"8.0.0"');
  expect((await problemOf(read())).message).toContain('is not valid JSON; it may have been cut off');
  vendor.answer = sends('<html>Sign in</html>');
  expect((await problemOf(read())).message).toContain('is a web page, not data');
  vendor.answer = sends('gone', { status: 404 });
  expect((await problemOf(read())).message).toContain('does not exist (404)');
  expect((await problemOf(read('', { url: 'downloads' }))).message).toContain('is not an address');
});

test.skipIf(!existsSync(SAMPLE))('the constructed full.json: all 19 versions, 3 of them candidates', async () => {
  vendor.answer = sends(readFileSync(SAMPLE, 'utf8'));
  const reading = await read();
  expect([reading.accepted.length, reading.rejected.length]).toEqual([19, 0]);
  expect(reading.accepted.filter((r) => r.prerelease).map((r) => r.version)).toEqual([
    '8.3.0-rc5',
    '7.0.14-rc0',
    '7.0.13-rc1',
  ]);
  expect(reading.accepted.find((r) => r.version === '8.0.0')?.claims[0]?.day).toBe('2024-09-11');
});

test.skipIf(!existsSync(OBSERVED))('330 versions as MongoDB really dated them, in the shape of full.json', async () => {
  const { versions } = JSON.parse(readFileSync(OBSERVED, 'utf8')) as {
    versions: { version: string; date: string; dateIso: string }[];
  };
  vendor.answer = sends({
    versions: versions.map(({ version: name, date }) => version(name, date, { release_candidate: name.includes('-') })),
  });
  const reading = await read();
  expect([versions.length, reading.accepted.length, reading.rejected.length]).toEqual([330, 330, 0]);
  expect(reading.accepted.filter((r) => r.prerelease)).toHaveLength(157);
  expect(reading.accepted.map((r) => r.claims.map((c) => [c.state, c.day, c.suspect]))).toEqual(
    versions.map(({ dateIso }) => [['dated', dateIso, null]]),
  );
});
