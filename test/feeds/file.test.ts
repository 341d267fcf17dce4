import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { fileFeed } from '../../src/feeds/file/feed.ts';
import { product, request } from './products.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neap-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const postgresql = product('postgresql', [{ type: 'file', path: 'pg.json' }], 'two-part');
const schema = new Ajv().compile(JSON.parse(readFileSync('data/schemas/history.schema.json', 'utf8')));

function read(content: unknown) {
  writeFileSync(join(folder, 'pg.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return fileFeed.read(request(postgresql, folder));
}

async function problemOf(content: unknown): Promise<Problem> {
  const error: unknown = await read(content).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Problem) return error;
  throw new Error('not refused with a Problem', { cause: error });
}

test('reads versions, dates and ends of lines; the schema agrees', async () => {
  const file = {
    product: 'postgresql',
    complete: true,
    readOn: '2026-11-01',
    releases: [
      { version: '17.0', date: '2024-09-26', source: 'release notes', urgency: 'HIGH\u202e' },
      { version: '18rc1', date: '2025-09-01', precision: 'month' },
      { version: '19.0', date: null, prerelease: true },
    ],
    lines: [{ line: '17', eol: '2029-11-08', supportEnd: null }, { line: '18' }],
  };
  expect(schema(file)).toBe(true);
  const reading = await read(file);
  expect(reading).toMatchObject({ complete: true, readOn: '2026-11-01', source: { id: 'file:pg.json' } });
  expect(reading.accepted[0]).toMatchObject({
    version: '17.0',
    prerelease: false,
    urgency: 'HIGH',
    claims: [{ subject: '17.0', of: 'declared', state: 'dated', day: '2024-09-26', knownFrom: null, suspect: null }],
  });
  expect(reading.accepted.at(-1)).toMatchObject({ prerelease: true, claims: [{ state: 'unknown', day: null }] });
  expect(reading.lineClaims.map((c) => [c.subject, c.of, c.state, c.day])).toEqual([
    ['17', 'eol', 'dated', '2029-11-08'],
    ['17', 'support-end', 'unknown', null],
  ]);
});

test('rejects single entries with a reason', async () => {
  const reading = await read({
    product: 'postgresql',
    complete: true,
    releases: [
      { version: '17.0', date: '2024-09-26' },
      { version: '17.0', date: '2024-09-27' },
      { version: '', date: '2024-09-26' },
      { version: '17.1', date: '2024-02-30' },
      { version: '17.2' },
      { version: '17.3', date: null, colour: 'red' },
      { version: 'nightly\x1b[31m', date: null },
      { version: '17.4', date: null, precision: 'year' },
      'seventeen',
    ],
    lines: [
      { line: 'x', eol: null },
      { line: '17', eol: 'soon' },
    ],
  });
  expect(reading.accepted.map((r) => r.version)).toEqual(['17.0']);
  expect(reading.rejected).toEqual([
    { what: '17.0', because: 'listed twice; the first counts' },
    { what: '(empty)', because: 'the version is empty' },
    { what: '17.1', because: '"2024-02-30" is not a calendar day (YYYY-MM-DD)' },
    { what: '17.2', because: '`date` is missing; null says that it is unknown' },
    { what: '17.3', because: expect.stringContaining('unknown key "colour"') },
    { what: 'nightly', because: 'the version has characters no version has' },
    { what: '17.4', because: '`precision` is none of day, month, quarter' },
    { what: 'seventeen', because: 'the entry is not an object' },
    { what: 'line x', because: expect.stringContaining('the line is not written as') },
    { what: 'line 17', because: '`eol`: "soon" is not a calendar day (YYYY-MM-DD)' },
  ]);
});

const good = { product: 'postgresql', complete: true, releases: [] };
test.each([
  [[], 'the file is not an object'],
  [{ ...good, product: 'mysql' }, '`product` is "mysql", not "postgresql"'],
  [{ ...good, complete: 'yes' }, '`complete` is not true or false'],
  [{ ...good, releases: {} }, '`releases` is not a list'],
  [{ ...good, lines: null }, '`lines` is not a list'],
  [{ ...good, relases: [] }, 'unknown key "relases"'],
  [{ ...good, readOn: '2026-11-31' }, '`readOn`: "2026-11-31" is not a calendar day'],
  [{ ...good, readOn: '2027-01-01' }, '`readOn` is 2027-01-01, after today (2026-11-22)'],
])('a wrong shape names the key: %j', async (content, message) => {
  const problem = await problemOf(content);
  expect(problem.message).toContain(message);
  expect(problem.hint).toContain('history.schema.json');
});

test.each([
  ['{\n  "product": "postgresql",\n  "complete": ture\n}', '3:15'],
  ['{"a": 1,}', '1:9'],
  ['{"a" 1}', '1:6'],
  ['[1, 2', '1:6'],
  ['{"a": [1, {"b": "x\ty"}]}', '1:17'],
  ['', '1:1'],
  ['{} {}', '1:4'],
  ['\ufeff{"a": 01}', '1:8'],
])('bad JSON names line and column: %j', async (content, place) => {
  expect((await problemOf(content)).where).toBe(`${join(folder, 'pg.json')}:${place}`);
});

test('a file that is not there, or is a folder, is a Problem', async () => {
  await expect(fileFeed.read(request(postgresql, folder))).rejects.toThrow('pg.json does not exist');
  const here = product('postgresql', [{ type: 'file', path: '.' }], 'two-part');
  await expect(fileFeed.read(request(here, folder))).rejects.toThrow('is a folder');
  await expect(fileFeed.read(request(product('x', [{ type: 'file' }]), folder))).rejects.toThrow('no `path`');
});
