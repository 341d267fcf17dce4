import type { Source } from '../../domain/claim.ts';
import { type Day, parseDay } from '../../domain/day.ts';
import { Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadClaim, ReadRelease, Rejected } from '../../domain/reading.ts';
import { type Decoded, decodeVersion, isObject, type JsonObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';

/**
 * Turns MongoDB's full.json or current.json into a reading with one `build` claim per version. Pure.
 * @param place.complete whether the list holds every version ever published.
 * @throws Problem when it is no such list, or an empty one: that MongoDB never had a release would be false.
 */
export function readVersions(
  json: unknown,
  place: { address: string; product: Product; source: Source; complete: boolean; today: Day },
): FeedReading {
  const { address, product, source, complete, today } = place;
  const fail = (what: string): never => {
    throw new Problem(`${address}: ${what}`, { hint: 'It should be the full.json or current.json of MongoDB.' });
  };
  if (!isObject(json)) return fail('the answer is not an object');
  if (!Array.isArray(json.versions)) return fail('`versions` is not a list');
  if (json.versions.length === 0) return fail('it lists no versions');

  const accepted: ReadRelease[] = [];
  const rejected: Rejected[] = [];
  const names = new Set<unknown>();
  for (const entry of json.versions as readonly unknown[]) {
    if (!isObject(entry)) {
      rejected.push({ what: show(entry), because: 'the entry is not an object' });
      continue;
    }
    const twice = names.has(entry.version);
    const decoded = twice ? { because: 'listed twice; the first counts' } : release(entry, product, today);
    if ('because' in decoded) {
      rejected.push({ what: show(entry.version), because: decoded.because });
    } else {
      names.add(entry.version);
      accepted.push(decoded.value);
    }
  }
  return { source, accepted, rejected, lineClaims: [], complete, readOn: today, marksFirstSeen: true };
}

function release(entry: JsonObject, product: Product, today: Day): Decoded<ReadRelease> {
  const version = decodeVersion(entry.version, product.versioning);
  if ('because' in version) return version;
  const claims = buildClaims(String(entry.version), entry, today);
  if ('because' in claims) return claims;
  const flagged = entry.release_candidate === true || entry.development_release === true;
  return {
    value: {
      version: String(entry.version),
      prerelease: version.value.prerelease !== null || flagged,
      claims: claims.value,
      urgency: null,
    },
  };
}

function buildClaims(subject: string, { date }: JsonObject, today: Day): Decoded<readonly ReadClaim[]> {
  // Absent: nothing is said of the day. Null: MongoDB says that it does not know.
  if (date === undefined) return { value: [] };
  const base = { subject, of: 'build', precision: 'day', knownFrom: null } as const;
  if (date === null) return { value: [{ ...base, state: 'unknown', day: null, suspect: null }] };
  const day = decodeMonthDayYear(date);
  if ('because' in day) return day;
  const suspect = day.value > today ? 'dated in the future' : null;
  return { value: [{ ...base, state: 'dated', day: day.value, suspect }] };
}

/** A calendar day written `MM/DD/YYYY`, as MongoDB does. */
function decodeMonthDayYear(value: unknown): Decoded<Day> {
  const match = typeof value === 'string' ? /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value) : null;
  const parsed = match === null ? null : parseDay(`${match[3]}-${match[1]}-${match[2]}`);
  return parsed === null ? { because: `"${show(value)}" is not a calendar day (MM/DD/YYYY)` } : { value: parsed };
}
