import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadHistory } from '../../src/catalogue/histories.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { FeedReading } from '../../src/feeds/feed.ts';
import { redisNotesFeed } from '../../src/feeds/redis-notes/feed.ts';
import { product, request } from './products.ts';
import { aVendor, sends } from './vendor.ts';

const REAL = '../shared/feeds/redis/release-urgency.json';
const RULE = '='.repeat(80);
/** The head of every file since 2.6: it names all levels, and belongs to no release. */
const HEAD = `Redis 7.2 release notes
=======================

${'-'.repeat(80)}
Upgrade urgency levels:

LOW:      No need to upgrade.
SECURITY: There are security fixes in the release.
${'-'.repeat(80)}
`;

const vendor = await aVendor();

function read(body?: string | Uint8Array) {
  if (body !== undefined) vendor.answer = sends(body);
  const ref = { type: 'redis-notes', url: `${vendor.url}/7.2/00-RELEASENOTES?token=s3cret` };
  return redisNotesFeed.read(request(product('redis', [ref], 'redis'), '.'));
}

const ruled = (heading: string, notes = '') => `${RULE}\n${heading}\n${RULE}\n\n${notes}\n`;

/** Version, day, precision or why suspect, urgency. */
const brief = ({ accepted }: FeedReading) =>
  accepted.map(({ version, claims: [claim], urgency }) => [
    version,
    claim?.day ?? null,
    claim?.suspect ?? claim?.precision ?? null,
    urgency,
  ]);

async function problemOf(reading: Promise<unknown>): Promise<Problem> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error('not refused with a Problem', { cause: error });
  return error;
}

test('a heading gives version and date, the notes below it the urgency', async () => {
  const reading = await read(
    HEAD +
      ruled('Redis 7.2.4     Released Tue 09 Jan 2024 10:45:52 IST', 'Upgrade urgency SECURITY: See below.') +
      ruled('Redis 7.2 RC3   Released Mon July 10 12:00:00 IDT 2023', 'Upgrade urgency LOW: The third.'),
  );
  expect(reading.accepted).toEqual([
    {
      version: '7.2.4',
      prerelease: false,
      urgency: 'SECURITY',
      claims: [
        {
          subject: '7.2.4',
          of: 'notes',
          state: 'dated',
          day: '2024-01-09',
          precision: 'day',
          suspect: null,
          knownFrom: null,
        },
      ],
    },
    expect.objectContaining({ version: '7.2-rc3', prerelease: true, urgency: 'LOW' }),
  ]);
  expect(reading).toMatchObject({ complete: false, rejected: [], lineClaims: [], readOn: '2026-11-22' });
  const host = vendor.url.replace('http://', '');
  expect(reading.source).toEqual({
    id: `redis-release-notes:${host}/7.2/00-RELEASENOTES`,
    name: 'Redis release notes',
    origin: `${vendor.url}/7.2/00-RELEASENOTES`,
    licence: 'facts',
  });
});

test.each([
  ['Redis 7.2.4     Released Tue 09 Jan 2024 10:45:52 IST', '7.2.4', '2024-01-09', 'day'],
  ['Redis 7.0.0 GA  Released Wed Apr 27 12:00:00 IST 2022', '7.0.0', '2022-04-27', 'day'],
  ['Redis 7.0 RC3   Released Tue Apr 5 12:00:00 IST 2022', '7.0-rc3', '2022-04-05', 'day'],
  ['Redis Community Edition 7.4.0 GA   Released Mon Jul 29 2024 9:00:00 IDT', '7.4.0', '2024-07-29', 'day'],
  ['Redis 6.2.1     Released Mon Mar  1 17:51:36 IST 2021', '6.2.1', '2021-03-01', 'day'],
  ['Redis 5.0.5     Released Sun Apr 7 2019', '5.0.5', '2019-04-07', 'day'],
  ['Redis Open Source 8.0-M02 (October 2024)', '8.0-m02', '2024-10-01', 'month'],
  ['Redis 8.0.1 (May 2025)', '8.0.1', '2025-05-01', 'month'],
  ['Redis 8.0.1', '8.0.1', null, null],
  ['Valkey 7.2.10  -  Released Fri 20 June 2025', '7.2.10', '2025-06-20', 'day'],
  ['Valkey 8.0.0 RC1  -  Released Mon 1 Jul 2024', '8.0.0-rc1', '2024-07-01', 'day'],
  ['Redis 4.0.5     Released Thu Dec 1 16:03:32 CET 2017', '4.0.5', '2017-12-01', WRONG()],
  ['Redis 3.2.9     Released Monday May 17 17:35:38 CEST 2017', '3.2.9', '2017-05-17', WRONG()],
  ['Redis 9.9.9     Released Mon 23 Nov 2026 12:00:00 IST', '9.9.9', '2026-11-23', 'dated in the future'],
])('between rules: %s', async (heading, version, day, precision) => {
  const reading = await read(HEAD + ruled(heading));
  expect(brief(reading)).toEqual([[version, day, precision, null]]);
  expect(reading.rejected).toEqual([]);
});

