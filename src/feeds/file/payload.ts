import type { Source } from '../../domain/claim.ts';
import { cleanText } from '../../domain/clean-text.ts';
import type { Day } from '../../domain/day.ts';
import { Problem } from '../../domain/problem.ts';
import type { LineClaimKind, Precision, Product } from '../../domain/product.ts';
import type { ReadClaim, ReadRelease, Rejected } from '../../domain/reading.ts';
import { type Decoded, decodeDay, decodeVersion, isObject, type JsonObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';

const FILE_KEYS = ['$schema', 'product', 'complete', 'readOn', 'releases', 'lines'];
const RELEASE_KEYS = ['version', 'date', 'prerelease', 'precision', 'source', 'urgency'];
const LINE_KEYS = ['line', 'eol', 'supportEnd'];
const PRECISIONS: readonly Precision[] = ['day', 'month', 'quarter'];
const SCHEMA_HINT = 'Its shape is described in data/schemas/history.schema.json.';

/**
 * Turns a parsed history file into a reading. Pure.
 * @param path as shown in messages.
 * @throws Problem naming the key when the file as a whole has the wrong shape; single entries are rejected with a reason.
 */
export function readPayload(
  json: unknown,
  place: { path: string; product: Product; source: Source; today: Day },
): FeedReading {
  const { path, product, source, today } = place;
  const fail = (what: string): never => {
    throw new Problem(`${path}: ${what}`, { hint: SCHEMA_HINT, where: path });
  };
  if (!isObject(json)) return fail('the file is not an object');
  const stranger = unknownKey(json, FILE_KEYS);
  if (stranger !== null) fail(stranger);
  if (json.product !== product.id) fail(`\`product\` is "${show(json.product)}", not "${product.id}"`);
  if (typeof json.complete !== 'boolean') fail('`complete` is not true or false');
  if (!Array.isArray(json.releases)) fail('`releases` is not a list');
  if (json.lines !== undefined && !Array.isArray(json.lines)) fail('`lines` is not a list');
  let readOn = today;
  if (json.readOn !== undefined) {
    const decoded = decodeDay(json.readOn);
    if ('because' in decoded) return fail(`\`readOn\`: ${decoded.because}`);
    if (decoded.value > today) fail(`\`readOn\` is ${decoded.value}, after today (${today})`);
    readOn = decoded.value;
  }

  const rejected: Rejected[] = [];
  const accepted = takeAll(json.releases, 'version', rejected, (entry) => release(entry, product));
  const lines = takeAll(json.lines, 'line', rejected, line);
  return { source, accepted, rejected, lineClaims: lines.flat(), complete: json.complete === true, readOn };
}

/** Decodes entries one by one; what cannot be decoded or was there before goes to `rejected`. */
function takeAll<T>(
  entries: unknown,
  nameKey: string,
  rejected: Rejected[],
  decode: (entry: JsonObject) => Decoded<T>,
): readonly T[] {
  const taken: T[] = [];
  const names = new Set<unknown>();
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (!isObject(entry)) {
      rejected.push({ what: show(entry), because: 'the entry is not an object' });
      continue;
    }
    const name = entry[nameKey];
    const decoded = names.has(name) ? { because: 'listed twice; the first counts' } : decode(entry);
    if ('because' in decoded) {
      rejected.push({ what: nameKey === 'line' ? `line ${show(name)}` : show(name), because: decoded.because });
    } else {
      names.add(name);
      taken.push(decoded.value);
    }
  }
  return taken;
}

function release(entry: JsonObject, product: Product): Decoded<ReadRelease> {
  const stranger = unknownKey(entry, RELEASE_KEYS);
  if (stranger !== null) return { because: stranger };
  const version = decodeVersion(entry.version, product.versioning);
  if ('because' in version) return version;
  const { prerelease = version.value.prerelease !== null, precision = 'day', source = '', urgency = null } = entry;
  if (typeof prerelease !== 'boolean') return { because: '`prerelease` is not true or false' };
  if (!isPrecision(precision)) return { because: `\`precision\` is none of ${PRECISIONS.join(', ')}` };
  if (typeof source !== 'string') return { because: '`source` is not text' };
  if (urgency !== null && typeof urgency !== 'string') return { because: '`urgency` is not text' };
  if (entry.date === undefined) return { because: '`date` is missing; null says that it is unknown' };
  const claim = dateClaim(String(entry.version), entry.date, 'declared', precision);
  if ('because' in claim) return claim;
  return {
    value: {
      version: String(entry.version),
      prerelease,
      claims: [claim.value],
      urgency: urgency === null ? null : cleanText(urgency, 40) || null,
    },
  };
}

function line(entry: JsonObject): Decoded<readonly ReadClaim[]> {
  const stranger = unknownKey(entry, LINE_KEYS);
  if (stranger !== null) return { because: stranger };
  const name = entry.line;
  if (typeof name !== 'string' || !/^\d+(?:\.\d+)*$/.test(name) || name.length > 40) {
    return { because: 'the line is not written as "17" or "8.0"' };
  }
  const claims: ReadClaim[] = [];
  const ends: readonly (readonly [string, LineClaimKind])[] = [
    ['eol', 'eol'],
    ['supportEnd', 'support-end'],
  ];
  for (const [key, of] of ends) {
    // Absent: the file says nothing. Null: it says that nobody knows.
    if (entry[key] === undefined) continue;
    const claim = dateClaim(name, entry[key], of, 'day');
    if ('because' in claim) return { because: `\`${key}\`: ${claim.because}` };
    claims.push(claim.value);
  }
  return { value: claims };
}

function dateClaim(subject: string, date: unknown, of: ReadClaim['of'], precision: Precision): Decoded<ReadClaim> {
  if (date === null) {
    return { value: { subject, of, state: 'unknown', day: null, precision: 'day', suspect: null, knownFrom: null } };
  }
  const day = decodeDay(date);
  if ('because' in day) return day;
  return { value: { subject, of, state: 'dated', day: day.value, precision, suspect: null, knownFrom: null } };
}

function isPrecision(value: unknown): value is Precision {
  return PRECISIONS.some((precision) => precision === value);
}

function unknownKey(entry: JsonObject, known: readonly string[]): string | null {
  const stranger = Object.keys(entry).find((key) => !known.includes(key));
  return stranger === undefined ? null : `unknown key "${show(stranger)}"; known are ${known.join(', ')}`;
}
