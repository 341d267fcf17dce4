import type { Source } from '../../domain/claim.ts';
import type { Day } from '../../domain/day.ts';
import { Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadClaim, ReadRelease, Rejected } from '../../domain/reading.ts';
import { type Decoded, decodeDay, decodeVersion, isObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';
import { cycleClaims } from './cycle.ts';

/**
 * Turns an answer of endoflife.date's API v1 into claims on lines, and one release per version named as the latest of a cycle. Pure.
 * README.md says what adds up.
 * @param place.name the product's name there.
 * @throws Problem when it is no such answer, of another product, or of another major version of the API.
 */
export function readProduct(
  json: unknown,
  place: { address: string; name: string; product: Product; source: Source; today: Day },
): FeedReading {
  const { address, name, product, source, today } = place;
  const fail = (what: string): never => {
    throw new Problem(`${address}: ${what}`, { hint: 'Check `name` and `url` of the feed; neap reads the API v1.' });
  };
  if (!isObject(json)) return fail('the answer is not an object');
  const { schema_version: schema, result } = json;
  if (typeof schema !== 'string' || !/^1(?:\.|$)/.test(schema)) {
    return fail(`the answer has the schema version "${show(schema)}", not 1`);
  }
  if (!isObject(result)) return fail('`result` is not an object');
  const aliases: readonly unknown[] = Array.isArray(result.aliases) ? result.aliases : [];
  if (result.name !== name && !aliases.includes(name)) {
    return fail(`the answer is of a product "${show(result.name)}"`);
  }
  if (!Array.isArray(result.releases)) return fail('`releases` is not a list');

  const rejected: Rejected[] = [];
  const lineClaims: ReadClaim[] = [];
  const accepted = new Map<string, ReadRelease>();
  const names = new Set<unknown>();
  for (const cycle of result.releases as readonly unknown[]) {
    const subject = isObject(cycle) ? cycle.name : cycle;
    const claims = names.has(subject) ? { because: 'listed twice; the first counts' } : cycleClaims(cycle);
    if ('because' in claims) {
      rejected.push({ what: `line ${show(subject)}`, because: claims.because });
      continue;
    }
    names.add(subject);
    lineClaims.push(...claims.value);
    const latest = isObject(cycle) ? cycle.latest : null;
    if (latest === null || latest === undefined) continue;
    const release = latestRelease(latest, product, today);
    if ('because' in release) {
      rejected.push({ what: show(isObject(latest) ? latest.name : latest), because: release.because });
    } else if (!accepted.has(release.value.version)) {
      accepted.set(release.value.version, release.value);
    }
  }
  return { source, accepted: [...accepted.values()], rejected, lineClaims, complete: false, readOn: today };
}

function latestRelease(latest: unknown, product: Product, today: Day): Decoded<ReadRelease> {
  if (!isObject(latest)) return { because: 'the latest version is not an object' };
  const { name, date } = latest;
  const version = decodeVersion(name, product.versioning);
  if ('because' in version) return version;
  const subject = String(name);
  const prerelease = version.value.prerelease !== null;
  const release = { version: subject, prerelease, urgency: null };
  if (date === undefined) return { value: { ...release, claims: [] } };
  const base = { subject, of: 'lifecycle', precision: 'day', knownFrom: null } as const;
  if (date === null) {
    return { value: { ...release, claims: [{ ...base, state: 'unknown', day: null, suspect: null }] } };
  }
  const day = decodeDay(date);
  if ('because' in day) return day;
  const suspect = day.value > today ? 'dated in the future' : null;
  return { value: { ...release, claims: [{ ...base, state: 'dated', day: day.value, suspect }] } };
}