/** A function, so that it can be used above. */
function WRONG() {
  return 'the weekday in the notes contradicts the date';
}

test.each([
  ['--[ Redis 2.8.24 ] Release date: 18 Dec 2015', '2.8.24', '2015-12-18', 'day'],
  ['--[ Redis 3.0.0 RC2 (version 2.9.102) ] Release date: 13 jan 2015', '3.0.0-rc2', '2015-01-13', 'day'],
  ['--[ Redis 2.8.21 ] Release date: Jun 22 2015', '2.8.21', '2015-06-22', 'day'],
  ['--[ Redis 2.6.13 ]', '2.6.13', null, null],
  ['---[ Redis 2.5.13 (2.6 Release Candidate 7) ]', '2.5.13', null, null],
  ["What's new in Redis 2.5.9 (aka 2.6 Release Candidate 3)", '2.5.9', null, null],
  ['## Redis Open Source 8.2.7 (June 2026)', '8.2.7', '2026-06-01', 'month'],
  ['## Redis Community Edition 7.4.9 (May 2026):', '7.4.9', '2026-05-01', 'month'],
  ['## Redis Community Edition 7.4 (July 2024)', '7.4.0', '2024-07-01', 'month'],
  ['## Redis Community Edition 7.4-rc2 (June 2024)', '7.4-rc2', '2024-06-01', 'month'],
  ['## Redis Open Source 9.0.0 (December 2026)', '9.0.0', '2026-12-01', 'dated in the future'],
])('on a line of its own: %s', async (heading, version, day, precision) => {
  const reading = await read(`${HEAD}\r\n${heading}\r\n\r\nSome notes.\r\n`);
  expect(brief(reading)).toEqual([[version, day, precision, null]]);
  expect(reading.rejected).toEqual([]);
});

test.each<[string, string | null]>([
  ['Upgrade urgency: SECURITY, contains fixes to security issues.', 'SECURITY'],
  ['Upgrade urgency CRITICAL: A.\n                    HIGH: B.', 'CRITICAL'],
  ['# UPGRADE URGENCY: low/moderate if you see none of it.', 'LOW'],
  ['Update urgency: `HIGH`: There are critical bugs.', 'HIGH'],
  ['**Update urgency:** `MODERATE`', 'MODERATE'],
  ['Upgrade urgency: URGENT if you use streams.\n   MODERATE otherwise.', 'MODERATE'],
  ['Upgrade urgency: not recommended, a candidate.\n\nHIGH availability was improved.', null],
  ['Note: License changed\n\nUpgrade urgency LOW: The first.', 'LOW'],
  ['Fixes\n=====\n* (CVE-2024-1) security: a high risk', null],
  ['* the upgrade urgency was HIGH once', null],
  ['Upgrade urgency: lowest of all', null],
  ['Upgrade urgency levels:\n\nLOW: nothing', null],
  ['', null],
])('urgency: %s', async (notes, urgency) => {
  const next = 'Redis 7.2.3     Released Wed 01 Nov 2023 12:00:00 IST';
  const body = ruled('Redis 7.2.4', notes) + ruled(next, 'Upgrade urgency HIGH, Fixes critical bugs.');
  expect((await read(HEAD + body)).accepted.map((r) => [r.version, r.urgency])).toEqual([
    ['7.2.4', urgency],
    ['7.2.3', 'HIGH'],
  ]);
});

