import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import type { FeedRef } from '../../src/domain/product.ts';
import { pypiFeed } from '../../src/feeds/pypi/feed.ts';
import { product, request } from './products.ts';
import { aVendor, inTurn, sends } from './vendor.ts';

const REAL = '../shared/feeds/other-formats/pypi-project-json.real.json';
const CONSTRUCTED = '../shared/feeds/other-formats/pypi-pymongo.constructed.json';

const vendor = await aVendor();

function read(more: Partial<FeedRef> = {}) {
  const ref = { type: 'pypi', package: 'thing', url: vendor.url, ...more };
  return pypiFeed.read(request(product('thing', [ref], 'dotted'), '.'));
}

function answer(releases: unknown, name: unknown = 'thing') {
  return { info: { name }, releases };
}

function file(time: unknown, more: object = {}) {
  return { upload_time_iso_8601: time, yanked: false, yanked_reason: null, requires_python: null, ...more };
}

async function problemOf(reading: Promise<unknown>): Promise<Problem> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error('not refused with a Problem', { cause: error });
  return error;
}

test('a version is dated by the first of its files, in UTC', async () => {
  vendor.answer = sends(
    answer({
      '1.0': [file('2020-03-02T10:00:00.123456Z'), file('2020-03-01T23:30:00Z'), file('2024-01-01T00:00:00Z')],
      '1.1rc1': [file('2020-05-01T23:30:00-02:00')],
      '1.0.post1': [file('2020-04-01T00:00:00Z')],
      '2.0': [file('2026-11-23T00:00:00Z')],
    }),
  );
  const reading = await read();
  expect(vendor.received.map((r) => r.url)).toEqual(['/pypi/thing/json']);
  expect(reading).toMatchObject({ complete: true, rejected: [], lineClaims: [], facts: [], readOn: '2026-11-22' });
  expect(reading.marksFirstSeen).toBeUndefined();
  const host = vendor.url.replace('http://', '');
  expect(reading.source).toEqual({
    id: `pypi:${host}`,
    name: `Python package index ${host}`,
    origin: `${vendor.url}/pypi/thing/json`,
    licence: null,
  });
  expect(reading.accepted[0]).toEqual({
    version: '1.0',
    prerelease: false,
    urgency: null,
    claims: [
      {
        subject: '1.0',
        of: 'registry',
        state: 'dated',
        day: '2020-03-01',
        precision: 'day',
        suspect: null,
        knownFrom: null,
      },
    ],
  });
  expect(reading.accepted.map((r) => [r.version, r.prerelease, r.claims[0]?.day, r.claims[0]?.suspect])).toEqual([
    ['1.0', false, '2020-03-01', null],
    ['1.1rc1', true, '2020-05-02', null],
    ['1.0.post1', false, '2020-04-01', null],
    ['2.0', false, '2026-11-23', 'dated in the future'],
  ]);
});

test('PyPI itself has a short source id', async () => {
  const asked: string[] = [];
  const base = request(product('pymongo', [{ type: 'pypi', package: 'Py_Mongo' }], 'dotted'), '.');
  const http = {
    ...base.http,
    async get(url: string) {
      asked.push(url);
      const bytes = Buffer.from(JSON.stringify(answer({ '4.0': [file('2021-11-29T18:31:45Z')] }, 'Py.Mongo')));
      return { bytes, address: url, unchanged: false };
    },
  };
  const reading = await pypiFeed.read({ ...base, http });
  expect(asked).toEqual(['https://pypi.org/pypi/py-mongo/json']);
  expect(reading.source).toMatchObject({ id: 'pypi', name: 'PyPI', origin: 'https://pypi.org/pypi/py-mongo/json' });
});

test('what is withdrawn and which Python it needs are facts', async () => {
  vendor.answer = sends(
    answer({
      '1.0': [
        file('2020-01-01T00:00:00Z', { yanked: true, requires_python: '' }),
        file('2020-01-01T00:00:00Z', {
          yanked: true,
          yanked_reason: 'breaks \u001b[31mreplica\nsets',
          requires_python: '>=3.6,\u202e<4',
        }),
      ],
      '1.1': [file('2020-01-02T00:00:00Z', { yanked: true, yanked_reason: '\u200b' })],
      '1.2': [file('2020-01-03T00:00:00Z', { yanked: true }), file('2020-01-03T00:00:00Z')],
      '1.3': [file('2020-01-04T00:00:00Z', { yanked: 'true', requires_python: 3 })],
      '1.4.dev0': [file('2020-01-05T00:00:00Z', { yanked: true })],
    }),
  );
  const reading = await read();
  expect(reading.facts).toEqual([
    { subject: '1.0', key: 'yanked', value: 'breaks replica sets' },
    { subject: '1.0', key: 'engines', value: 'python >=3.6,<4' },
    { subject: '1.1', key: 'yanked', value: 'no reason given' },
  ]);
});

