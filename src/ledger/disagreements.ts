import type { Claim } from '../domain/claim.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import type { LineClaimKind } from '../domain/product.ts';
import type { History, Release } from '../domain/release.ts';
import { lastWords, NEVER_EFFECTIVE } from './effective.ts';

/** Days that sources may differ about one date before neap calls it a disagreement. */
export const TOLERATED = 3;

/** Sources that give one date differently. */
export interface Disagreement {
  /** A version or a line. */
  readonly subject: string;
  /** What they differ about: the day of publication of a version, or a date of a line. */
  readonly about: 'publication' | LineClaimKind;
  /** Days between the earliest and the latest word; more than `TOLERATED`. */
  readonly days: number;
  /** The words, earliest day first. */
  readonly claims: readonly Claim[];
}

/** Everything the sources of a product disagree about, the greatest difference first. Suspect words count for nothing. */
export function disagreementsOf(history: History, claims: readonly Claim[]): readonly Disagreement[] {
  const publications = history.releases.map((release) => found(release.version, 'publication', words(release)));
  const ofLines = claims.filter((claim) => LINE_DATES.some((of) => of === claim.of));
  const lines = [...Map.groupBy(ofLines, (claim) => `${claim.of} ${claim.subject}`).values()].map((spoken) => {
    const [first] = spoken;
    const about = LINE_DATES.find((of) => of === first?.of) ?? 'eol';
    return found(first?.subject ?? '', about, lastWords(spoken).filter(isDated));
  });
  return [...publications, ...lines]
    .filter((one) => one.days > TOLERATED)
    .toSorted((a, b) => b.days - a.days || (a.subject < b.subject ? -1 : 1));
}

/** Days between the earliest and the latest word on a release's publication; 0 with fewer than two words. */
export function disagreement(release: Release): number {
  return found(release.version, 'publication', words(release)).days;
}

const LINE_DATES: readonly LineClaimKind[] = ['ga', 'support-end', 'eol', 'extended-end'];

function words({ claims }: Release): readonly Claim[] {
  return [...Map.groupBy(claims, (claim) => claim.of)]
    .filter(([of]) => !NEVER_EFFECTIVE.has(of))
    .flatMap(([, spoken]) => lastWords(spoken))
    .filter(isDated);
}

function found(subject: string, about: Disagreement['about'], claims: readonly Claim[]): Disagreement {
  const ordered = claims.toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
  const [first, last] = [ordered.at(0), ordered.at(-1)];
  const days = first === undefined || last === undefined ? 0 : daysBetween(dayOf(first), dayOf(last));
  return { subject, about, days, claims: ordered };
}

function isDated(claim: Claim): boolean {
  return claim.state === 'dated' && claim.day !== null && claim.suspect === null && claim.precision === 'day';
}

/** Only asked of claims that are dated. */
function dayOf(claim: Claim): Day {
  if (claim.day === null) throw new RangeError(`a claim on ${claim.subject} has no day`);
  return claim.day;
}