test('headings that cannot be understood are rejected; text that only looks like them is not counted', async () => {
  const reading = await read(
    [
      HEAD,
      ruled('Redis 7.2.4     Released Tue 09 Jan 2024 10:45:52 IST', 'Redis 4.0.9 adds a few features and fixes.'),
      ruled('Redis 7.2.4     Released Wed 10 Jan 2024 10:45:52 IST'),
      ruled('Redis 7.2.5     Released Fri 31 Feb 2024 10:45:52 IST'),
      ruled('Redis 7.2.6     Released soon'),
      ruled('Valkey 7.2.11  -  Released TBD (not released yet)'),
      ruled('Redis 8.0 Milestone 1   Released Tue 09 Jan 2024 10:45:52 IST'),
      ruled('Redis 7.2.7+    Released Tue 09 Jan 2024 10:45:52 IST'),
      ruled('Redis 99999999999999999999.1   Released Tue 09 Jan 2024 10:45:52 IST'),
      ruled('Redis next \u202e\u001b[31m'),
      '--[ Redis ] Release date: 18 Dec 2015',
      '--[ Redis two ] Release date: 18 Dec 2015',
      '## Redis modules',
      `## Redis Open Source 8.2.7 (June 2026)${' '.repeat(10)}${'x'.repeat(400)}`,
      'Redis 7.0 features',
      '==================',
      'Redis 7.0.1     Released Wed Jun 8 12:00:00 IST 2022',
      '====',
    ].join('\n'),
  );
  expect(brief(reading)).toEqual([['7.2.4', '2024-01-09', 'day', null]]);
  const unread = 'the heading names no version that can be read';
  expect(reading.rejected).toEqual([
    { what: 'Redis 7.2.4 Released Wed 10 Jan 2024 10:45:52 IST', because: 'listed twice; the first counts' },
    { what: 'Redis 7.2.5 Released Fri 31 Feb 2024 10:45:52 IST', because: 'the date in the heading cannot be read' },
    { what: 'Redis 7.2.6 Released soon', because: 'the date in the heading cannot be read' },
    { what: 'Valkey 7.2.11 - Released TBD (not released yet)', because: 'not released yet' },
    { what: 'Redis 8.0 Milestone 1 Released Tue 09 Jan 2024 10:45:52 IST', because: unread },
    { what: 'Redis 7.2.7+ Released Tue 09 Jan 2024 10:45:52 IST', because: unread },
    {
      what: 'Redis 99999999999999999999.1 Released Tue 09 Jan 2024 10:45…',
      because: 'not a version of the scheme redis',
    },
    { what: 'Redis next', because: unread },
    { what: '--[ Redis ] Release date: 18 Dec 2015', because: unread },
    { what: '--[ Redis two ] Release date: 18 Dec 2015', because: unread },
    { what: '## Redis modules', because: unread },
  ]);
});

test('a file of redis/redis speaks as the bundled source, whatever its branch; redis/docs does not', async () => {
  const asked: string[] = [];
  const sourceOf = async (url: string) => {
    const base = request(product('redis', [{ type: 'redis-notes', url }], 'redis'), '.');
    const get = async (address: string) => {
      asked.push(address);
      return { bytes: Buffer.from(ruled('Redis 8.0.1 (May 2025)')), address, unchanged: false };
    };
    return (await redisNotesFeed.read({ ...base, http: { ...base.http, get } })).source;
  };
  const raw = 'https://raw.githubusercontent.com';
  const own = await sourceOf(`${raw}/redis/redis/8.0/00-RELEASENOTES`);
  expect(await sourceOf(`${raw}/redis/redis/refs/heads/7.4/00-RELEASENOTES`)).toEqual(own);
  const bundled = loadHistory(dataDir(), 'redis').map(({ reading }) => reading.source);
  expect(bundled.find(({ id }) => id === own.id)).toMatchObject({
    id: 'redis-release-notes',
    name: own.name,
    licence: own.licence,
  });
  const docs = await sourceOf(`${raw}/redis/docs/main/redisos-8.2-release-notes.md`);
  expect(docs.id).toBe('redis-release-notes:raw.githubusercontent.com/redis/docs/main/redisos-8.2-release-notes.md');
  expect(asked).toHaveLength(3);
});

test('what is not such a file is a Problem', async () => {
  expect((await problemOf(read('Hello! Nothing is written on this branch.\n'))).message).toBe(
    `${vendor.url}/7.2/00-RELEASENOTES has no headings of Redis releases`,
  );
  expect((await problemOf(read('<html>Sign in</html>'))).message).toContain('has no headings');
  expect((await problemOf(read(''))).message).toContain('has no headings');
  expect((await problemOf(read(Uint8Array.of(0xff, 0xfe, 0x52)))).message).toContain('is not text in UTF-8');
  vendor.answer = sends('404: Not Found', { status: 404 });
  expect((await problemOf(read())).message).toContain('does not exist (404)');
  const nameless = redisNotesFeed.read(request(product('redis', [{ type: 'redis-notes' }], 'redis'), '.'));
  const problem = await problemOf(nameless);
  expect(problem.message).toBe('a redis-notes feed of redis has no `url`');
  expect(problem.hint).toContain('00-RELEASENOTES');
});

test('a large file of nothing but long lines is done at once', async () => {
  const lines = ['--[ Redis ', '## Redis ', "What's new in Redis 1", 'Redis 1.', 'Upgrade urgency '].flatMap(
    (start) => [start + ' '.repeat(200_000), start + '('.repeat(280), start + '1.'.repeat(140)],
  );
  const reading = await read(`${ruled('Redis 7.2.4')}${lines.join('\n')}\n${lines.join(`\n${RULE}\n`)}`);
  expect(reading.accepted.map((r) => r.version)).toEqual(['7.2.4']);
});

