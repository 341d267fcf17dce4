import type { Source } from '../../domain/claim.ts';
import type { Day } from '../../domain/day.ts';
import { Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadClaim, ReadRelease, Rejected } from '../../domain/reading.ts';
import { type Decoded, decodeVersion, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';
import type { WrittenDate } from './date.ts';
import { headingAt, readHeading } from './heading.ts';
import { urgencyOf } from './urgency.ts';

/**
 * Turns release notes into a reading with one `notes` claim per dated heading, and the urgency of each release. Pure.
 * @throws Problem when the text has no heading of a release.
 */
export function readNotes(
  text: string,
  place: { address: string; product: Product; source: Source; today: Day },
): FeedReading {
  const { address, product, source, today } = place;
  const lines = text.split(/\r?\n/);
  const headings = lines.flatMap((_, at) => {
    const heading = headingAt(lines, at);
    return heading === null ? [] : [{ at, heading }];
  });
  if (headings.length === 0) {
    throw new Problem(`${address} has no headings of Redis releases`, {
      hint: 'Name the notes of a release branch; those of the development branch are empty.',
    });
  }
  const accepted: ReadRelease[] = [];
  const rejected: Rejected[] = [];
  const versions = new Set<string>();
  for (const [i, { at, heading }] of headings.entries()) {
    const decoded = release(heading, lines.slice(at + 1, headings[i + 1]?.at), product, today);
    const twice = 'value' in decoded && versions.has(decoded.value.version);
    if ('because' in decoded || twice) {
      const because = 'because' in decoded ? decoded.because : 'listed twice; the first counts';
      rejected.push({ what: show(lines[at]), because });
    } else {
      versions.add(decoded.value.version);
      accepted.push(decoded.value);
    }
  }
  return { source, accepted, rejected, lineClaims: [], complete: false, readOn: today };
}

function release(text: string, notes: readonly string[], product: Product, today: Day): Decoded<ReadRelease> {
  const heading = readHeading(text);
  if ('because' in heading) return heading;
  const { version, date } = heading.value;
  const parsed = decodeVersion(version, product.versioning);
  if ('because' in parsed) return parsed;
  return {
    value: {
      version,
      prerelease: parsed.value.prerelease !== null,
      claims: date === null ? [] : [notesClaim(version, date, today)],
      urgency: urgencyOf(notes),
    },
  };
}

function notesClaim(subject: string, { day, precision, weekdayFits }: WrittenDate, today: Day): ReadClaim {
  const contradicted = weekdayFits ? null : 'the weekday in the notes contradicts the date';
  const suspect = day > today ? 'dated in the future' : contradicted;
  return { subject, of: 'notes', state: 'dated', day, precision, suspect, knownFrom: null };
}
