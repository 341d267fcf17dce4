import type { Source } from '../../domain/claim.ts';
import type { Day } from '../../domain/day.ts';
import { Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadClaim, ReadRelease, Rejected } from '../../domain/reading.ts';
import { type Decoded, decodeDay, decodeVersion, isObject, type JsonObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';

const FILE_KEYS = ['$schema', 'schemaVersion', 'readOn', 'corrections'];
const ROW_KEYS = ['product', 'version', 'date', 'because', 'source', 'knownFrom'];
const SCHEMA_HINT = 'Its shape is described in data/schemas/corrections.schema.json.';
const MAX_TEXT = 500;

/** The corrections neap ships with. */
const OWN_CORRECTIONS: Source = {
  id: 'corrections',
  name: "neap's own corrections",
  origin: 'data/corrections.json',
  licence: 'facts',
};

/**
 * Turns a parsed file of corrections into a reading with one `correction` claim per row of the product; rows of other products are none of
 * its business. Pure.
 * @param place.path as shown in messages.
 * @param place.source neap's own unless given.
 * @throws Problem naming the key when the file as a whole has the wrong shape; single rows are rejected with a reason.
 */
export function readCorrections(
  json: unknown,
  place: { product: Product; path: string; today: Day; source?: Source },
): FeedReading {
  const { product, path, today, source = OWN_CORRECTIONS } = place;
  const fail = (what: string): never => {
    throw new Problem(`${path}: ${what}`, { hint: SCHEMA_HINT, where: path });
  };
  if (!isObject(json)) return fail('the file is not an object');
  const stranger = unknownKey(json, FILE_KEYS);
  if (stranger !== null) fail(stranger);
  if (json.schemaVersion !== 1) fail(`\`schemaVersion\` is ${show(json.schemaVersion)}, not 1`);
  const readOn = decodeDay(json.readOn);
  if ('because' in readOn) return fail(`\`readOn\`: ${readOn.because}`);
  if (readOn.value > today) fail(`\`readOn\` is ${readOn.value}, after today (${today})`);
  if (!Array.isArray(json.corrections)) return fail('`corrections` is not a list');

  const accepted: ReadRelease[] = [];
  const rejected: Rejected[] = [];
  const seen = new Set<unknown>();
  const rows: readonly unknown[] = json.corrections;
  for (const row of rows) {
    if (!isObject(row)) {
      rejected.push({ what: show(row), because: 'the correction is not an object' });
      continue;
    }
    if (isProductId(row.product) && row.product !== product.id) continue;
    const decoded = seen.has(row.version)
      ? { because: 'listed twice; the first counts' }
      : correction(row, product, today);
    if ('because' in decoded) {
      rejected.push({ what: show(row.version), because: decoded.because });
    } else {
      seen.add(row.version);
      accepted.push(decoded.value);
    }
  }
  return { source, accepted, rejected, lineClaims: [], complete: false, readOn: readOn.value };
}

function correction(row: JsonObject, product: Product, today: Day): Decoded<ReadRelease> {
  if (!isProductId(row.product)) return { because: '`product` is not the id of a product' };
  const stranger = unknownKey(row, ROW_KEYS);
  if (stranger !== null) return { because: stranger };
  const version = decodeVersion(row.version, product.versioning);
  if ('because' in version) return version;
  for (const key of ['because', 'source']) {
    const text = row[key];
    if (typeof text !== 'string' || text.trim() === '') return { because: `\`${key}\` is missing` };
    if (text.length > MAX_TEXT) return { because: `\`${key}\` is longer than ${MAX_TEXT} characters` };
  }
  if (row.date === undefined) return { because: '`date` is missing; null says that no date is to be believed' };
  const date: Decoded<Day | null> = row.date === null ? { value: null } : decodeDay(row.date);
  if ('because' in date) return { because: `\`date\`: ${date.because}` };
  const knownFrom: Decoded<Day | null> = row.knownFrom === undefined ? { value: null } : decodeDay(row.knownFrom);
  if ('because' in knownFrom) return { because: `\`knownFrom\`: ${knownFrom.because}` };
  if (knownFrom.value !== null && knownFrom.value > today) return { because: '`knownFrom` is in the future' };
  const text = String(row.version);
  const claim: ReadClaim = {
    subject: text,
    of: 'correction',
    state: date.value === null ? 'unknown' : 'dated',
    day: date.value,
    precision: 'day',
    suspect: date.value !== null && date.value > today ? 'dated in the future' : null,
    knownFrom: knownFrom.value,
  };
  return {
    value: { version: text, prerelease: version.value.prerelease !== null, claims: [claim], urgency: null },
  };
}

function isProductId(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value);
}

function unknownKey(entry: JsonObject, known: readonly string[]): string | null {
  const stranger = Object.keys(entry).find((key) => !known.includes(key));
  return stranger === undefined ? null : `unknown key "${show(stranger)}"; known are ${known.join(', ')}`;
}
