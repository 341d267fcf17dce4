import { addDays, type Day } from '../domain/day.ts';
import type { History, Release } from '../domain/release.ts';
import { compareVersions, type ParsedVersion, type Scheme } from '../versioning/scheme.ts';
import type { AdvisoryRow } from './tables.ts';

/** A patch younger than this may still be withdrawn; design.md section 8. */
export const YOUNGEST_PATCH = 7;

export interface Target {
  readonly version: string;
  readonly released: Day | null;
  /** Defects that the version still has. */
  readonly open: readonly AdvisoryRow[];
  /** Why this patch and not another, one sentence. */
  readonly because: string;
}

/** Whether a version lies in one of an advisory's ranges. */
export function affects(advisory: AdvisoryRow, version: string, scheme: Scheme): boolean {
  const parsed = scheme.parse(version);
  const at = (text: string) => scheme.parse(text);
  return (
    parsed !== null &&
    advisory.affected.some(({ from, below, until, through, fromExcluded }) => {
      const [low, high, last] = [at(from), at(below ?? until ?? ''), at(through ?? '')];
      if (low === null || compareVersions(parsed, low) < (fromExcluded === true ? 1 : 0)) return false;
      return (
        (high === null || compareVersions(parsed, high) < 0) && (last === null || compareVersions(parsed, last) <= 0)
      );
    })
  );
}

/** The advisories that a version of a product is open to. */
export function openAdvisories(
  product: string,
  version: string,
  scheme: Scheme,
  advisories: readonly AdvisoryRow[],
): readonly AdvisoryRow[] {
  return advisories.filter((advisory) => advisory.product === product && affects(advisory, version, scheme));
}

/**
 * The patch of a line to go to: the newest that is at least seven days old and without a known defect, or a younger one when it mends what
 * the older ones have. `null` when none is seven days old. Pure.
 */
export function targetOf(
  history: History,
  line: string,
  asOf: Day,
  scheme: Scheme,
  advisories: readonly AdvisoryRow[],
): Target | null {
  const published = history.releases
    .flatMap((release): readonly { release: Release; parsed: ParsedVersion }[] => {
      const parsed = scheme.parse(release.version);
      const counts = release.line === line && release.level !== 'prerelease' && release.date !== null;
      return counts && parsed !== null && release.date !== null && release.date <= asOf ? [{ release, parsed }] : [];
    })
    .sort((a, b) => compareVersions(b.parsed, a.parsed));
  const open = (version: string) => openAdvisories(history.product, version, scheme, advisories);
  const settled = published.filter(
    ({ release }) => release.date !== null && release.date <= addDays(asOf, -YOUNGEST_PATCH),
  );
  const [newest, latest] = [settled[0], published[0]];
  if (newest === undefined || latest === undefined) return null;
  const sound = settled.find(({ release }) => open(release.version).length === 0) ?? newest;
  const left = open(sound.release.version);
  const fresh = open(latest.release.version);
  if (fresh.length < left.length) {
    const mended = left.filter((one) => !fresh.includes(one)).map(({ id }) => id);
    const because = `it mends ${mended.join(', ')}, so it need not be ${YOUNGEST_PATCH} days old`;
    return { version: latest.release.version, released: latest.release.date, open: fresh, because };
  }
  const because =
    sound === newest
      ? `the newest ${line} that is at least ${YOUNGEST_PATCH} days old`
      : `the newest ${line} that is at least ${YOUNGEST_PATCH} days old and without a known defect`;
  return { version: sound.release.version, released: sound.release.date, open: left, because };
}
