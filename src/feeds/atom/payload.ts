import { cleanText } from '../../domain/clean-text.ts';
import type { Day } from '../../domain/day.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadClaim, ReadRelease, Rejected } from '../../domain/reading.ts';
import type { ParsedVersion } from '../../versioning/scheme.ts';
import { type Decoded, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';
import { versionOfTag } from '../tag-forms.ts';
import { decodeMoment } from './moment.ts';
import type { NewsEntry, NewsFeed } from './parse.ts';

/**
 * Turns a feed into a reading with one `release-page` claim per entry that has a date. Pure.
 * @param place.address without credentials and query.
 * @param place.complete the feed holds every release; most hold the newest only.
 */
export function readNews(
  news: NewsFeed,
  place: { address: URL; product: Product; tags: readonly string[] | undefined; complete: boolean; today: Day },
): FeedReading {
  const { address, product, tags, complete, today } = place;
  const accepted: ReadRelease[] = [];
  const rejected: Rejected[] = [];
  const seen = new Set<string>();
  for (const entry of news.entries) {
    const decoded = release(entry, product, tags, today);
    const twice = 'value' in decoded && seen.has(decoded.value.version);
    if ('because' in decoded || twice) {
      const because = 'because' in decoded ? decoded.because : 'listed twice; the first counts';
      rejected.push({ what: show(entry.title ?? entry.id ?? entry.link ?? ''), because });
    } else {
      seen.add(decoded.value.version);
      accepted.push(decoded.value);
    }
  }
  const where = `${address.host}${address.pathname}`;
  const name = cleanText(news.title ?? '', 80) || where;
  const source = { id: `atom:${where}`, name, origin: `${address.protocol}//${where}`, licence: null };
  return { source, accepted, rejected, lineClaims: [], complete, readOn: today };
}

function release(
  entry: NewsEntry,
  product: Product,
  tags: readonly string[] | undefined,
  today: Day,
): Decoded<ReadRelease> {
  const named = versionOf(entry, tags, product);
  if (named === null) return { because: 'neither id, link nor title names a version of this product' };
  const claims: ReadClaim[] = [];
  if (entry.written !== null) {
    const day = decodeMoment(entry.written);
    if ('because' in day) return day;
    const suspect = day.value > today ? 'dated in the future' : null;
    claims.push({
      subject: named.version,
      of: 'release-page',
      state: 'dated',
      day: day.value,
      precision: 'day',
      suspect,
      knownFrom: null,
    });
  }
  return { value: { version: named.version, prerelease: named.prerelease !== null, claims, urgency: null } };
}

/** The version an entry is about: by its id, else its link, else its title. */
function versionOf(
  entry: NewsEntry,
  tags: readonly string[] | undefined,
  product: Product,
): (ParsedVersion & { readonly version: string }) | null {
  for (const text of [lastSegment(entry.id), lastSegment(entry.link), entry.title]) {
    if (text === null) continue;
    const decoded = versionOfTag(text, tags, product.versioning);
    // Tags such as v1.2.3 name the version 1.2.3, under which all other places know it.
    if ('value' in decoded) return { ...decoded.value, version: decoded.value.version.replace(/^v(?=\d)/i, '') };
  }
  return null;
}

/** What stands behind the last slash of an id or address, decoded; `null` when there is nothing. */
function lastSegment(text: string | null): string | null {
  if (text === null) return null;
  const path = /^https?:/i.test(text) && URL.canParse(text) ? new URL(text).pathname : text;
  const segment = path.split('/').findLast((part) => part !== '') ?? '';
  if (segment === '') return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