interface Collected {
  readonly version: string;
  readonly date: string | null;
  readonly dateText: string | null;
  readonly dateWarning?: string;
  readonly urgency: string | null;
  readonly urgencyText: string | null;
  readonly alias?: string;
}

/** The three forms in which the collected releases were written. */
const FORMS = {
  bracketed: (r: Collected) =>
    `--[ Redis ${spelled(r.version)}${r.alias === undefined ? '' : ` (${r.alias})`} ] Release date: ${r.dateText}\n\n` +
    urgent('# UPGRADE URGENCY:', r),
  ruled: (r: Collected) =>
    ruled(`Redis ${spelled(r.version)}     Released ${r.dateText}`, urgent('Upgrade urgency', r)),
  markdown: (r: Collected) =>
    `## Redis Open Source ${r.version} (${r.dateText})\n\n${urgent('Update urgency:', r)}\n### Bug fixes\n`,
};

/** `7.0-rc3` as headings have it: `7.0 RC3`. */
function spelled(version: string): string {
  return version.replace('-rc', ' RC').replace('-beta', ' beta ');
}

/** Wrapped as in the notes. */
function urgent(start: string, { urgencyText }: Collected): string {
  if (urgencyText === null || urgencyText === '') return '';
  return `${`${start} ${urgencyText}`.replace(/(.{60,}?) /g, '$1\n')}\n\n* A fix.\n`;
}

function formOf({ dateText }: Collected): keyof typeof FORMS {
  if (/^[A-Z][a-z]+ \d{4}$/.test(dateText ?? '')) return 'markdown';
  return /^\d/.test(dateText ?? '') ? 'bracketed' : 'ruled';
}

test.skipIf(!existsSync(REAL))(
  '235 real releases with their dates and urgencies, in the forms they were written',
  async () => {
    const { releases } = JSON.parse(readFileSync(REAL, 'utf8')) as { releases: readonly Collected[] };
    const dated = releases.filter(({ dateText }) => dateText !== null);
    expect([releases.length, dated.length]).toEqual([317, 235]);
    const counts: Record<string, number> = {};
    const otherUrgency: unknown[] = [];
    const suspect: string[] = [];
    for (const [form, write] of Object.entries(FORMS)) {
      const own = dated.filter((r) => formOf(r) === form);
      const reading = await read(HEAD + own.map(write).join('\n'));
      expect(reading.rejected).toEqual([]);
      expect(reading.accepted.map((r) => r.version)).toEqual(own.map((r) => r.version));
      counts[form] = own.length;
      for (const [i, expected] of own.entries()) {
        const { claims, urgency, version } = reading.accepted[i] ?? {};
        const claim = claims?.[0];
        if (form === 'markdown') {
          // There the collected day is that of the tag, the notes only name its month.
          const month = new Date(`1 ${expected.dateText} UTC`).toISOString().slice(0, 10);
          expect([claim?.day, claim?.precision]).toEqual([month, 'month']);
          if (expected.date !== null) expect(expected.date.slice(0, 7)).toBe(month.slice(0, 7));
        } else {
          expect([version, claim?.day, claim?.precision]).toEqual([version, expected.date, 'day']);
        }
        if (claim?.suspect != null) suspect.push(`${version}: ${claim.suspect}`);
        if (urgency !== expected.urgency) otherUrgency.push([version, expected.urgency, urgency]);
      }
    }
    expect(counts).toEqual({ bracketed: 54, ruled: 129, markdown: 52 });
    // Every weekday that the collectors found wrong, and no other.
    expect(suspect.toSorted()).toEqual(
      dated
        .filter((r) => r.dateWarning !== undefined)
        .map((r) => `${r.version}: ${WRONG()}`)
        .toSorted(),
    );
    expect(suspect).toHaveLength(8);
    // Of 5.0-rc4 the collected file holds a level without the words it was read from.
    expect(otherUrgency).toEqual([['5.0-rc4', 'HIGH', null]]);
    // The bundled history of the same source has the same days; three candidates stand there under the names of their tags only.
    const bundled = loadHistory(dataDir(), 'redis').find(({ reading }) => reading.source.id === 'redis-release-notes');
    const days = new Map(bundled?.reading.accepted.flatMap(({ claims }) => claims.map((c) => [c.subject, c.day])));
    const full = dated.filter((r) => formOf(r) !== 'markdown');
    expect([full.length, days.size]).toEqual([183, 180]);
    expect(full.filter((r) => days.get(r.version) !== r.date).map((r) => r.version)).toEqual([
      '3.2.0-rc1',
      '4.0.0-rc1',
      '4.0.0-rc2',
    ]);
  },
);
