import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SchemeId } from '../../src/domain/product.ts';
import { createGithubTags } from '../../src/feeds/github-tags/feed.ts';
import { type KeptBodies, keptBodies, noBodies } from '../../src/feeds/http/kept-bodies.ts';
import { refusal } from '../support/problem.ts';
import { product, request, testHttp } from './products.ts';
import { type Answer, aVendor, type Received, sends } from './vendor.ts';

const vendor = await aVendor();
const feed = createGithubTags({ second: 0 });
const TOKEN = 'ghp_s3cr3tT0k3n';
const SAMPLES = '../shared/feeds/tags';
const LIST = '/repos/team/thing/git/matching-refs/tags';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neap-tags-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface More {
  readonly forms?: readonly string[];
  readonly token?: boolean;
  readonly bodies?: KeptBodies;
  readonly scheme?: SchemeId;
}

function read({ forms = ['v{version}'], token = true, bodies = noBodies, scheme = 'semver' }: More = {}) {
  const of = product('thing', [{ type: 'github-tags', repository: 'team/thing', tags: forms }], scheme);
  const env = { GITHUB_API_URL: vendor.url, ...(token ? { GITHUB_TOKEN: TOKEN } : {}) };
  return feed.read(request(of, '/', { http: testHttp({}, bodies), env }));
}

const problemOf = (work: Promise<unknown>) => refusal(work, TOKEN);

/** A git object: `tag` and `commit` are its dates, absent for none. */
interface Thing {
  readonly name: string;
  readonly type?: 'commit' | 'tag' | 'tree';
  readonly tag?: string;
  readonly commit?: string;
}

const shaOf = (name: string) => Buffer.from(name.padEnd(20, '.')).toString('hex').slice(0, 40);
/** Of the commit that a tag of its own points to. */
const commitOf = (sha: string) => `${sha.slice(1)}f`;

/** GitHub with these tags: the list with an ETag, GraphQL for the token, single objects for everybody. */
function repository(things: readonly Thing[], sha: (name: string) => string = shaOf): Answer {
  const bySha = new Map(things.map((thing) => [sha(thing.name), thing]));
  const byCommit = new Map(things.map((thing) => [commitOf(sha(thing.name)), thing]));
  const refs = things.map(({ name, type = 'commit' }) => ({
    ref: `refs/tags/${name}`,
    node_id: 'x',
    object: { sha: sha(name), type, url: 'x' },
  }));
  const etag = `"${things.length}"`;
  return (asked, response) => {
    const single = /^\/repos\/team\/thing\/git\/(tag|commit)s\/([0-9a-f]{40})$/.exec(asked.url);
    if (asked.url === LIST) {
      if (asked.headers['if-none-match'] === etag) return void response.writeHead(304).end();
      return sends(refs, { headers: { etag } })(asked, response);
    }
    if (asked.url === '/graphql' && asked.headers.authorization === `token ${TOKEN}`) {
      const { query } = JSON.parse(asked.body) as { query: string };
      const wanted = [...query.matchAll(/(o\d+): object\(oid: "([0-9a-f]+)"\)/g)];
      const found = wanted.map(([, alias = '', oid = '']) => [alias, graphqlObject(bySha.get(oid))]);
      return sends({ data: { repository: Object.fromEntries(found) } })(asked, response);
    }
    if (single?.[1] === 'tag') {
      const date = bySha.get(single[2] ?? '')?.tag;
      const tagger = date === undefined ? null : { name: 'x', date };
      return sends({ sha: single[2], tagger, object: { type: 'commit', sha: commitOf(single[2] ?? '') } })(
        asked,
        response,
      );
    }
    if (single?.[1] === 'commit') {
      const { commit } = bySha.get(single[2] ?? '') ?? byCommit.get(single[2] ?? '') ?? {};
      return sends({ sha: single[2], committer: { name: 'x', date: commit } })(asked, response);
    }
    sends({ message: TOKEN }, { status: 404 })(asked, response);
  };
}

function graphqlObject(thing: Thing | undefined): unknown {
  if (thing === undefined) return null;
  if (thing.type === 'tree') return {};
  if (thing.type !== 'tag') return { committedDate: thing.commit };
  return {
    tagger: thing.tag === undefined ? null : { date: thing.tag },
    target: thing.commit === undefined ? {} : { committedDate: thing.commit },
  };
}

