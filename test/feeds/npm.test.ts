import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { createNpmFeed } from '../../src/feeds/npm/feed.ts';
import { loadNpmOptions } from '../../src/feeds/npm/options.ts';
import { product, request } from './products.ts';

let server: Server;
let registry: string;
let folder: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const requests: IncomingMessage[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'neap-npm-'));
  requests.length = 0;
  server = createServer((req, res) => {
    requests.push(req);
    answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const TOKEN = 'npm_s3cr3tT0k3n';

function sends(body: unknown, status = 200, headers: Record<string, string> = {}) {
  answer = (_, res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

function read(name = 'thing', limits?: { bytes: number; ms: number }, more: Record<string, unknown> = {}) {
  const nerf = registry.replace('http:', '');
  const options = { registry: `${registry}/`, [`${nerf}/:_authToken`]: TOKEN, fetchRetries: 0, ...more };
  const feed = createNpmFeed(async () => options, limits);
  return feed.read(request(product('thing', [{ type: 'npm', package: name }]), folder));
}

async function problemOf(reading: Promise<unknown>): Promise<Problem> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error('not refused with a Problem', { cause: error });
  expect(JSON.stringify([error.message, error.hint, error.where, error.stack])).not.toContain(TOKEN);
  return error;
}

/** A packument with these publish days by version. */
function packument(time: Record<string, string>, more: Record<string, unknown> = {}) {
  const versions = Object.fromEntries(Object.keys(time).map((version) => [version, { name: 'thing', version }]));
  const times = Object.entries(time).map(([version, on]) => [version, `${on}T12:00:00.000Z`]);
  const stamps = { created: '2020-01-01T00:00:00.000Z', modified: '2026-11-01T00:00:00.000Z' };
  return { name: 'thing', versions, time: { ...stamps, ...Object.fromEntries(times) }, ...more };
}

async function suspects(time: Record<string, string>): Promise<Record<string, string>> {
  sends(packument(time));
  const claims = (await read()).accepted.flatMap((release) => release.claims);
  return Object.fromEntries(claims.flatMap((c) => (c.suspect === null ? [] : [[c.subject, c.suspect]])));
}

test('reads one registry claim per version, complete', async () => {
  sends(packument({ '1.0.0': '2020-01-01', '1.1.0-rc.1': '2020-02-01', '1.1.0': '2020-03-01' }));
  const reading = await read();
  expect(reading).toMatchObject({ complete: true, rejected: [], lineClaims: [], readOn: '2026-11-22' });
  expect(reading.source.id).toBe(`npm:${registry.replace('http://', '')}`);
  expect(reading.accepted.map((r) => [r.version, r.prerelease, r.claims[0]?.day, r.claims[0]?.suspect])).toEqual([
    ['1.0.0', false, '2020-01-01', null],
    ['1.1.0-rc.1', true, '2020-02-01', null],
    ['1.1.0', false, '2020-03-01', null],
  ]);
  expect(requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(requests[0]?.headers.accept).toBe('application/json');
});

test('rejects nightlies, unpublished versions and nonsense; takes a version without a time as undated', async () => {
  const base = packument({
    '1.0.0': '2020-01-01',
    '1.1.0-dev.20241002.sha.abc': '2020-01-02',
    'not-a-version': '2020-01-03',
    '1.2.0\u001b[31m': '2020-01-04',
  });
  const versions = { ...base.versions, '1.3.0': {}, '1.4.0': {} };
  sends({ ...base, versions, time: { ...base.time, '0.9.0': '2019-01-01T00:00:00.000Z', '1.4.0': 'last \u202eweek' } });
  const reading = await read();
  expect(reading.accepted.map((r) => [r.version, r.claims[0]?.state])).toEqual([
    ['1.0.0', 'dated'],
    ['1.3.0', 'unknown'],
  ]);
  expect(reading.rejected).toEqual([
    { what: '1.1.0-dev.20241002.sha.abc', because: 'a nightly build' },
    { what: 'not-a-version', because: 'not a version of the scheme semver' },
    { what: '1.2.0', because: 'the version has characters no version has' },
    { what: '1.4.0', because: '"last week" is not a point in time' },
    { what: '0.9.0', because: 'unpublished' },
  ]);
});

test('a day after a higher version of the line, or to come, is suspect', async () => {
  const found = await suspects({
    '1.0.0': '2020-01-01',
    '1.0.1': '2026-09-02',
    '1.0.2': '2020-03-01',
    '1.0.3': '2027-01-01',
  });
  expect(found).toEqual({
    '1.0.1': 'dated after 1.0.2, a later version of its line',
    '1.0.3': 'dated in the future',
  });
});

test('the first of a line after one of a higher line of its major is suspect; backports are not', async () => {
  const found = await suspects({
    '1.0.0': '2020-01-01',
    '1.1.0': '2021-06-01',
    '1.2.0': '2020-03-01',
    '2.0.0': '2020-06-01',
    '1.2.1': '2020-07-01',
    '1.3.0': '2020-08-01',
    '1.2.2': '2020-09-01',
  });
  expect(found).toEqual({ '1.1.0': 'the first of its line, dated after 1.2.0 of a later line' });
});

test('a week crowded with overtaken lines is suspect, four backports are not', async () => {
  const lines = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i + 1}.0.5`, `2026-09-0${i + 1}`]));
  expect(Object.keys(await suspects({ '9.0.0': '2026-01-01', ...lines(4) }))).toEqual([]);
  expect(Object.keys(await suspects({ '9.0.0': '2026-01-01', '9.0.1': '2026-09-03', ...lines(5) }))).toEqual([
    '1.0.5',
    '2.0.5',
    '3.0.5',
    '4.0.5',
    '5.0.5',
  ]);
});

test('a registry filled in one week is suspect throughout', async () => {
  const all = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`1.${i}.0`, '2026-09-02']));
  expect(Object.keys(await suspects(all))).toHaveLength(20);
});

test('the same packument gives the same words on a later day', async () => {
  const days = { '1.0.0': '2020-01-01', '1.0.1': '2026-09-02', '1.0.2': '2020-03-01' };
  expect(await suspects({ ...days, '1.0.3': '2026-11-01' })).toEqual(await suspects(days));
});

test.each([
  ['not found', 404, '{"error":"not found"}', /has no package thing/],
  ['not allowed', 401, '{}', /does not let you read thing \(E401\)/],
  ['broken', 503, 'oops', /answers 503 for thing/],
  ['a web page', 200, '<!doctype html><title>Sign in</title>', /is a web page, not package data/],
  ['cut off', 200, '{"name":"thing","versions":{"1.0.0"', /is not valid JSON; it may have been cut off/],
  ['a list', 200, '[]', /the answer is not an object/],
  ['another package', 200, '{"name":"other\u202e"}', /the answer is of a package "other"/],
  ['no versions', 200, '{"name":"thing","versions":[]}', /`versions` is not an object/],
  ['no time', 200, '{"name":"thing","versions":{"1.0.0":{}},"time":3}', /`time` is not an object/],
  ['unpublished', 200, '{"name":"thing","versions":{},"time":{}}', /it has no versions/],
])('an answer that is %s is a Problem', async (_, status, body, message) => {
  sends(body, status);
  const problem = await problemOf(read());
  expect(problem.message).toMatch(message);
  expect(problem.hint).not.toBeNull();
});

test('too large an answer is refused', async () => {
  sends(packument({ '1.0.0': '2020-01-01' }));
  expect((await problemOf(read('thing', { bytes: 100, ms: 10_000 }))).message).toContain('sends more than 100 bytes');
});

test('an answer that breaks off is a Problem', async () => {
  answer = (_, res) => {
    res.writeHead(200, { 'content-length': '1000' });
    res.write('{"name":');
    res.socket?.destroy();
  };
  expect((await problemOf(read())).message).toMatch(/cannot be reached for thing|may have been cut off/);
});

test('a registry that is not there is a Problem without credentials', async () => {
  const gone = `http://user:${TOKEN}@127.0.0.1:1/`;
  const problem = await problemOf(read('thing', undefined, { registry: gone }));
  expect(problem.message).toBe('http://127.0.0.1:1 cannot be reached for thing (ECONNREFUSED)');
});

test('a registry that never answers is given up', async () => {
  answer = () => {};
  expect((await problemOf(read('thing', { bytes: 1000, ms: 50 }))).message).toMatch(
    /did not answer within|cannot be reached/,
  );
});

test('an abort ends the visit', async () => {
  const controller = new AbortController();
  answer = () => controller.abort();
  const feed = createNpmFeed(async () => ({ registry: `${registry}/`, fetchRetries: 0 }));
  const visit = feed.read(
    request(product('thing', [{ type: 'npm', package: 'thing' }]), folder, { signal: controller.signal }),
  );
  await expect(visit).rejects.toThrow();
});

test.each(['../secret', 'a/b', 'thing?x=1', '@scope', 'http://evil.example/x'])(
  '%s is no package name',
  async (name) => {
    expect((await problemOf(read(name))).message).toContain('is not the name of an npm package');
    expect(requests).toHaveLength(0);
  },
);

test('a scoped package is asked of the registry of its scope', async () => {
  sends({ ...packument({ '1.0.0': '2020-01-01' }), name: '@team/thing' });
  await read('@team/thing', undefined, { registry: 'http://127.0.0.1:1/', '@team:registry': `${registry}/` });
  expect(requests[0]?.url).toBe('/@team%2fthing');
});

test('an unchanged packument is not sent again', async () => {
  const body = JSON.stringify(packument({ '1.0.0': '2020-01-01' }));
  const statuses: number[] = [];
  answer = (req, res) => {
    const known = req.headers['if-none-match'] === '"a"';
    statuses.push(known ? 304 : 200);
    res.writeHead(known ? 304 : 200, {
      etag: '"a"',
      'cache-control': 'max-age=300',
      'content-type': 'application/json',
    });
    res.end(known ? undefined : body);
  };
  const cache = join(folder, 'cache');
  const first = await read('thing', undefined, { cache });
  const second = await read('thing', undefined, { cache });
  expect(statuses).toEqual([200, 304]);
  expect(second).toEqual(first);
});

test("npm's own configuration is read from the project's .npmrc", async () => {
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(
    join(folder, '.npmrc'),
    `registry=${registry}/\n${registry.replace('http:', '')}/:_authToken=${TOKEN}\n`,
  );
  const options = await loadNpmOptions(folder);
  expect(options.registry).toBe(`${registry}/`);
  expect(options[`${registry.replace('http:', '')}/:_authToken`]).toBe(TOKEN);
});

test('a configuration that cannot be read is a Problem without its text', async () => {
  const feed = createNpmFeed(async () => {
    throw new Error(`bad line: _authToken=${TOKEN}`);
  });
  const visit = feed.read(request(product('thing', [{ type: 'npm', package: 'thing' }]), folder));
  expect((await problemOf(visit)).message).toBe("npm's configuration cannot be read");
});
