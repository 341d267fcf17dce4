import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FeedRef, SchemeId } from '../../src/domain/product.ts';
import type { FeedRequest } from '../../src/feeds/feed.ts';
import { createGithubReleases } from '../../src/feeds/github-releases/feed.ts';
import { keptBodies } from '../../src/feeds/http/kept-bodies.ts';
import { refusal } from '../support/problem.ts';
import { product, request, testHttp } from './products.ts';
import { type Answer, aVendor, inTurn, sends } from './vendor.ts';

/** Every octokit that is made, by address and whether it has a token. */
const made = vi.hoisted((): string[] => []);
vi.mock('octokit', async (original) => {
  const real = await original<typeof import('octokit')>();
  class Octokit extends real.Octokit {
    constructor(options: ConstructorParameters<typeof real.Octokit>[0]) {
      super(options);
      made.push(`${options?.baseUrl} ${options?.auth === undefined ? 'without' : 'with'} a token`);
    }
  }
  return { ...real, Octokit };
});

const vendor = await aVendor();
const other = await aVendor();
const feed = createGithubReleases({ second: 0 });
const TOKEN = 'ghp_s3cr3tT0k3n';
const SAMPLES = '../shared/feeds/github';
const here = () => vendor.url.replace('http://', '');

interface More {
  readonly ref?: Partial<FeedRef>;
  readonly env?: FeedRequest['env'];
  readonly http?: FeedRequest['http'];
  readonly signal?: AbortSignal;
  readonly scheme?: SchemeId;
}

function read({ ref = {}, env, http = testHttp(), signal, scheme = 'semver' }: More = {}) {
  const refs = [{ type: 'github-releases', repository: 'team/thing', tags: ['v{version}'], ...ref }];
  const asked = { http, env: env ?? { GITHUB_API_URL: vendor.url }, ...(signal === undefined ? {} : { signal }) };
  return feed.read(request(product('thing', refs, scheme), '/', asked));
}

const problemOf = (work: Promise<unknown>) => refusal(work, TOKEN);

/** Serves a list as GitHub does: pages of 100 with Link headers. */
function pages(entries: readonly unknown[], size = 100): Answer {
  return (asked, response) => {
    const url = new URL(asked.url, vendor.url);
    const page = Number(url.searchParams.get('page') ?? 1);
    url.searchParams.set('page', String(page + 1));
    const link = page * size < entries.length ? { link: `<${url.href}>; rel="next", <${url.href}>; rel="last"` } : {};
    sends(entries.slice((page - 1) * size, page * size), { headers: link })(asked, response);
  };
}

const release = (tag: string, more: Record<string, unknown> = {}) => ({
  tag_name: tag,
  draft: false,
  prerelease: false,
  published_at: '2024-05-01T23:30:00Z',
  ...more,
});

function reasons(rejected: readonly { because: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { because } of rejected) counts[because] = (counts[because] ?? 0) + 1;
  return counts;
}

