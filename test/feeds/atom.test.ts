import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import type { FeedRef, SchemeId } from '../../src/domain/product.ts';
import { atomFeed } from '../../src/feeds/atom/feed.ts';
import { decodeMoment } from '../../src/feeds/atom/moment.ts';
import { product, request } from './products.ts';
import { aVendor, sends } from './vendor.ts';

const SAMPLES = '../shared/feeds/github';
const vendor = await aVendor();

function read(body: string, more: Partial<FeedRef> = {}, scheme: SchemeId = 'semver') {
  vendor.answer = sends(body, { headers: { 'content-type': 'application/xml' } });
  const url = `${vendor.url}/news/releases.atom?token=s3cr3t`;
  return atomFeed.read(request(product('thing', [{ type: 'atom', url, ...more }], scheme), '.'));
}

async function problemOf(reading: Promise<unknown>): Promise<Problem> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error('not refused with a Problem', { cause: error });
  expect(`${error.message} ${error.hint}`).not.toContain('s3cr3t');
  return error;
}

const atom = (entries: string, head = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>${head}\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Releases of thing</title>${entries}</feed>\n`;

const RSS = `<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>Redis blog &amp; news</title><link>https://blog.example.com/</link><description>News</description>
    <item><title>Redis 8.0.4 released</title><link>https://blog.example.com/redis-8-0-4/</link>
      <guid isPermaLink="false">post-99</guid><pubDate>Tue, 30 Sep 2025 23:30:00 -0500</pubDate></item>
    <item><title>Redis 8.0-rc1</title><link>https://blog.example.com/rc</link><pubDate>3 Mar 25 09:00 GMT</pubDate></item>
    <item><title>Redis 7.4.1 released</title><dc:date>2024-10-02</dc:date></item>
    <item><title>Redis 7.4.0 released</title></item>
    <item><title>Redis 7.2.9 released</title><pubDate>last week</pubDate></item>
    <item><title>Redis 7.4.0 released</title><pubDate>Mon, 29 Jul 2024 10:00:00 GMT</pubDate></item>
    <item><title>Why we like sorted sets</title><guid>post-7</guid><pubDate>Mon, 29 Jul 2024 10:00:00 GMT</pubDate></item>
  </channel>
</rss>
<!-- made by hand -->`;

const days = (reading: Awaited<ReturnType<typeof read>>) =>
  reading.accepted.map((r) => [r.version, r.prerelease, r.claims[0]?.day ?? null]);

test.skipIf(!existsSync(SAMPLES))("GitHub's feed of a repository with tags v…", async () => {
  const reading = await read(readFileSync(`${SAMPLES}/releases.atom`, 'utf8'));
  expect(days(reading)).toEqual([
    ['2.1.0-alpha.5', true, '2021-12-27'],
    ['2.1.0-alpha.4', true, '2021-11-03'],
    ['2.1.0-alpha.3', true, '2021-10-22'],
    ['2.0.2', false, '2021-10-22'],
    ['2.1.0-alpha.2', true, '2021-09-24'],
    ['2.0.1', false, '2021-09-24'],
    ['2.1.0-alpha.1', true, '2021-09-12'],
    ['2.0.0', false, '2021-08-28'],
    ['2.1.0-alpha', true, '2021-08-25'],
    ['2.0.0-rc.1', true, '2021-08-25'],
  ]);
  expect(reading).toMatchObject({ rejected: [], complete: false, lineClaims: [], readOn: '2026-11-22' });
});

test.skipIf(!existsSync(SAMPLES))('a feed of Redis', async () => {
  const body = readFileSync(`${SAMPLES}/releases.redis__redis.constructed.atom`, 'utf8');
  const reading = await read(body, {}, 'redis');
  expect(reading.accepted).toHaveLength(10);
  expect(reading.rejected).toEqual([]);
  expect(reading.accepted[0]?.claims).toEqual([
    {
      subject: '8.8.2',
      of: 'release-page',
      state: 'dated',
      day: '2026-08-17',
      precision: 'day',
      suspect: null,
      knownFrom: null,
    },
  ]);
});

test('names its source without the query of the address', async () => {
  const where = `${vendor.url.replace('http://', '')}/news/releases.atom`;
  expect((await read(atom(''))).source).toEqual({
    id: `atom:${where}`,
    name: 'Releases of thing',
    origin: `http://${where}`,
    licence: null,
  });
  const untitled = '<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id></feed>';
  expect((await read(untitled)).source.name).toBe(where);
  expect(vendor.received[0]?.headers.accept).toContain('application/atom+xml');
});

