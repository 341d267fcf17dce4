import { describe, expect, test } from 'vitest';
import type { FeedRef, SchemeId } from '../../src/domain/product.ts';
import type { Advisory } from '../../src/domain/reading.ts';
import { createAdvisories } from '../../src/feeds/advisories/feed.ts';
import type { FeedReading, FeedRequest } from '../../src/feeds/feed.ts';
import { refusal } from '../support/problem.ts';
import { product, request, testHttp } from './products.ts';
import { aVendor, inTurn, sends } from './vendor.ts';

const vendor = await aVendor();
const feed = createAdvisories({ second: 0 });
const TOKEN = 'ghp_s3cr3tT0k3n';
const here = () => vendor.url.replace('http://', '');

function read(ref: Partial<FeedRef> = {}, env: FeedRequest['env'] = {}, scheme: SchemeId = 'semver') {
  const refs = [{ type: 'advisories', package: 'thing', ecosystem: 'npm', url: vendor.url, ...ref }];
  return feed.read(request(product('thing', refs, scheme), '/', { env, http: testHttp() }));
}

const problemOf = (work: Promise<unknown>) => refusal(work, TOKEN);

/** The facts of a reading by id, each checked to be of the right key. */
function advisories({ facts = [] }: FeedReading): Record<string, Advisory> {
  expect(facts.every((fact) => fact.key === 'advisory')).toBe(true);
  return Object.fromEntries(facts.map(({ subject, value }) => [subject, JSON.parse(value) as Advisory]));
}

const EMPTY = { accepted: [], lineClaims: [], complete: true, readOn: '2026-11-22' };