describe('what is read', () => {
  test('releases with their day in UTC; the rest with a reason', async () => {
    vendor.answer = sends([
      release('v2.0.0'),
      release('v2.0.0-rc.1', { prerelease: false }),
      release('v1.9.0', { prerelease: true, published_at: '2024-05-01T23:30:00-05:00' }),
      release('v3.0.0', { published_at: '2027-01-01T00:00:00Z' }),
      release('v1.8.0', { draft: true, published_at: null }),
      release('v1.7.0', { published_at: null }),
      release('v1.6.0', { published_at: 'last \u202eweek' }),
      release('v2.0.0', { published_at: '2024-06-01T00:00:00Z' }),
      release('v2.1.0-dev.20240501.sha.abc'),
      release('other-1.0.0'),
      release('v1.0\u001b[31m.0'),
      { name: 'no tag' },
      'text',
    ]);
    const reading = await read();
    expect(reading.accepted.map((r) => [r.version, r.prerelease, r.claims[0]?.day, r.claims[0]?.suspect])).toEqual([
      ['2.0.0', false, '2024-05-01', null],
      ['2.0.0-rc.1', true, '2024-05-01', null],
      ['1.9.0', true, '2024-05-02', null],
      ['3.0.0', false, '2027-01-01', 'dated in the future'],
    ]);
    expect(reading.rejected).toEqual([
      { what: 'v1.8.0', because: 'a draft' },
      { what: 'v1.7.0', because: 'has no day of publication' },
      { what: 'v1.6.0', because: '"last week" is not a point in time' },
      { what: '2.0.0', because: 'listed twice; the first counts' },
      { what: 'v2.1.0-dev.20240501.sha.abc', because: 'a nightly build' },
      { what: 'other-1.0.0', because: 'not a tag of this product' },
      { what: 'v1.0.0', because: 'the version has characters no version has' },
      { what: 'undefined', because: 'the tag is not text' },
      { what: 'text', because: 'the entry is not an object' },
    ]);
    expect(reading).toMatchObject({ complete: false, lineClaims: [], readOn: '2026-11-22' });
    expect(reading.accepted[0]).toMatchObject({
      urgency: null,
      claims: [{ of: 'release-page', state: 'dated', knownFrom: null }],
    });
    expect(reading.source).toEqual({
      id: `github:${here()}/team/thing/releases`,
      name: 'GitHub releases of team/thing',
      origin: `${vendor.url}/team/thing/releases`,
      licence: null,
    });
    expect(vendor.received.map(({ method, url }) => [method, url])).toEqual([
      ['GET', '/repos/team/thing/releases?per_page=100'],
    ]);
  });

  test('a page can be said to be complete', async () => {
    vendor.answer = sends([]);
    expect(await read({ ref: { complete: true } })).toMatchObject({ complete: true, accepted: [], rejected: [] });
  });

  test('github.com has short names; its address is not asked for in tests', async () => {
    const http = {
      ...testHttp(),
      fetch: async () => new Response('[]', { headers: { 'content-type': 'application/json' } }),
    };
    const { source } = await read({ env: {}, http });
    expect(source).toMatchObject({
      id: 'github:team/thing/releases',
      origin: 'https://github.com/team/thing/releases',
    });
  });

  const real = 'rest-list-releases.dom-testing-library.json';
  test.skipIf(!existsSync(`${SAMPLES}/${real}`))('286 real releases in three pages', async () => {
    vendor.answer = pages(JSON.parse(readFileSync(`${SAMPLES}/${real}`, 'utf8')));
    const reading = await read();
    expect(vendor.received).toHaveLength(3);
    expect([reading.accepted.length, reading.rejected.length]).toEqual([286, 0]);
    expect(reading.accepted.filter((r) => r.prerelease)).toHaveLength(13);
    expect(reading.accepted[0]?.claims[0]).toMatchObject({ subject: '8.17.1', day: '2022-08-09' });
  });

  test.skipIf(!existsSync(SAMPLES)).each([
    ['rest-list-releases.renovate-page1.json', '{version}', 30, {}],
    ['rest-list-releases.renovate-page1.json', 'v{version}', 0, { 'not a tag of this product': 30 }],
    ['rest-list-releases.renovate-page12.json', '{version}', 30, {}],
    ['rest-list-releases.redis__redis.constructed.json', '{version}', 60, {}],
    ['rest-list-releases.mongodb__node-mongodb-native.constructed.json', 'v{version}', 40, {}],
    ['rest-list-releases.redis__ioredis.constructed.json', 'v{version}', 40, {}],
    ['rest-list-releases.Automattic__mongoose.constructed.json', '{version}', 40, {}],
    [
      'rest-list-releases.redis__node-redis.constructed.json',
      'redis@{version}',
      6,
      { 'not a tag of this product': 34 },
    ],
  ])('%s by %s', async (file, form, accepted, rejected) => {
    vendor.answer = pages(JSON.parse(readFileSync(`${SAMPLES}/${file}`, 'utf8')), 25);
    const scheme = file.includes('redis__redis') ? 'redis' : 'semver';
    const reading = await read({ ref: { tags: [form] }, scheme });
    expect([reading.accepted.length, reasons(reading.rejected)]).toEqual([accepted, rejected]);
  });

  const sample = (file: string) => JSON.parse(readFileSync(`${SAMPLES}/${file}`, 'utf8'));

  test.skipIf(!existsSync(SAMPLES))("the example of GitHub's own description of its API", async () => {
    const { responses } = sample('openapi.releases.json')['GET /repos/{owner}/{repo}/releases'];
    vendor.answer = sends(responses['200'].examples.default.value);
    const reading = await read();
    expect(reading.rejected).toEqual([]);
    expect(reading.accepted.map((r) => [r.version, r.claims[0]?.day])).toEqual([['1.0.0', '2013-02-27']]);
  });

  test.skipIf(!existsSync(SAMPLES))('five pages with recorded Link headers, and a recorded error', async () => {
    const { pagination, releaseByTag, error } = sample('octokit-fixtures.json');
    const answers = (pagination as { link: string; count: number }[]).map(({ link, count }, page) =>
      sends(
        Array.from({ length: count }, (_, i) => ({ ...releaseByTag.response, tag_name: `v${page}.${i}.0` })),
        { headers: { link: link.replaceAll('https://api.github.com', vendor.url) } },
      ),
    );
    vendor.answer = inTurn(...answers);
    const { accepted, rejected } = await read();
    expect([vendor.received.length, accepted.length, rejected.length]).toEqual([5, 13, 0]);
    expect(new Set(accepted.map((r) => r.claims[0]?.day))).toEqual(new Set(['2017-10-10']));
    vendor.answer = sends({ ...error[0].response, message: TOKEN }, { status: error[0].status });
    expect((await problemOf(read())).message).toBe(`${vendor.url}/repos/team/thing/releases answers 422`);
    expect(vendor.received).toHaveLength(6);
  });
});

