import { beforeEach, describe, expect, test } from 'vitest';
import { createGithub } from '../../src/publish/github.ts';
import type { Publication } from '../../src/publish/issue.ts';
import type { PublishRequest } from '../../src/publish/place.ts';
import { testHttp } from '../feeds/products.ts';
import { aVendor, sends } from '../feeds/vendor.ts';
import { refusal } from '../support/problem.ts';
import { PlayedGitHub } from './played-github.ts';

const TOKEN = 'ghp_s3cr3tT0k3n';
const vendor = await aVendor();
const place = createGithub({ second: 0 });
let github: PlayedGitHub;

beforeEach(() => {
  github = new PlayedGitHub();
  vendor.answer = github.answer;
});

const REPORT: Publication = {
  key: 'Shop 2026-W48',
  title: 'Shop: week 2026-W48',
  markdown: 'Models: open\n\n# Shop\n\nAll calm.\n',
  command: 'neap report --week 2026-W48',
};

function publish(report: Partial<Publication> = {}, more: Partial<PublishRequest> = {}) {
  return place.publish(
    { ...REPORT, ...report },
    {
      repository: 'team/thing',
      env: { GITHUB_API_URL: vendor.url, GITHUB_TOKEN: TOKEN },
      http: testHttp(),
      signal: new AbortController().signal,
      dryRun: false,
      since: '2026-11-22T00:00:00Z',
      ...more,
    },
  );
}

const problemOf = (work: Promise<unknown>) => refusal(work, TOKEN);

const asked = () => vendor.received.map(({ method, url }) => `${method} ${url.replace(/\?.*/, '')}`);
const writes = () => vendor.received.filter(({ method }) => method !== 'GET').length;
const bodies = () => github.issues.map(({ body }) => body ?? '');

describe('one issue for a report', () => {
  test('is made, labelled, with the report in it; the token goes along', async () => {
    const published = await publish();
    expect(published).toEqual({
      did: 'create',
      number: 1,
      address: `${vendor.url}/team/thing/issues/1`,
      closed: [],
    });
    expect(github.issues[0]).toMatchObject({ title: REPORT.title, labels: [{ name: 'neap' }], state: 'open' });
    expect(bodies()[0]).toContain('All calm.');
    expect(asked()).toEqual(['GET /repos/team/thing/issues', 'POST /repos/team/thing/issues']);
    expect(vendor.received.every(({ headers }) => headers.authorization === `token ${TOKEN}`)).toBe(true);
    expect(vendor.received[0]?.url).toContain('since=2026-11-22');
  });

  test('is left alone while nothing changed', async () => {
    await publish();
    expect(await publish()).toMatchObject({ did: 'nothing', number: 1 });
    expect(writes()).toBe(1);
  });

  test('is updated in place; what people wrote around it, the title and a closed state stay', async () => {
    await publish();
    const issue = github.issues[0];
    if (issue === undefined) throw new Error('no issue');
    issue.body = `Read this first.\r\n\r\n${issue.body?.replaceAll('\n', '\r\n')}\r\n\r\n- [x] talked about it`;
    issue.state = 'closed';
    issue.title = 'Renamed';
    expect(await publish()).toMatchObject({ did: 'nothing' });
    expect(await publish({ markdown: 'Models: closed' })).toMatchObject({ did: 'update', number: 1 });
    expect(github.issues).toHaveLength(1);
    expect(issue).toMatchObject({ state: 'closed', title: 'Renamed' });
    expect(issue.body).toMatch(/^Read this first\.\n\n<!--[\s\S]*Models: closed[\s\S]*-->\n\n- \[x\] talked about it$/);
    expect(issue.body).not.toContain('All calm');
  });

  test('another week and another team have their own', async () => {
    await publish();
    await publish({ key: 'Shop 2026-W49' });
    await publish({ key: 'Other 2026-W48' });
    expect(github.issues).toHaveLength(3);
    expect(await publish()).toMatchObject({ did: 'nothing', number: 1 });
  });

  test('is found on a later page, and no pull request or issue of a stranger is taken for it', async () => {
    await publish();
    const body = github.issues.pop()?.body ?? '';
    github.add({ body, pull_request: {} });
    github.add({ body, user: { login: 'stranger', type: 'User' }, author_association: 'NONE' });
    for (let i = 0; i < 150; i += 1) github.add({ body: 'something else' });
    github.add({ body, user: { login: 'lead', type: 'User' }, author_association: 'MEMBER' });
    expect(await publish()).toMatchObject({ did: 'nothing', number: 153 });
  });

  test('a dry run says what it would do, and writes nothing', async () => {
    expect(await publish({}, { dryRun: true })).toEqual({ did: 'create', number: null, address: null, closed: [] });
    await publish();
    const writesBefore = writes();
    expect(await publish({ markdown: 'new' }, { dryRun: true })).toMatchObject({ did: 'update', number: 1 });
    expect(writes()).toBe(writesBefore);
  });
});