describe('OSV', () => {
  const semver = (...events: Record<string, string>[]) => ({ type: 'SEMVER', events });
  const affects = (ranges: unknown[], name = 'thing', ecosystem = 'npm') => ({ package: { name, ecosystem }, ranges });
  const vuln = (id: unknown, more: Record<string, unknown> = {}) => ({
    id,
    summary: 'Something is wrong',
    published: '2024-05-01T23:30:00Z',
    affected: [affects([semver({ introduced: '8.0.0' }, { fixed: '8.0.4' })])],
    ...more,
  });

  test('one fact per advisory; the rest with a reason', async () => {
    vendor.answer = sends({
      vulns: [
        vuln('GHSA-aaaa-bbbb-cccc', {
          aliases: ['CVE-2024-1'],
          database_specific: { severity: 'MODERATE', cwe_ids: ['CWE-79'] },
          withdrawn: '2024-06-01T00:00:00-05:00',
        }),
        vuln('CVE-2024-2', { summary: undefined, details: 'Only \u001b[31mdetails\n here', published: undefined }),
        vuln('GHSA-aaaa-bbbb-cccc'),
        vuln('GHSA 1'),
        vuln(undefined),
        vuln('CVE-2024-3', { published: 'in May' }),
        vuln('CVE-2024-4', { withdrawn: 7 }),
        vuln('CVE-2024-5', { affected: [affects([], 'other')] }),
        vuln('CVE-2024-6', { affected: 'all' }),
        'text',
      ],
    });
    const reading = await read();
    expect(reading).toMatchObject(EMPTY);
    expect(reading.facts?.[0]).toEqual({
      subject: 'GHSA-aaaa-bbbb-cccc',
      key: 'advisory',
      value:
        '{"severity":"MODERATE","summary":"Something is wrong","affected":[">=8.0.0 <8.0.4"],"fixed":["8.0.4"],"published":"2024-05-01","withdrawn":"2024-06-01"}',
    });
    expect(advisories(reading)['CVE-2024-2']).toEqual({
      severity: null,
      summary: 'Only details here',
      affected: ['>=8.0.0 <8.0.4'],
      fixed: ['8.0.4'],
      published: null,
      withdrawn: null,
    });
    expect(reading.facts).toHaveLength(2);
    expect(reading.rejected).toEqual([
      { what: 'GHSA-aaaa-bbbb-cccc', because: 'listed twice; the first counts' },
      { what: 'GHSA 1', because: 'the advisory has no id that can be read' },
      { what: 'undefined', because: 'the advisory has no id that can be read' },
      { what: 'CVE-2024-3', because: '"in May" is not a point in time' },
      { what: 'CVE-2024-4', because: '"7" is not a point in time' },
      { what: 'CVE-2024-5', because: 'not of this package' },
      { what: 'CVE-2024-6', because: 'not of this package' },
      { what: 'text', because: 'the entry is not an object' },
    ]);
    expect(reading.source).toEqual({ id: `osv:${here()}`, name: 'OSV', origin: vendor.url, licence: 'CC-BY 4.0' });
    const { method, url, body } = vendor.received[0] ?? {};
    expect([method, url, JSON.parse(body ?? '')]).toEqual([
      'POST',
      '/v1/query',
      { package: { name: 'thing', ecosystem: 'npm' } },
    ]);
  });

  test.each([
    [
      'two ranges',
      [{ introduced: '1.0.0' }, { fixed: '1.2.0' }, { introduced: '2.0.0' }, { fixed: '2.1.0' }],
      ['>=1.0.0 <1.2.0', '>=2.0.0 <2.1.0'],
      ['1.2.0', '2.1.0'],
    ],
    [
      'in any order',
      [{ fixed: '2.1.0' }, { introduced: '2.0.0' }, { fixed: '1.10.0' }, { introduced: '1.9.0' }],
      ['>=1.9.0 <1.10.0', '>=2.0.0 <2.1.0'],
      ['1.10.0', '2.1.0'],
    ],
    ['from the beginning', [{ introduced: '0' }, { fixed: '1.2.0' }], ['<1.2.0'], ['1.2.0']],
    ['to the end', [{ introduced: '1.0.0' }], ['>=1.0.0'], []],
    ['all', [{ introduced: '0' }], ['>=0'], []],
    ['the last affected', [{ introduced: '1.0.0' }, { last_affected: '1.4.0' }], ['>=1.0.0 <=1.4.0'], []],
    ['no beginning', [{ fixed: '1.2.0' }], [], ['1.2.0']],
    ['no versions', [{ introduced: '1; rm' }, { fixed: 'a b' }, { limit: '*' }], [], []],
  ])('a range: %s', async (_, events, affected, fixed) => {
    vendor.answer = sends({
      vulns: [vuln('CVE-1', { affected: [affects([semver(...(events as Record<string, string>[]))])] })],
    });
    expect(advisories(await read())['CVE-1']).toMatchObject({ affected, fixed });
  });

  test('ranges of commits and of other packages are left out; fixes are ascending and told once', async () => {
    const affected = [
      affects([semver({ introduced: '10.0.0' }, { fixed: '10.0.1' })]),
      affects([semver({ introduced: '9.0.0' }, { fixed: '9.0.2' })]),
      affects([semver({ introduced: '9.0.0' }, { fixed: '9.0.2' })]),
      affects([{ type: 'GIT', events: [{ introduced: 'abc' }, { fixed: 'def' }] }]),
      affects([{ type: 'ECOSYSTEM', events: [{ introduced: '1.0.0' }, { fixed: '1.0.1' }] }]),
      affects([semver({ introduced: '0' }, { fixed: '3.0.0' })], 'other'),
      affects([semver({ introduced: '0' }, { fixed: '4.0.0' })], 'thing', 'PyPI'),
    ];
    vendor.answer = sends({ vulns: [vuln('CVE-1', { affected })] });
    expect(advisories(await read())['CVE-1']).toMatchObject({
      affected: ['>=10.0.0 <10.0.1', '>=9.0.0 <9.0.2', '>=1.0.0 <1.0.1'],
      fixed: ['1.0.1', '9.0.2', '10.0.1'],
    });
  });

  test('an engine is found in a distribution; its versions stay as they are written', async () => {
    const events = [{ introduced: '0' }, { fixed: '5:7.0.15-1~deb12u1' }];
    const affected = [affects([{ type: 'ECOSYSTEM', events }], 'redis', 'Debian:12')];
    vendor.answer = sends({ vulns: [vuln('DEBIAN-CVE-2024-1', { affected })] });
    for (const ecosystem of ['Debian:12', 'Debian']) {
      const reading = await read({ package: 'redis', ecosystem }, {}, 'redis');
      expect(advisories(reading)['DEBIAN-CVE-2024-1']).toMatchObject({
        affected: ['<5:7.0.15-1~deb12u1'],
        fixed: ['5:7.0.15-1~deb12u1'],
      });
    }
    expect((await read({ package: 'redis', ecosystem: 'Debian:1' })).rejected).toHaveLength(1);
  });

  test('names on PyPI are the same in several spellings; those on npm are not', async () => {
    const of = (name: string, ecosystem: string) => vuln(`CVE-${name}`, { affected: [affects([], name, ecosystem)] });
    vendor.answer = sends({ vulns: [of('My_Thing', 'PyPI'), of('my-thing', 'PyPI')] });
    expect((await read({ package: 'my.thing', ecosystem: 'PyPI' })).facts).toHaveLength(2);
    vendor.answer = sends({ vulns: [of('my_thing', 'npm'), of('my-thing', 'npm')] });
    expect((await read({ package: 'my-thing' })).facts).toHaveLength(1);
  });

  test.each([
    ['CRITICAL', 'CRITICAL'],
    ['high', 'HIGH'],
    ['MEDIUM', 'MODERATE'],
    ['\u001b[31mHIGH', null],
    [9.8, null],
    [undefined, null],
  ])('severity %s is %s', async (severity, expected) => {
    const vector = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }];
    vendor.answer = sends({ vulns: [vuln('CVE-1', { severity: vector, database_specific: { severity } })] });
    expect(advisories(await read())['CVE-1']?.severity).toBe(expected);
  });

  test('long texts and lists are cut', async () => {
    const ranges = Array.from({ length: 80 }, (_, i) => semver({ introduced: `${i}.0.0` }, { fixed: `${i}.0.1` }));
    vendor.answer = sends({ vulns: [vuln('CVE-1', { summary: 'x'.repeat(1000), affected: [affects(ranges)] })] });
    const { summary, affected, fixed } = advisories(await read())['CVE-1'] ?? {};
    expect([summary?.length, affected?.length, fixed?.length]).toEqual([200, 50, 50]);
  });

  test('several pages', async () => {
    vendor.answer = inTurn(
      sends({ vulns: [vuln('CVE-1')], next_page_token: 'two' }),
      sends({ next_page_token: 'three' }),
      sends({ vulns: [vuln('CVE-2'), vuln('CVE-1')] }),
    );
    const reading = await read();
    expect([reading.facts?.map((fact) => fact.subject), reading.rejected.length]).toEqual([['CVE-1', 'CVE-2'], 1]);
    expect(vendor.received.map(({ body }) => JSON.parse(body).page_token)).toEqual([undefined, 'two', 'three']);
  });

  test('pages without an end', async () => {
    vendor.answer = sends({ vulns: [], next_page_token: 'again' });
    expect((await problemOf(read())).message).toBe(`${vendor.url}/v1/query does not come to an end`);
    expect(vendor.received).toHaveLength(2);
  });

  test('nothing is known of the package', async () => {
    vendor.answer = sends({});
    expect(await read()).toMatchObject({ ...EMPTY, facts: [], rejected: [] });
  });

  test('the public address has a short name', async () => {
    const get = async () => ({ bytes: Buffer.from('{}'), address: '', unchanged: false });
    const refs = [{ type: 'advisories', package: 'thing' }];
    const { source } = await feed.read(request(product('thing', refs), '/', { http: { ...testHttp(), get } }));
    expect(source).toMatchObject({ id: 'osv', origin: 'https://osv.dev' });
  });

  test.each([
    ['a list', [], 'the answer is not an object'],
    ['another service', { ok: true }, '`vulns` is missing'],
    ['an object of vulns', { vulns: {} }, '`vulns` is not a list'],
  ])('an answer that is %s', async (_, answer, message) => {
    vendor.answer = sends(answer);
    expect((await problemOf(read())).message).toBe(`${vendor.url}/v1/query: ${message}`);
  });

  test('a failure that passes, and one that stays', async () => {
    vendor.answer = inTurn(sends('no', { status: 503 }), sends({ vulns: [vuln('CVE-1')] }));
    expect((await read()).facts).toHaveLength(1);
    vendor.answer = sends({ code: 3, message: TOKEN }, { status: 400 });
    expect((await problemOf(read())).message).toBe(`${vendor.url}/v1/query answers 400`);
  });

  test('no token is ever sent', async () => {
    vendor.answer = sends({});
    await read({}, { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: vendor.url });
    expect(vendor.received[0]?.headers.authorization).toBeUndefined();
  });
});