describe('an unchanged page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'neap-github-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('costs one 304 for each page and reads the same', async () => {
    const statuses: number[] = [];
    const entries = Array.from({ length: 150 }, (_, i) => release(`v1.${i}.0`));
    vendor.answer = (asked, response) => {
      const etag = `"${asked.url}"`;
      const known = asked.headers['if-none-match'] === etag;
      statuses.push(known ? 304 : 200);
      if (known) return void response.writeHead(304, { etag }).end();
      response.setHeader('etag', etag);
      pages(entries)(asked, response);
    };
    const env = { GITHUB_API_URL: vendor.url, GITHUB_TOKEN: TOKEN };
    const first = await read({ env, http: testHttp({}, keptBodies(folder)) });
    const second = await read({ env, http: testHttp({}, keptBodies(folder)) });
    expect(statuses).toEqual([200, 200, 304, 304]);
    expect(first.accepted).toHaveLength(150);
    expect(second).toEqual(first);
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file), 'utf8')).not.toContain(TOKEN);
  });
});

describe('tokens', () => {
  const sentTo = (server: typeof vendor) => server.received.map(({ headers }) => headers.authorization);

  test.each([
    [{ GITHUB_TOKEN: TOKEN }, `token ${TOKEN}`],
    [{ GH_TOKEN: TOKEN }, `token ${TOKEN}`],
    [{ GITHUB_TOKEN: '', GH_TOKEN: TOKEN }, `token ${TOKEN}`],
    [{ GITHUB_TOKEN: TOKEN, GH_TOKEN: 'other' }, `token ${TOKEN}`],
    [{}, undefined],
  ])('are sent to the place GITHUB_API_URL names: %j', async (env, header) => {
    vendor.answer = sends([]);
    await read({ env: { ...env, GITHUB_API_URL: `${vendor.url}/` } });
    expect(sentTo(vendor)).toEqual([header]);
  });

  test('are sent to a `url` at that same place', async () => {
    vendor.answer = sends([]);
    const { source } = await read({
      ref: { url: `${vendor.url}/api/v3/` },
      env: { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: vendor.url },
    });
    expect(sentTo(vendor)).toEqual([`token ${TOKEN}`]);
    expect(vendor.received[0]?.url).toBe('/api/v3/repos/team/thing/releases?per_page=100');
    expect(source.id).toBe(`github:${here()}/team/thing/releases`);
  });

  test('are not sent to a `url` that only the configuration names', async () => {
    vendor.answer = sends('no', { status: 404 });
    other.answer = sends([]);
    const problem = await problemOf(
      read({ ref: { url: vendor.url }, env: { GITHUB_TOKEN: TOKEN, GH_TOKEN: TOKEN, GITHUB_API_URL: other.url } }),
    );
    expect(sentTo(vendor)).toEqual([undefined]);
    expect(other.received).toHaveLength(0);
    expect(problem.hint).toBe(
      'Check the name; the token of the environment is sent to github.com and to GITHUB_API_URL only.',
    );
  });

  test('are not sent on to another host by a redirect', async () => {
    vendor.answer = (asked, response) => void response.writeHead(301, { location: `${other.url}${asked.url}` }).end();
    other.answer = sends([release('v1.0.0')]);
    const reading = await read({ env: { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: vendor.url } });
    expect(reading.accepted).toHaveLength(1);
    expect([sentTo(vendor), sentTo(other)]).toEqual([[`token ${TOKEN}`], [undefined]]);
  });

  test('are not sent to another host that a page names as the next', async () => {
    other.answer = sends([]);
    vendor.answer = sends([], { headers: { link: `<${other.url}/next?t=${TOKEN}>; rel="next"` } });
    const problem = await problemOf(read({ env: { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: vendor.url } }));
    expect(problem.message).toBe(`${vendor.url}/repos/team/thing/releases names its next page on another host`);
    expect(other.received).toHaveLength(0);
  });

  test('with strange characters are refused unseen', async () => {
    const problem = await problemOf(read({ env: { GITHUB_TOKEN: `${TOKEN}\nx: y`, GITHUB_API_URL: vendor.url } }));
    expect(problem.message).toBe('GITHUB_TOKEN in the environment is no token');
    expect(vendor.received).toHaveLength(0);
  });
});

