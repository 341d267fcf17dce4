import type { Source } from '../../domain/claim.ts';
import type { Day } from '../../domain/day.ts';
import type { SchemeId } from '../../domain/product.ts';
import type { ReadClaim, ReadRelease, Rejected } from '../../domain/reading.ts';
import type { ParsedVersion } from '../../versioning/scheme.ts';
import { type Decoded, decodeInstant, isObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';
import { NIGHTLY } from '../nightly.ts';
import { versionOfTag } from '../tag-forms.ts';

/** A tag that names a version of the product. */
export interface Tag {
  readonly version: string;
  readonly parsed: ParsedVersion;
  /** Of the tag itself where it is one of its own (`type` is `tag`), else of what it points to. */
  readonly sha: string;
  readonly type: string;
}

/** Of git objects, by SHA-1 or SHA-256. */
export const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const PREFIX = 'refs/tags/';

/** The tags among a repository's refs that are versions of the product, and why the others are not. Pure. */
export function tagsOf(
  refs: readonly unknown[],
  forms: readonly string[] | undefined,
  scheme: SchemeId,
): { readonly tags: readonly Tag[]; readonly rejected: readonly Rejected[] } {
  const tags = new Map<string, Tag>();
  const rejected: Rejected[] = [];
  for (const entry of refs) {
    const decoded = tagOf(entry, forms, scheme);
    const because =
      'because' in decoded
        ? decoded.because
        : tags.has(decoded.value.version)
          ? 'listed twice; the first counts'
          : null;
    if (because !== null) rejected.push({ what: show(isObject(entry) ? nameOf(entry.ref) : entry), because });
    else if ('value' in decoded) tags.set(decoded.value.version, decoded.value);
  }
  return { tags: [...tags.values()], rejected };
}

function tagOf(entry: unknown, forms: readonly string[] | undefined, scheme: SchemeId): Decoded<Tag> {
  if (!isObject(entry)) return { because: 'the entry is not an object' };
  const { ref, object } = entry;
  if (typeof ref !== 'string' || !ref.startsWith(PREFIX)) return { because: 'not a tag' };
  const decoded = versionOfTag(nameOf(ref), forms, scheme);
  if ('because' in decoded) return decoded;
  const { version, ...parsed } = decoded.value;
  if (NIGHTLY.test(version)) return { because: 'a nightly build' };
  if (!isObject(object) || typeof object.sha !== 'string' || !SHA.test(object.sha) || typeof object.type !== 'string') {
    return { because: 'points to no object that can be read' };
  }
  return { value: { version, parsed, sha: object.sha, type: object.type } };
}

function nameOf(ref: unknown): unknown {
  return typeof ref === 'string' && ref.startsWith(PREFIX) ? ref.slice(PREFIX.length) : ref;
}

/** The day of an object; `null` when it has none (a tag on a tree, say). */
export type Dated = Decoded<Day | null>;

/** The day in UTC of an object's date as GitHub sends it. Pure. */
export function dayOf(date: unknown): Dated {
  if (date === null || date === undefined) return { value: null };
  return typeof date === 'string' ? decodeInstant(date) : { because: 'the date is not text' };
}

/**
 * One release per tag with a `tag` claim. Pure.
 * @param dates by sha; a tag whose object is not among them is taken without a claim.
 */
export function readTags(
  tags: readonly Tag[],
  others: readonly Rejected[],
  dates: ReadonlyMap<string, Dated>,
  { source, today }: { readonly source: Source; readonly today: Day },
): FeedReading {
  const accepted: ReadRelease[] = [];
  const rejected = [...others];
  for (const { version, parsed, sha } of tags) {
    const dated = dates.get(sha);
    if (dated !== undefined && 'because' in dated) {
      rejected.push({ what: show(version), because: dated.because });
      continue;
    }
    const claims = dated === undefined ? [] : [claimOf(version, dated.value, today)];
    accepted.push({ version, prerelease: parsed.prerelease !== null, claims, urgency: null });
  }
  return { source, accepted, rejected, lineClaims: [], complete: true, readOn: today };
}

function claimOf(subject: string, day: Day | null, today: Day): ReadClaim {
  const base = { subject, of: 'tag', day, precision: 'day', knownFrom: null } as const;
  if (day === null) return { ...base, state: 'unknown', suspect: null };
  return { ...base, state: 'dated', suspect: day > today ? 'dated in the future' : null };
}