describe('GitHub', () => {
  const advisory = (id: string | null, more: Record<string, unknown> = {}) => ({
    ghsa_id: id,
    cve_id: 'CVE-2024-1',
    summary: 'Something is wrong',
    severity: 'high',
    published_at: '2024-05-01T23:30:00Z',
    withdrawn_at: null,
    vulnerabilities: [of('thing', '>= 8.0.0, < 8.0.4', '8.0.4')],
    ...more,
  });
  const of = (name: string, range: unknown, fixed: unknown = null, ecosystem = 'npm') => ({
    package: { ecosystem, name },
    vulnerable_version_range: range,
    first_patched_version: fixed,
  });
  const ask = (ref: Partial<FeedRef> = {}, env: FeedRequest['env'] = {}) => read({ from: 'github', ...ref }, env);

  test('one fact per advisory; the rest with a reason', async () => {
    vendor.answer = sends([
      advisory('GHSA-aaaa-bbbb-cccc'),
      advisory(null, { severity: 'medium', withdrawn_at: '2024-06-01T00:00:00Z', summary: 'a\u202eb' }),
      advisory('GHSA-dddd', {
        severity: 'unknown',
        vulnerabilities: [
          of('thing', '= 1.0.0'),
          of('thing', '< 2', '2.0.0'),
          of('Thing', '> 3, <= 4'),
          of('thing', 'all'),
          of('thing', null, 7),
          of('other', '< 9', '9.0.0'),
          of('thing', '< 9', '9.0.0', 'pip'),
        ],
      }),
      advisory('GHSA-aaaa-bbbb-cccc'),
      advisory('GHSA-eeee', { vulnerabilities: null }),
      advisory('GHSA-ffff', { published_at: 'May' }),
      null,
    ]);
    const reading = await ask({}, { GITHUB_API_URL: vendor.url, GITHUB_TOKEN: TOKEN });
    expect(reading).toMatchObject(EMPTY);
    expect(advisories(reading)).toEqual({
      'GHSA-aaaa-bbbb-cccc': {
        severity: 'HIGH',
        summary: 'Something is wrong',
        affected: ['>=8.0.0 <8.0.4'],
        fixed: ['8.0.4'],
        published: '2024-05-01',
        withdrawn: null,
      },
      'CVE-2024-1': {
        severity: 'MODERATE',
        summary: 'ab',
        affected: ['>=8.0.0 <8.0.4'],
        fixed: ['8.0.4'],
        published: '2024-05-01',
        withdrawn: '2024-06-01',
      },
      'GHSA-dddd': {
        severity: null,
        summary: 'Something is wrong',
        affected: ['=1.0.0', '<2', '>3 <=4'],
        fixed: ['2.0.0'],
        published: '2024-05-01',
        withdrawn: null,
      },
    });
    expect(reading.rejected).toEqual([
      { what: 'GHSA-aaaa-bbbb-cccc', because: 'listed twice; the first counts' },
      { what: 'GHSA-eeee', because: 'not of this package' },
      { what: 'GHSA-ffff', because: '"May" is not a point in time' },
      { what: 'null', because: 'the entry is not an object' },
    ]);
    expect(reading.source).toEqual({
      id: `github-advisories:${here()}`,
      name: 'GitHub advisories',
      origin: `${vendor.url}/advisories`,
      licence: 'CC-BY 4.0',
    });
    expect(vendor.received.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/advisories?ecosystem=npm&affects=thing&per_page=100', `token ${TOKEN}`],
    ]);
  });

  test('several pages; names are encoded', async () => {
    const entry = (id: string) => advisory(id, { vulnerabilities: [of('@team/thing', '< 2', '2.0.0')] });
    const link = '</advisories?after=Y3Vyc29y%3D>; rel="next"';
    vendor.answer = inTurn(sends([entry('GHSA-1')], { headers: { link } }), sends([entry('GHSA-2')]));
    expect(Object.keys(advisories(await ask({ package: '@team/thing' })))).toEqual(['GHSA-1', 'GHSA-2']);
    expect(vendor.received.map(({ url }) => url)).toEqual([
      '/advisories?ecosystem=npm&affects=%40team%2Fthing&per_page=100',
      '/advisories?after=Y3Vyc29y%3D',
    ]);
  });

  test.each([
    ['PyPI', 'pip'],
    ['Go', 'go'],
    ['Maven', 'maven'],
    ['NuGet', 'nuget'],
    ['Packagist', 'composer'],
    ['RubyGems', 'rubygems'],
    ['crates.io', 'rust'],
    ['pip', 'pip'],
  ])('%s is called %s', async (ecosystem, name) => {
    vendor.answer = sends([advisory('GHSA-1', { vulnerabilities: [of('thing', '< 2', '2', name)] })]);
    expect((await ask({ ecosystem })).facts).toHaveLength(1);
    expect(vendor.received[0]?.url).toContain(`ecosystem=${name}&`);
  });

  test('an ecosystem GitHub does not have', async () => {
    expect((await problemOf(ask({ ecosystem: 'Debian:12' }))).message).toBe(
      'GitHub has no advisories for the ecosystem Debian:12',
    );
  });

  test('an answer that is no list', async () => {
    vendor.answer = sends({ message: 'hello' });
    expect((await problemOf(ask())).message).toBe(`${vendor.url}/advisories: the answer is not a list`);
  });

  test('a `url` of the configuration alone gets no token', async () => {
    vendor.answer = sends([]);
    await ask({}, { GITHUB_TOKEN: TOKEN });
    expect(vendor.received[0]?.headers.authorization).toBeUndefined();
  });
});

test("a product's own npm package is asked for unless the feed says otherwise", async () => {
  vendor.answer = sends({});
  const of = { ...product('thing', [{ type: 'advisories', url: vendor.url }]), npm: '@team/own' };
  await feed.read(request(of, '/'));
  expect(JSON.parse(vendor.received[0]?.body ?? '')).toEqual({ package: { name: '@team/own', ecosystem: 'npm' } });
  const other = { ...of, feeds: [{ type: 'advisories', url: vendor.url, ecosystem: 'PyPI' }] };
  expect((await problemOf(feed.read(request(other, '/')))).message).toContain('has no `package`');
});

test.each([
  ['a,b', 'npm', /is not the name of a package/],
  ['thing@1.0.0', 'npm', /is not the name of a package/],
  ['', 'npm', /is not the name of a package/],
  ['thing', 'npm\u001b[31m', /is not an ecosystem/],
  ['thing', '', /is not an ecosystem/],
])('%s of %s is refused', async (name, ecosystem, message) => {
  expect((await problemOf(read({ package: name, ecosystem }))).message).toMatch(message);
  expect(vendor.received).toHaveLength(0);
});