describe('faults', () => {
  const place = () => `${vendor.url}/repos/team/thing/releases`;
  const signedIn = () => ({ env: { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: vendor.url } });
  const words = `bad ${TOKEN}`;

  test('a repository that is not there', async () => {
    vendor.answer = sends({ message: words }, { status: 404 });
    const problem = await problemOf(read());
    expect(problem.message).toBe(`${place()} does not exist (404)`);
    expect(problem.hint).toBe('Check the name; a private repository needs GITHUB_TOKEN in the environment.');
    expect((await problemOf(read(signedIn()))).hint).toContain('not allowed to read this');
    expect(vendor.received).toHaveLength(2);
  });

  test('a repository that was renamed', async () => {
    vendor.answer = (asked, response) =>
      asked.url.startsWith('/repos/')
        ? void response.writeHead(301, { location: '/repositories/7/releases?per_page=100' }).end()
        : sends([release('v1.0.0')])(asked, response);
    expect((await read()).accepted).toHaveLength(1);
    expect(vendor.received[1]?.url).toBe('/repositories/7/releases?per_page=100');
  });

  test.each(['0', '1'])('a secondary limit that passes after %s s', async (after) => {
    const limited = { status: 403, headers: { 'retry-after': after } };
    vendor.answer = inTurn(
      sends({ message: 'You have exceeded a secondary rate limit' }, limited),
      sends([release('v1.0.0')]),
    );
    expect((await read()).accepted).toHaveLength(1);
    expect(vendor.received).toHaveLength(2);
  });

  test('a secondary limit that stays, tried as often as allowed', async () => {
    const headers = { 'retry-after': '30' };
    vendor.answer = sends({ message: 'You have exceeded a secondary rate limit' }, { status: 429, headers });
    const problem = await problemOf(read());
    expect(problem.message).toBe(`${place()} allows no more requests for 1 min`);
    expect(vendor.received).toHaveLength(3);
  });

  test('a secondary limit longer than is waited for', async () => {
    const headers = { 'retry-after': '600' };
    vendor.answer = sends({ message: 'You have exceeded a secondary rate limit' }, { status: 403, headers });
    const problem = await problemOf(read(signedIn()));
    expect(problem.message).toBe(`${place()} allows no more requests for 10 min`);
    expect(problem.hint).toBe('Run `neap sync` again after that.');
    expect(vendor.received).toHaveLength(1);
  });

  test('the limit of an hour', async () => {
    const date = new Date(2_140_000_000_000 - 41.5 * 60_000).toUTCString();
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2140000000', date };
    vendor.answer = sends({ message: `API rate limit exceeded for ${TOKEN}` }, { status: 403, headers });
    const problem = await problemOf(read());
    expect(problem.message).toBe(`${place()} allows no more requests for 42 min`);
    expect(problem.hint).toBe('Set GITHUB_TOKEN in the environment: it allows 5,000 requests an hour instead of 60.');
    expect(vendor.received).toHaveLength(1);
  });

  test('the limit of an hour that is just over', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1000' };
    vendor.answer = inTurn(sends({ message: 'API rate limit exceeded' }, { status: 403, headers }), sends([]));
    expect((await read()).accepted).toEqual([]);
    expect(vendor.received).toHaveLength(2);
  });

  test('a 403 of another kind', async () => {
    vendor.answer = sends({ message: words }, { status: 403 });
    const problem = await problemOf(read());
    expect(problem.message).toBe(`${place()} may not be read (403)`);
    expect(problem.hint).toBe('A private repository needs GITHUB_TOKEN in the environment.');
    expect(vendor.received).toHaveLength(1);
  });

  test('a token that is not taken', async () => {
    vendor.answer = sends({ message: words }, { status: 401 });
    const problem = await problemOf(read(signedIn()));
    expect(problem.message).toBe(`${place()} may not be read (401)`);
    expect(problem.hint).toContain('GITHUB_TOKEN in the environment may be wrong');
    expect(vendor.received).toHaveLength(1);
  });

  test('a bad gateway that passes, and one that stays', async () => {
    vendor.answer = inTurn(sends(words, { status: 502 }), sends([release('v1.0.0')]));
    expect((await read()).accepted).toHaveLength(1);
    expect(vendor.received).toHaveLength(2);
    vendor.answer = sends(words, { status: 502 });
    const problem = await problemOf(read());
    expect([problem.message, problem.hint]).toEqual([`${place()} answers 502`, 'Run `neap sync` again later.']);
    expect(vendor.received).toHaveLength(5);
  });

  test('an empty repository is no empty list', async () => {
    vendor.answer = sends({ message: 'Git Repository is empty.' }, { status: 409 });
    expect((await problemOf(read())).message).toBe(`${place()} answers 409`);
  });

  test.each([
    ['an object', sends({ total_count: 1, items: [] }), /: the answer is not a list$/],
    ['a number', sends('7', { headers: { 'content-type': 'application/json' } }), /: the answer is not a list$/],
    ['a web page', sends('<!doctype html>', { headers: { 'content-type': 'text/html' } }), / is a web page, not data$/],
    [
      'cut off',
      sends('[{"tag_name":', { headers: { 'content-type': 'application/json' } }),
      /not valid JSON; it may have been cut off$/,
    ],
    ['nothing', sends(''), /not valid JSON; it may have been cut off$/],
    ['without a body', sends('', { status: 204 }), /not valid JSON; it may have been cut off$/],
  ])('an answer that is %s', async (_, answer, message) => {
    vendor.answer = answer;
    const problem = await problemOf(read());
    expect(problem.message).toMatch(message);
    expect(problem.hint).not.toBeNull();
  });

  test('pages in a circle', async () => {
    vendor.answer = sends([], { headers: { link: '</repos/team/thing/releases?per_page=100>; rel="next"' } });
    expect((await problemOf(read())).message).toBe(`${place()} does not come to an end`);
    expect(vendor.received).toHaveLength(1);
  });

  test('a cursor with characters octokit would fill in is followed as it is', async () => {
    const next = sends([release('v1.0.0')], { headers: { link: '</list?after=a:bcd{e}>; rel="next"' } });
    vendor.answer = inTurn(next, sends([release('v1.1.0')]));
    expect((await read()).accepted).toHaveLength(2);
    expect(vendor.received[1]?.url).toBe('/list?after=a%3Abcd%7Be%7D');
  });

  test('numbers too large for JSON do no harm', async () => {
    vendor.answer = sends('[{"tag_name":123456789012345678901234567890}]', {
      headers: { 'content-type': 'application/json' },
    });
    expect((await read()).rejected).toEqual([{ what: '1.2345678901234568e+29', because: 'the tag is not text' }]);
  });

  test('too large a page is not asked for again', async () => {
    vendor.answer = sends([release('v1.0.0')]);
    expect((await problemOf(read({ http: testHttp({ bytes: 20 }) }))).message).toBe(
      `${place()} sends more than 20 bytes`,
    );
    expect(vendor.received).toHaveLength(1);
  });

  test('a server that never answers', async () => {
    vendor.answer = () => undefined;
    const http = testHttp({ ms: 30, retries: 1 });
    expect((await problemOf(read({ http }))).message).toContain('did not answer in full within');
    expect(vendor.received).toHaveLength(2);
  });

  test('a server that is not there', async () => {
    const problem = await problemOf(read({ env: { GITHUB_API_URL: 'http://127.0.0.1:1', GITHUB_TOKEN: TOKEN } }));
    expect(problem.message).toBe('http://127.0.0.1:1/repos/team/thing/releases cannot be reached (ECONNREFUSED)');
    expect(problem.hint).toContain('proxy');
  });

  test.each([
    ['when asked to', 403, { 'retry-after': '59' }],
    ['after a failure', 502, {}],
  ])('an abort ends the visit, also while octokit waits %s', { timeout: 4000 }, async (_, status, headers) => {
    const controller = new AbortController();
    let fetched = 0;
    const answer = async () => {
      fetched += 1;
      // Some turns later, when octokit has read the answer and waits.
      const abortIn = (turns: number): void =>
        void setImmediate(() => (turns === 0 ? controller.abort() : abortIn(turns - 1)));
      abortIn(100);
      const body = '{"message":"You have exceeded a secondary rate limit"}';
      return new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } });
    };
    const http = { ...testHttp({ firstWait: 8000 }), fetch: answer };
    const refs = [{ type: 'github-releases', repository: 'team/thing' }];
    const visit = createGithubReleases({ second: 1000 }).read(
      request(product('thing', refs), '/', { signal: controller.signal, http }),
    );
    await expect(visit).rejects.toMatchObject({ name: 'AbortError' });
    expect([fetched, controller.signal.aborted]).toEqual([1, true]);
  });

  test('nothing is printed', async () => {
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    vendor.answer = sends(words, { status: 502, headers: { deprecation: 'true', sunset: 'soon' } });
    await problemOf(read());
    vendor.answer = sends([], { headers: { deprecation: 'true', sunset: 'soon' } });
    await read();
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

test('one octokit for each address and token of a sync, so that its throttling sees all feeds', async () => {
  vendor.answer = sends([]);
  made.length = 0;
  const http = testHttp();
  const env = { GITHUB_API_URL: vendor.url };
  const ask = (more: More) => read({ http, env, ...more });
  await Promise.all([ask({}), ask({ ref: { repository: 'team/other' } })]);
  await ask({});
  expect(made).toEqual([`${vendor.url} without a token`]);
  await ask({ env: { ...env, GITHUB_TOKEN: TOKEN } });
  await ask({ ref: { url: `${vendor.url}/api/v3` } });
  await read({ env });
  expect(made.slice(1)).toEqual([
    `${vendor.url} with a token`,
    `${vendor.url}/api/v3 without a token`,
    `${vendor.url} without a token`,
  ]);
  expect(vendor.received.map(({ headers }) => headers.authorization)).toEqual([
    ...[undefined, undefined, undefined],
    `token ${TOKEN}`,
    ...[undefined, undefined],
  ]);
});

test.each([
  [undefined, /has no `repository`/],
  ['thing', /is not a repository/],
  ['team/thing/more', /is not a repository/],
  ['team/..', /is not a repository/],
  ['../thing', /is not a repository/],
  ['team/thing?x=1', /is not a repository/],
  ['team/{thing}', /is not a repository/],
])('%s is no repository', async (repository, message) => {
  const ref = { type: 'github-releases', ...(repository === undefined ? {} : { repository }) };
  expect((await problemOf(feed.read(request(product('thing', [ref]), '/')))).message).toMatch(message);
  expect(vendor.received).toHaveLength(0);
});

test.each(['ftp://host', 'nonsense', `https://user:${TOKEN}@host`])('%s is no address', async (url) => {
  expect((await problemOf(read({ ref: { url } }))).message).toMatch(/is not an address|holds a user name or password/);
  expect((await problemOf(read({ env: { GITHUB_API_URL: url } }))).message).toContain('GITHUB_API_URL');
});
