import type { Source } from '../../domain/claim.ts';
import type { Day } from '../../domain/day.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadRelease, Rejected } from '../../domain/reading.ts';
import { type Decoded, decodeInstant, isObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';
import { NIGHTLY } from '../nightly.ts';
import { versionOfTag } from '../tag-forms.ts';

export interface Page {
  readonly product: Product;
  readonly source: Source;
  /** Forms of the tags that are versions of the product. */
  readonly tags: readonly string[] | undefined;
  readonly complete: boolean;
  readonly today: Day;
}

/** Turns the entries of a releases page into releases with one `release-page` claim each. Pure. */
export function readReleases(entries: readonly unknown[], page: Page): FeedReading {
  const accepted = new Map<string, ReadRelease>();
  const rejected: Rejected[] = [];
  for (const entry of entries) {
    const decoded = release(entry, page);
    if ('because' in decoded) {
      rejected.push({ what: show(isObject(entry) ? entry.tag_name : entry), because: decoded.because });
    } else if (accepted.has(decoded.value.version)) {
      rejected.push({ what: show(decoded.value.version), because: 'listed twice; the first counts' });
    } else {
      accepted.set(decoded.value.version, decoded.value);
    }
  }
  const { source, complete, today } = page;
  return { source, accepted: [...accepted.values()], rejected, lineClaims: [], complete, readOn: today };
}

function release(entry: unknown, { product, tags, today }: Page): Decoded<ReadRelease> {
  if (!isObject(entry)) return { because: 'the entry is not an object' };
  if (entry.draft === true) return { because: 'a draft' };
  const decoded = versionOfTag(entry.tag_name, tags, product.versioning);
  if ('because' in decoded) return decoded;
  const { version, prerelease } = decoded.value;
  if (NIGHTLY.test(version)) return { because: 'a nightly build' };
  if (entry.published_at === null || entry.published_at === undefined) return { because: 'has no day of publication' };
  const day = decodeInstant(entry.published_at);
  if ('because' in day) return day;
  const suspect = day.value > today ? 'dated in the future' : null;
  const claim = { subject: version, of: 'release-page', state: 'dated', day: day.value, precision: 'day' } as const;
  return {
    value: {
      version,
      // GitHub's tick is its publisher's choice; a version can be a prerelease without it.
      prerelease: entry.prerelease === true || prerelease !== null,
      claims: [{ ...claim, suspect, knownFrom: null }],
      urgency: null,
    },
  };
}