test('nonsense is rejected one by one; every version is accounted for', async () => {
  vendor.answer = sends(
    answer({
      '1.0': [],
      '1.1': 'files',
      '1.2': [file('2020-01-01T00:00:00Z'), null],
      '1.3': [file('2020-01-01T00:00:00Z'), file('yesterday')],
      '1.4': [file('2020-02-30T00:00:00Z')],
      '1.5': [file(null)],
      '1.6': [{ filename: 'thing-1.6.tar.gz' }],
      '1.7.dev1': [file('2020-01-01T00:00:00Z')],
      '1.8.0.dev20200101': [],
      '1!2.0': [file('2020-01-01T00:00:00Z')],
      two: [file('2020-01-01T00:00:00Z')],
      '': [file('2020-01-01T00:00:00Z')],
    }),
  );
  const reading = await read();
  expect(reading.accepted.map((r) => [r.version, r.claims.map((c) => [c.state, c.day])])).toEqual([
    ['1.5', [['unknown', null]]],
    ['1.6', []],
  ]);
  expect(reading.rejected).toEqual([
    { what: '1.0', because: 'no files' },
    { what: '1.1', because: 'its files are not a list' },
    { what: '1.2', because: 'one of its files is not an object' },
    { what: '1.3', because: '"yesterday" is not a point in time' },
    { what: '1.4', because: '"2020-02-30T00:00:00Z" is not a point in time' },
    { what: '1.7.dev1', because: 'a development snapshot' },
    { what: '1.8.0.dev20200101', because: 'a development snapshot' },
    { what: '1!2.0', because: 'the version has characters no version has' },
    { what: 'two', because: 'not a version of the scheme dotted' },
    { what: '(empty)', because: 'the version is empty' },
  ]);
});

test.each<[string, unknown, string]>([
  ['a list', [], 'the answer is not an object'],
  ['without info', { releases: {} }, '`info` is not an object'],
  ['of another package', answer({}, 'thing2\u202e'), 'the answer is of a package "thing2"'],
  ['of no package', answer({}, null), 'the answer is of a package "null"'],
  ['without releases', answer([]), '`releases` is not an object'],
  ['empty', answer({}), 'it has no versions'],
])('an answer that is %s is a Problem', async (_, body, because) => {
  vendor.answer = sends(body);
  const problem = await problemOf(read({ url: `${vendor.url}/?token=s3cret` }));
  expect(problem.message).toBe(`${vendor.url}/pypi/thing/json: ${because}`);
  expect(problem.hint).not.toBeNull();
});

test('a package that is not there or not named is a Problem', async () => {
  vendor.answer = sends('{"message": "Not Found"}', { status: 404 });
  const missing = await problemOf(read());
  expect(missing.message).toBe(`${vendor.url}/pypi/thing/json does not exist (404)`);
  expect(missing.hint).toBe('Mend `package` of the feed.');
  vendor.answer = sends('', { status: 403 });
  expect((await problemOf(read())).hint).toContain('token');
  const { type, url } = { type: 'pypi', url: vendor.url };
  const nameless = pypiFeed.read(request(product('thing', [{ type, url }], 'dotted'), '.'));
  expect((await problemOf(nameless)).message).toBe('a pypi feed of thing has no `package`');
});

test.each(['../secret', 'a/b', 'thing?x=1', '-thing', 'thing.', ''])('"%s" is no package name', async (name) => {
  expect((await problemOf(read({ package: name }))).message).toContain('is not the name of a Python package');
  expect(vendor.received).toHaveLength(0);
});

test('another index is asked below its own folder, and redirects are followed', async () => {
  vendor.answer = inTurn(
    sends('', { status: 301, headers: { location: '/elsewhere' } }),
    sends(answer({ '1.0': [file('2020-01-01T00:00:00Z')] })),
  );
  const reading = await read({ url: `${vendor.url}/python/` });
  expect(vendor.received.map((r) => r.url)).toEqual(['/python/pypi/thing/json', '/elsewhere']);
  expect(reading.source.id).toBe(`pypi:${vendor.url.replace('http://', '')}/python`);
});

function payloadOf(path: string): unknown {
  return (JSON.parse(readFileSync(path, 'utf8')) as { payload: unknown }).payload;
}

test.skipIf(!existsSync(REAL))('a real answer of PyPI: 7 versions', async () => {
  vendor.answer = sends(payloadOf(REAL));
  const reading = await read({ package: 'azure.cli_Monitor' });
  expect(reading.rejected).toEqual([]);
  expect(reading.facts).toEqual([]);
  expect(reading.accepted.map((r) => [r.version, r.claims[0]?.day])).toEqual([
    ['0.0.1', '2017-04-03'],
    ['0.0.10', '2017-09-22'],
    ['0.0.11', '2017-10-24'],
    ['0.2.6', '2018-11-06'],
    ['0.2.7', '2018-11-20'],
    ['0.2.8', '2019-01-15'],
    ['0.2.9', '2019-01-30'],
  ]);
});

test.skipIf(!existsSync(CONSTRUCTED))('PyMongo with its real versions and days: 190, 3 of them snapshots', async () => {
  vendor.answer = sends(payloadOf(CONSTRUCTED));
  const reading = await read({ package: 'PyMongo' });
  expect(reading.rejected).toEqual([
    { what: '4.13.0.dev0', because: 'a development snapshot' },
    { what: '4.13.0.dev1', because: 'a development snapshot' },
    { what: '4.16.0.dev0', because: 'a development snapshot' },
  ]);
  expect(reading.accepted).toHaveLength(187);
  expect(reading.accepted.filter((r) => r.prerelease)).toHaveLength(32);
  const days = new Map(reading.accepted.map((r) => [r.version, r.claims[0]?.day]));
  expect([days.get('0.4pre'), days.get('2.9'), days.get('4.17.0')]).toEqual(['2009-02-05', '2015-09-30', '2026-04-20']);
  expect(reading.facts).toHaveLength(22);
  expect(reading.facts?.[0]).toEqual({ subject: '4.1.0', key: 'engines', value: 'python >=3.9' });
});