const asks = () => vendor.received.map(({ method, url }) => `${method} ${url.replace('/repos/team/thing/git', '')}`);
const objectsIn = ({ body }: Received) => body.match(/object\(oid/g)?.length ?? 0;

const THINGS: readonly Thing[] = [
  { name: '1.0.0', commit: '2020-01-01T00:00:00Z' },
  { name: 'latest', commit: '2024-01-01T00:00:00Z' },
  { name: 'v1.0.0', commit: '2020-01-02T00:00:00Z' },
  { name: 'v1.1.0', type: 'tag', tag: '2020-03-01T23:00:00-05:00', commit: '2020-02-01T00:00:00Z' },
  { name: 'v1.2.0', type: 'tag', commit: '2020-04-01T00:00:00Z' },
  { name: 'v1.3.0', type: 'tree' },
  { name: 'v1.4.0-rc.1', commit: '2030-01-01T00:00:00Z' },
  { name: 'v1.4.0-dev.20241002.sha.abc', commit: '2024-10-02T00:00:00Z' },
];
const CLAIMS = [
  ['1.0.0', false, 'dated', '2020-01-01', null],
  ['1.1.0', false, 'dated', '2020-03-02', null],
  ['1.2.0', false, 'dated', '2020-04-01', null],
  ['1.3.0', false, 'unknown', null, null],
  ['1.4.0-rc.1', true, 'dated', '2030-01-01', 'dated in the future'],
];

test.each([
  [true, ['GET /matching-refs/tags', 'POST /graphql']],
  [
    false,
    [
      'GET /matching-refs/tags',
      `GET /commits/${shaOf('v1.4.0-rc.1')}`,
      `GET /tags/${shaOf('v1.2.0')}`,
      `GET /commits/${commitOf(shaOf('v1.2.0'))}`,
      `GET /tags/${shaOf('v1.1.0')}`,
      `GET /commits/${shaOf('1.0.0')}`,
    ],
  ],
])('tags with their own days, with a token (%s) or without', async (token, expected) => {
  vendor.answer = repository(THINGS);
  const reading = await read({ forms: ['v{version}', '{version}'], token });
  const claims = reading.accepted.map((r) => {
    const [claim] = r.claims;
    return [r.version, r.prerelease, claim?.state, claim?.day, claim?.suspect];
  });
  expect(claims).toEqual(CLAIMS);
  expect(reading.accepted[0]?.claims[0]).toMatchObject({ of: 'tag', precision: 'day', knownFrom: null });
  expect(reading.rejected).toEqual([
    { what: 'latest', because: 'not a version of the scheme semver' },
    { what: 'v1.0.0', because: 'listed twice; the first counts' },
    { what: 'v1.4.0-dev.20241002.sha.abc', because: 'a nightly build' },
  ]);
  expect(asks()).toEqual(expected);
  expect(reading).toMatchObject({ complete: true, lineClaims: [], readOn: '2026-11-22' });
  expect(reading.source).toEqual({
    id: `github:${vendor.url.replace('http://', '')}/team/thing/tags`,
    name: 'GitHub tags of team/thing',
    origin: `${vendor.url}/team/thing/tags`,
    licence: null,
  });
});

test('entries that are no tags are rejected', async () => {
  const object = { sha: shaOf('v1'), type: 'commit' };
  vendor.answer = sends([
    { ref: 'refs/heads/v1.0.0', object },
    { ref: 'refs/tags/v1.0.1', object: { ...object, sha: 'HEAD"){x}' } },
    { ref: 'refs/tags/v1.0.2' },
    { ref: 'refs/tags/v1.0\u202e.3', object },
    { ref: 7, object },
    null,
  ]);
  const { accepted, rejected } = await read();
  expect(accepted).toEqual([]);
  expect(rejected).toEqual([
    { what: 'refs/heads/v1.0.0', because: 'not a tag' },
    { what: 'v1.0.1', because: 'points to no object that can be read' },
    { what: 'v1.0.2', because: 'points to no object that can be read' },
    { what: 'v1.0.3', because: 'the version has characters no version has' },
    { what: '7', because: 'not a tag' },
    { what: 'null', because: 'the entry is not an object' },
  ]);
  expect(vendor.received).toHaveLength(1);
});

test('a date that is none rejects its tag, and is asked for again', async () => {
  vendor.answer = repository([
    { name: 'v1.0.0', commit: 'soon' },
    { name: 'v1.0.1', commit: '2020-01-01T00:00:00Z' },
  ]);
  for (const objects of [2, 1]) {
    const { accepted, rejected } = await read({ bodies: keptBodies(folder) });
    expect(accepted.map((r) => r.version)).toEqual(['1.0.1']);
    expect(rejected).toEqual([{ what: '1.0.0', because: '"soon" is not a point in time' }]);
    expect(objectsIn(vendor.received.at(-1) as Received)).toBe(objects);
  }
});

describe('a second visit', () => {
  test('with nothing new is one request that is answered by 304', async () => {
    vendor.answer = repository(THINGS);
    const first = await read({ bodies: keptBodies(folder) });
    const before = vendor.received.length;
    const second = await read({ bodies: keptBodies(folder) });
    expect(vendor.received.slice(before).map(({ url, headers }) => [url, headers['if-none-match']])).toEqual([
      [LIST, '"8"'],
    ]);
    expect(second).toEqual(first);
  });

  test('asks only for the days of new tags', async () => {
    vendor.answer = repository(THINGS);
    await read({ bodies: keptBodies(folder) });
    vendor.answer = repository([...THINGS, { name: 'v1.5.0', commit: '2024-05-01T00:00:00Z' }]);
    const { accepted } = await read({ bodies: keptBodies(folder) });
    expect(objectsIn(vendor.received.at(-1) as Received)).toBe(1);
    expect(accepted.at(-1)).toMatchObject({ version: '1.5.0', claims: [{ day: '2024-05-01' }] });
    expect(vendor.received).toHaveLength(4);
  });

  test('with spoilt memory asks anew', async () => {
    const spoilt: KeptBodies = {
      ...noBodies,
      find: async (key) =>
        key.startsWith('dates of ')
          ? { etag: null, lastModified: null, headers: {}, bytes: Buffer.from('{"x":') }
          : null,
    };
    vendor.answer = repository(THINGS);
    expect((await read({ bodies: spoilt })).accepted).toHaveLength(5);
    expect(asks()).toEqual(['GET /matching-refs/tags', 'POST /graphql']);
  });
});

describe('without a token', () => {
  const many: readonly Thing[] = Array.from({ length: 90 }, (_, i) => ({
    name: `v1.${i}.0`,
    commit: '2020-01-01T00:00:00Z',
  }));
  const dated = (reading: Awaited<ReturnType<typeof read>>) =>
    reading.accepted.filter((r) => r.claims.length > 0).map((r) => r.version);

  test('40 days are asked for at each visit, those of the newest versions first', async () => {
    vendor.answer = repository(many);
    const seen: [requests: number, dated: number][] = [];
    for (let visit = 0; visit < 4; visit += 1) {
      const before = vendor.received.length;
      const reading = await read({ token: false, bodies: keptBodies(folder) });
      expect([reading.accepted.length, reading.rejected.length, reading.complete]).toEqual([90, 0, true]);
      seen.push([vendor.received.length - before, dated(reading).length]);
      if (visit === 0) expect([dated(reading)[0], dated(reading).at(-1)]).toEqual(['1.50.0', '1.89.0']);
    }
    expect(seen).toEqual([
      [41, 40],
      [41, 80],
      [11, 90],
      [1, 90],
    ]);
  });

  test('the limit of an hour ends the questions, not the reading', async () => {
    const open = repository(many);
    vendor.answer = (asked, response) => {
      if (vendor.received.length <= 6) return open(asked, response);
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2140000000' };
      sends({ message: 'API rate limit exceeded' }, { status: 403, headers })(asked, response);
    };
    expect(dated(await read({ token: false, bodies: keptBodies(folder) }))).toHaveLength(5);
    expect(vendor.received).toHaveLength(7);
  });

  test('what was learned before a failure is kept', async () => {
    const open = repository(many);
    vendor.answer = (asked, response) =>
      vendor.received.length <= 6 ? open(asked, response) : sends('no', { status: 404 })(asked, response);
    expect((await problemOf(read({ token: false, bodies: keptBodies(folder) }))).message).toContain('(404)');
    vendor.received.length = 0;
    vendor.answer = open;
    const reading = await read({ token: false, bodies: keptBodies(folder) });
    expect([vendor.received.length, dated(reading).length]).toEqual([41, 45]);
  });

  test.each([[{ sha: 'other' }], [[]], [{ committer: { date: '2020-01-01T00:00:00Z' } }]])(
    'an object that is another is refused: %j',
    async (object) => {
      const open = repository(many);
      vendor.answer = (asked, response) => (asked.url === LIST ? open : sends(object))(asked, response);
      expect((await problemOf(read({ token: false }))).message).toBe(
        'team/thing: the answer is not the commit that was asked for',
      );
    },
  );
});

describe('GraphQL', () => {
  const withAnswer = (graphql: Answer) => {
    const open = repository(THINGS);
    vendor.answer = (asked, response) => (asked.url === '/graphql' ? graphql : open)(asked, response);
  };
  const place = () => `${vendor.url}/graphql`;

  // octokit would take eight seconds for eight questions.
  test('is asked for 100 objects at a time, and not slowed down', { timeout: 4000 }, async () => {
    vendor.answer = repository(
      Array.from({ length: 730 }, (_, i) => ({ name: `v1.${i}.0`, commit: '2020-01-01T00:00:00Z' })),
    );
    const { accepted } = await read();
    expect(accepted.filter((r) => r.claims[0]?.day === '2020-01-01')).toHaveLength(730);
    expect(vendor.received.slice(1).map(objectsIn)).toEqual([100, 100, 100, 100, 100, 100, 100, 30]);
    const { variables } = JSON.parse(vendor.received[1]?.body ?? '');
    expect(variables).toEqual({ owner: 'team', name: 'thing' });
  });

  test('of GitHub Enterprise has another address', async () => {
    const open = repository(THINGS);
    vendor.answer = (asked, response) => {
      const url = asked.url.replace(/^\/api(?:\/v3)?/, '');
      open({ ...asked, url }, response);
    };
    const of = product('thing', [{ type: 'github-tags', repository: 'team/thing', tags: ['v{version}'] }]);
    const env = { GITHUB_API_URL: `${vendor.url}/api/v3`, GITHUB_TOKEN: TOKEN };
    const { accepted } = await feed.read(request(of, '/', { env }));
    expect(accepted).toHaveLength(5);
    expect(vendor.received.map(({ url }) => url)).toEqual([`/api/v3${LIST}`, '/api/graphql']);
  });

  test.each([
    ['OTHER', 'answers with errors'],
    ['FORBIDDEN', 'answers with errors'],
    ['NOT_FOUND', 'does not exist (404)'],
  ])('errors of type %s in an answer of 200', async (type, message) => {
    withAnswer(sends({ data: null, errors: [{ type, message: `no ${TOKEN}` }] }));
    expect((await problemOf(read())).message).toBe(`${place()} ${message}`);
    expect(vendor.received).toHaveLength(2);
  });

  test('a limit told in an answer of 200', async () => {
    const date = new Date(2_140_000_000_000 - 9.5 * 60_000).toUTCString();
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2140000000', date };
    withAnswer(sends({ errors: [{ type: 'RATE_LIMITED', message: TOKEN }] }, { headers }));
    const problem = await problemOf(read());
    expect(problem.message).toBe(`${place()} allows no more requests for 10 min`);
    expect(vendor.received).toHaveLength(2);
  });

  test('a bad gateway that passes', async () => {
    let failed = false;
    const open = repository(THINGS);
    vendor.answer = (asked, response) => {
      const fails = asked.url === '/graphql' && !failed;
      if (fails) failed = true;
      (fails ? sends('no', { status: 502 }) : open)(asked, response);
    };
    expect((await read()).accepted).toHaveLength(5);
    expect(vendor.received).toHaveLength(3);
  });

  test.each([
    ['no token for it', sends({ message: TOKEN }, { status: 401 }), 'may not be read (401)'],
    ['null', sends('null', { headers: { 'content-type': 'application/json' } }), ': the answer is not an object'],
    ['a web page', sends('<html>'), 'is a web page, not data'],
  ])('an answer that is %s', async (_, answer, message) => {
    withAnswer(answer);
    expect((await problemOf(read())).message).toContain(message);
    expect(vendor.received).toHaveLength(2);
  });

  test.each([[{ data: null }], [{ data: { repository: null } }], [{}]])(
    'an answer without the repository: %j',
    async (answer) => {
      withAnswer(sends(answer));
      expect((await problemOf(read())).message).toBe('GraphQL for team/thing: the answer has no repository');
    },
  );

  test('objects that are gone or empty leave their tags without a claim, and are not remembered', async () => {
    withAnswer(sends({ data: { repository: { o0: {}, o1: {}, o2: null, o3: 'x' } } }));
    for (const asked of [5, 4]) {
      const { accepted } = await read({ forms: ['v{version}', '{version}'], bodies: keptBodies(folder) });
      expect(objectsIn(vendor.received.at(-1) as Received)).toBe(asked);
      // The tree has no date; a commit has one, whatever the answer says.
      if (asked === 5) expect(accepted.filter((r) => r.claims.length > 0).map((r) => r.version)).toEqual(['1.3.0']);
    }
  });
});

describe('real tags', () => {
  interface Sample {
    readonly tag: string;
    readonly type: 'annotated' | 'light';
    readonly date: string;
    readonly commitDate: string;
    readonly sha: string;
  }

  function things(file: string): readonly (Thing & { readonly sha: string })[] {
    const { tags } = JSON.parse(readFileSync(`${SAMPLES}/${file}.json`, 'utf8')) as { tags: Sample[] };
    // GitHub lists refs by name.
    return tags
      .map(({ tag, type, date, commitDate, sha }, i) => ({
        name: tag,
        sha: sha + i.toString(16).padStart(28, '0'),
        ...(type === 'annotated' ? ({ type: 'tag', tag: date } as const) : {}),
        commit: commitDate,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  test.skipIf(!existsSync(SAMPLES)).each([
    ['mongodb__mongo-python-driver', ['{version}'], 'dotted', 187, { 'a nightly build': 3 }],
    ['redis__redis', ['{version}'], 'redis', 298, { 'not a version of the scheme redis': 13 }],
    [
      'redis__node-redis',
      ['redis@{version}', 'v{version}', 'v.{version}', 'V{version}'],
      'semver',
      156,
      { 'not a tag of this product': 275 },
    ],
    [
      'mongodb__node-mongodb-native',
      ['v{version}', 'V{version}'],
      'semver',
      436,
      {
        // V2.1.15 to V2.1.19 are v2.1.15 to v2.1.19 too; v.2.2.34 and node-3521-session-fix are of no form given here.
        'listed twice; the first counts': 5,
        'not a version of the scheme semver': 59,
        'the version has characters no version has': 1,
        'not a tag of this product': 1,
      },
    ],
  ] as const)('%s', async (file, forms, scheme, accepted, reasons) => {
    const all = things(file);
    const shas = new Map(all.map(({ name, sha }) => [name, sha]));
    vendor.answer = repository(all, (name) => shas.get(name) ?? '');
    const reading = await read({ forms, scheme, bodies: keptBodies(folder) });
    const counts: Record<string, number> = {};
    for (const { because } of reading.rejected) counts[because] = (counts[because] ?? 0) + 1;
    expect([reading.accepted.length, counts]).toEqual([accepted, reasons]);
    expect(reading.accepted.length + reading.rejected.length).toBe(all.length);
    expect(reading.accepted.every((r) => r.claims[0]?.state === 'dated')).toBe(true);
    expect(vendor.received.length).toBe(1 + Math.ceil(accepted / 100));
    expect(await read({ forms, scheme, bodies: keptBodies(folder) })).toEqual(reading);
    expect(vendor.received.length).toBe(2 + Math.ceil(accepted / 100));
  });
});