test('RSS 2.0 by titles, with dates of both kinds', async () => {
  const reading = await read(RSS, { tags: ['Redis {version} released', 'Redis {version}'], complete: true }, 'redis');
  expect(days(reading)).toEqual([
    ['8.0.4', false, '2025-10-01'],
    ['8.0-rc1', true, '2025-03-03'],
    ['7.4.1', false, '2024-10-02'],
    ['7.4.0', false, null],
  ]);
  expect(reading.accepted[3]?.claims).toEqual([]);
  expect(reading.rejected).toEqual([
    { what: 'Redis 7.2.9 released', because: '"last week" is not a point in time' },
    { what: 'Redis 7.4.0 released', because: 'listed twice; the first counts' },
    { what: 'Why we like sorted sets', because: 'neither id, link nor title names a version of this product' },
  ]);
  expect(reading.complete).toBe(true);
  expect(reading.source.name).toBe('Redis blog & news');
});

test('RDF', async () => {
  const reading = await read(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://example.com/"><title>Things</title><link>https://example.com/</link></channel>
    <item rdf:about="https://example.com/thing/1.2.3/"><title>A thing</title><dc:date>2024-05-06T23:30-02:00</dc:date></item>
  </rdf:RDF>`);
  expect(days(reading)).toEqual([['1.2.3', false, '2024-05-07']]);
  expect(reading.source.name).toBe('Things');
});

test('the version stands in the id, else the link, else the title; links are decoded', async () => {
  const entry = (id: string, href: string, title: string) =>
    `<entry><id>${id}</id><link rel="related" href="https://x.example/9.9.9"/><link href="${href}"/><title>${title}</title></entry>`;
  const entries = [
    entry('tag:github.com,2008:Repository/1/redis@1.0.0', 'https://x.example/redis%402.0.0', 'redis@3.0.0'),
    entry('urn:uuid:1', 'https://x.example/tag/redis%401.1.0?x=%2F9.0.0#y', 'redis@3.0.0'),
    entry('urn:uuid:2', 'https://x.example/%E0%A4', 'redis@1.2.0'),
    entry('urn:uuid:3', 'https://x.example/redis%40v1.3.0/', 'a'),
    entry('urn:uuid:4', 'https://x.example/client%401.4.0', 'client@1.4.0'),
  ];
  const reading = await read(atom(entries.join('')), { tags: ['redis@{version}'] });
  expect(days(reading).map(([version]) => version)).toEqual(['1.0.0', '1.1.0', '1.2.0', '1.3.0']);
  expect(reading.rejected.map(({ what }) => what)).toEqual(['client@1.4.0']);
});

test('published comes before updated; a day to come is suspect', async () => {
  const reading = await read(
    atom(`<entry><id>1.0.0</id><published>2020-01-01T23:30:00-01:00</published><updated>2026-01-01T00:00:00Z</updated></entry>
      <entry><id>2.0.0</id><updated>2026-11-23T00:00:00Z</updated></entry>
      <entry><id>1.1.0</id><updated>2026-02-30T00:00:00Z</updated></entry>`),
  );
  expect(reading.accepted.map(({ claims }) => [claims[0]?.day, claims[0]?.suspect])).toEqual([
    ['2020-01-02', null],
    ['2026-11-23', 'dated in the future'],
  ]);
  expect(reading.rejected).toEqual([{ what: '1.1.0', because: '"2026-02-30T00:00:00Z" is not a point in time' }]);
});

test('hostile texts are cleaned where they are shown and refused as versions', async () => {
  const reading = await read(
    atom('<entry><id>1.0.0\u202e</id><title>1.0.0\u001b[31m \u202e&lt;b&gt;</title></entry>').replace(
      'Releases',
      '\u001b]0;x\u0007\u202eReleases',
    ),
  );
  expect(reading.accepted).toEqual([]);
  expect(reading.rejected[0]?.what).toBe('1.0.0 <b>');
  expect(reading.source.name).toBe('Releases of thing');
});

test('entities that multiply are left as they are written', async () => {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
  const bomb = `<!DOCTYPE feed [<!ENTITY e0 "9">${levels.join('')}]>`;
  const reading = await read(atom('<entry><id>&e9;</id><title>1.&e0;.0</title></entry>', bomb));
  expect(reading.accepted).toEqual([]);
  expect(reading.rejected).toEqual([
    { what: '1.&e0;.0', because: 'neither id, link nor title names a version of this product' },
  ]);
});

test('nothing outside of the document is loaded', async () => {
  const outside = `<!DOCTYPE feed [<!ENTITY x SYSTEM "${vendor.url}/secret">]>`;
  const problem = await problemOf(read(atom('<entry><id>1.0.0</id><title>&x;</title></entry>', outside)));
  expect(problem.message).toMatch(/releases\.atom is not well-formed, or cut off$/);
  expect(vendor.received.map(({ url }) => url)).toEqual(['/news/releases.atom?token=s3cr3t']);
});

test.each([
  ['a web page', '<!DOCTYPE html><html><title>Sign in</title></html>', /is a web page, not a feed$/],
  ['plain text', 'not found', /is neither Atom, RSS nor RDF$/],
  ['empty', '', /is neither Atom, RSS nor RDF$/],
  ['other XML', '<metadata><version>1.0.0</version></metadata>', /is neither Atom, RSS nor RDF$/],
  ['a JSON feed', '{"version":"https://jsonfeed.org/version/1.1","title":"a","items":[]}', /is a JSON feed/],
  ['cut off in a tag', atom('<entry><id>1.0.0</id></entry>').slice(0, -30), /cut off$/],
  ['cut off behind an entry', atom('<entry><id>1.0.0</id></entry>').replace('</feed>', ''), /cut off$/],
  ['nested without end', atom('<a>'.repeat(5000) + '</a>'.repeat(5000)), /is not well-formed, or cut off$/],
  ['too large', atom(`<!--${' '.repeat(16 * 1024 * 1024)}-->`), /is larger than a feed neap reads$/],
])('an answer that is %s is a Problem', async (_, body, message) => {
  const problem = await problemOf(read(body));
  expect(problem.message).toMatch(message);
  expect(problem.hint).not.toBeNull();
});

test('a feed without an address, or with a password in it, is a Problem', async () => {
  const reading = atomFeed.read(request(product('thing', [{ type: 'atom' }]), '.'));
  expect((await problemOf(reading)).message).toBe('an atom feed of thing has no `url`');
  const withPassword = read(atom(''), { url: 'https://me:s3cr3t@example.com/feed' });
  expect((await problemOf(withPassword)).message).toContain('holds a user name or password');
});

test.each([
  ['Wed, 02 Oct 2002 13:00:00 GMT', '2002-10-02'],
  ['2 October 2002 00:30 PST', '2002-10-02'],
  ['Wed, 02 Oct 2002 20:00:00 EST', '2002-10-03'],
  ['02 Oct 70 00:00:00 Z', '1970-10-02'],
  ['Wed, 02 Oct 2002 01:00:00 +0200', '2002-10-01'],
  ['2002-10-02', '2002-10-02'],
  ['2002-10-02T23:59-05:00', '2002-10-03'],
  ['2002-10-02T23:59:59.5Z', '2002-10-02'],
])('%s is %s', (text, day) => {
  expect(decodeMoment(text)).toEqual({ value: day });
});

test.each([
  'Wed, 31 Feb 2002 13:00:00 GMT',
  'Wed, 02 Oct 2002 25:00:00 GMT',
  'Wed, 02 Oct 2002 13:00:00 IST',
  'Wed, 02 Foo 2002 13:00:00 GMT',
  '2002-10-02T10:00:00',
  '02/10/2002',
  '',
])('"%s" is no date', (text) => {
  expect(decodeMoment(text)).toEqual({ because: expect.stringMatching(/is not a (?:point in time|calendar day)/) });
});
