import type { Source } from '../../domain/claim.ts';
import { cleanText } from '../../domain/clean-text.ts';
import { type Day, minDay } from '../../domain/day.ts';
import { Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadClaim, ReadFact, ReadRelease, Rejected } from '../../domain/reading.ts';
import { type Decoded, decodeInstant, decodeVersion, isObject, type JsonObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';

/** Snapshots of a branch, `4.13.0.dev0`. Nobody plans around them. */
const SNAPSHOT = /[._-]?dev\d*$/i;

/**
 * Turns a package's JSON at PyPI into a reading with one `registry` claim per version. Pure.
 * @param place.name of the package, normalised.
 * @throws Problem when it is not the JSON of this package.
 */
export function readPackage(
  json: unknown,
  place: { address: string; name: string; product: Product; source: Source; today: Day },
): FeedReading {
  const { address, name, product, source, today } = place;
  const fail = (what: string): never => {
    throw new Problem(`${address}: ${what}`, { hint: 'Check `package` and `url` of the feed.' });
  };
  if (!isObject(json)) return fail('the answer is not an object');
  const { info, releases } = json;
  if (!isObject(info)) return fail('`info` is not an object');
  if (typeof info.name !== 'string' || normalised(info.name) !== name) {
    return fail(`the answer is of a package "${show(info.name)}"`);
  }
  if (!isObject(releases)) return fail('`releases` is not an object');
  if (Object.keys(releases).length === 0) return fail('it has no versions');

  const accepted: ReadRelease[] = [];
  const rejected: Rejected[] = [];
  const facts: ReadFact[] = [];
  for (const [version, files] of Object.entries(releases)) {
    const decoded = release(version, files, product, today);
    if ('because' in decoded) {
      rejected.push({ what: show(version), because: decoded.because });
    } else {
      accepted.push(decoded.value.release);
      facts.push(...decoded.value.facts);
    }
  }
  return { source, accepted, rejected, lineClaims: [], complete: true, readOn: today, facts };
}

/** A package's name as PyPI compares them (PEP 503). */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

interface Taken {
  readonly release: ReadRelease;
  readonly facts: readonly ReadFact[];
}

function release(version: string, sent: unknown, product: Product, today: Day): Decoded<Taken> {
  if (SNAPSHOT.test(version)) return { because: 'a development snapshot' };
  const parsed = decodeVersion(version, product.versioning);
  if ('because' in parsed) return parsed;
  if (!Array.isArray(sent)) return { because: 'its files are not a list' };
  // PyPI keeps a version whose files were all deleted, and says nothing of when it came.
  if (sent.length === 0) return { because: 'no files' };
  const files = sent.filter(isObject);
  if (files.length < sent.length) return { because: 'one of its files is not an object' };
  const claims = registryClaims(version, files, today);
  if ('because' in claims) return claims;
  const prerelease = parsed.value.prerelease !== null;
  return {
    value: { release: { version, prerelease, claims: claims.value, urgency: null }, facts: factsOf(version, files) },
  };
}

/** The version came with the first of its files; later ones are wheels for further platforms. */
function registryClaims(subject: string, files: readonly JsonObject[], today: Day): Decoded<readonly ReadClaim[]> {
  let first: Day | null = null;
  const times = files.map((file) => file.upload_time_iso_8601).filter((time) => time !== undefined);
  for (const time of times) {
    if (time === null) continue;
    const day = decodeInstant(time);
    if ('because' in day) return day;
    first = first === null ? day.value : minDay(first, day.value);
  }
  if (times.length === 0) return { value: [] };
  const base = { subject, of: 'registry', precision: 'day', knownFrom: null } as const;
  if (first === null) return { value: [{ ...base, state: 'unknown', day: null, suspect: null }] };
  const suspect = first > today ? 'dated in the future' : null;
  return { value: [{ ...base, state: 'dated', day: first, suspect }] };
}

function factsOf(subject: string, files: readonly JsonObject[]): readonly ReadFact[] {
  const facts: ReadFact[] = [];
  // A single withdrawn file leaves a version that pip still installs.
  if (files.every((file) => file.yanked === true)) {
    facts.push({ subject, key: 'yanked', value: firstText(files, 'yanked_reason') ?? 'no reason given' });
  }
  const python = firstText(files, 'requires_python');
  if (python !== null) facts.push({ subject, key: 'engines', value: `python ${python}` });
  return facts;
}

function firstText(files: readonly JsonObject[], key: string): string | null {
  for (const file of files) {
    const value = file[key];
    const text = typeof value === 'string' ? cleanText(value, 200) : '';
    if (text !== '') return text;
  }
  return null;
}