describe('what fails in passing', () => {
  const bad = sends({ message: 'Bad Gateway' }, { status: 502 });

  test('a 502 is tried again, while looking and while updating', async () => {
    await publish();
    github.instead.push(bad, null, bad, null);
    expect(await publish({ markdown: 'new' })).toMatchObject({ did: 'update' });
    expect(asked().slice(2)).toEqual([
      'GET /repos/team/thing/issues',
      'GET /repos/team/thing/issues',
      'PATCH /repos/team/thing/issues/1',
      'PATCH /repos/team/thing/issues/1',
    ]);
  });

  test('a 502 to the request that makes it: looks first, then asks again', async () => {
    github.instead.push(null, bad);
    expect(await publish()).toMatchObject({ did: 'create', number: 1 });
    expect(asked().map((one) => one.split(' ')[0])).toEqual(['GET', 'POST', 'GET', 'POST']);
    expect(github.issues).toHaveLength(1);
  });

  test('an answer that is lost after the issue was made: no second one', async () => {
    github.loseNextAnswer = true;
    expect(await publish()).toMatchObject({ number: 1 });
    expect(github.issues).toHaveLength(1);
    expect(asked().map((one) => one.split(' ')[0])).toEqual(['GET', 'POST', 'GET']);
  });

  test('killed between the two: the next run finds it', async () => {
    const abort = new AbortController();
    github.instead.push(null, (request, response) => {
      github.add({ body: JSON.parse(request.body).body });
      abort.abort();
      response.destroy();
    });
    await expect(publish({}, { signal: abort.signal })).rejects.toThrow();
    expect(await publish()).toMatchObject({ did: 'nothing', number: 1 });
    expect(github.issues).toHaveLength(1);
  });

  test('the second of two that a race made is closed', async () => {
    await publish();
    github.add({ body: bodies()[0] ?? '' });
    expect(await publish({ markdown: 'new' })).toMatchObject({ did: 'update', number: 1, closed: [2] });
    expect(github.issues.map(({ state }) => state)).toEqual(['open', 'closed']);
    expect(await publish({ markdown: 'new' })).toMatchObject({ did: 'nothing', closed: [] });
  });

  test('a secondary limit is waited for, as long as GitHub says', async () => {
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    github.instead.push(null, sends({ message }, { status: 403, headers: { 'retry-after': '1' } }));
    expect(await publish()).toMatchObject({ did: 'create' });
    expect(github.issues).toHaveLength(1);
  });

  test('a limit that lasts longer than is waited for is said, and nothing is made', async () => {
    const limited = sends({ message: 'secondary rate limit' }, { status: 429, headers: { 'retry-after': '7200' } });
    github.instead.push(null, limited);
    const { message, hint } = await problemOf(publish());
    expect(message).toContain('allows no more requests for 120 min');
    expect(hint).toContain('makes no second issue');
    expect(github.issues).toHaveLength(0);
  });

  test('gives up after a while', async () => {
    vendor.answer = bad;
    expect((await problemOf(publish())).message).toContain('502');
  });
});

describe('what cannot work', () => {
  test.each([
    [401, 'wrong or out of date'],
    [403, 'issues: write'],
    [404, 'Check the name'],
    [410, 'switched off'],
  ])('%i: says what to do', async (status, hint) => {
    vendor.answer = sends({ message: `secret ${TOKEN}` }, { status });
    expect((await problemOf(publish())).hint).toContain(hint);
    expect(writes()).toBe(0);
  });

  test('no token, no repository, a repository that is none', async () => {
    const env = { GITHUB_API_URL: vendor.url };
    expect((await problemOf(publish({}, { env }))).hint).toContain('GITHUB_TOKEN');
    expect((await problemOf(publish({}, { repository: null }))).hint).toContain('--repo');
    expect((await problemOf(publish({}, { repository: 'a/b/../c' }))).message).toContain('is not a repository');
    const named = { ...env, GITHUB_TOKEN: TOKEN, GITHUB_REPOSITORY: 'team/thing' };
    expect(await publish({}, { repository: null, env: named })).toMatchObject({ did: 'create' });
  });

  test('an answer that is no list', async () => {
    vendor.answer = sends({ hello: 'there' });
    expect((await problemOf(publish())).message).toContain('not a list');
  });
});
