import type { Source } from '../domain/claim.ts';
import type { History, Line, LineDate, Release } from '../domain/release.ts';
import type { DerivedEnd } from '../forecast/lifecycle.ts';
import { disagreement, TOLERATED } from '../ledger/disagreements.ts';
import { table, withPrecision } from './text.ts';

/** Releases newest first, as a table; `limit` rows, all when null. */
export function releasesText(history: History, sources: ReadonlyMap<string, Source>, limit: number | null): string {
  const newest = newestFirst(history);
  const shown = limit === null ? newest : newest.slice(0, limit);
  const rows = shown.map((release) => [
    release.version,
    withPrecision(release.date, release.precision),
    release.feature ? `${release.level}, feature` : release.level,
    release.dateFrom === null
      ? suspicion(release)
      : `${release.dateFrom.of}, ${nameOf(release.dateFrom.source, sources)}`,
    disagreement(release) > TOLERATED ? `sources differ by ${disagreement(release)} days` : '',
    release.urgency ?? '',
  ]);
  const rest = newest.length - shown.length;
  const more = rest > 0 ? `… and ${rest} older ones: --all\n` : '';
  return table([['version', 'date', 'level', 'date from', '', 'urgency'], ...rows]) + more;
}

/** Newest first, undated ones last: where they belong is not known. */
function newestFirst({ releases }: History): readonly Release[] {
  return [...releases.filter(({ date }) => date !== null).reverse(), ...releases.filter(({ date }) => date === null)];
}

function suspicion(release: Release): string {
  return release.claims.find((claim) => claim.suspect !== null)?.suspect ?? 'no source gives a date';
}

export function releasesJson(history: History, sources: ReadonlyMap<string, Source>): object {
  return {
    product: history.product,
    observedThrough: history.observedThrough,
    releases: newestFirst(history).map((release) => ({
      version: release.version,
      line: release.line,
      level: release.level,
      feature: release.feature,
      selfManaged: release.selfManaged,
      date: release.date,
      precision: release.precision,
      dateFrom:
        release.dateFrom === null ? null : { ...release.dateFrom, name: nameOf(release.dateFrom.source, sources) },
      disagreementDays: disagreement(release),
      disagrees: disagreement(release) > TOLERATED,
      urgency: release.urgency,
      claims: release.claims.map(({ of, state, day, precision, source, knownFrom, confirmed, suspect }) => ({
        of,
        state,
        day,
        precision,
        source,
        knownFrom,
        confirmed,
        suspect,
      })),
    })),
  };
}

/** Lines as a table; ends nobody stated are shown as derived, with `~`. @param limit rows, all when null. */
export function linesText(history: History, limit: number | null, derived: readonly DerivedEnd[]): string {
  const shown = limit === null ? history.lines : history.lines.slice(0, limit);
  const rows = shown.map((line) => [
    line.line,
    line.ga ?? 'unknown',
    line.latest === null ? '' : `${line.latest.version} (${line.latest.date ?? 'undated'})`,
    String(line.releases),
    ending(line.supportEnd, derivedFor(line.line, 'support-end', derived)),
    ending(line.eol, derivedFor(line.line, 'eol', derived)),
    line.selfManaged ? '' : 'vendor-hosted only',
  ]);
  const rest = history.lines.length - shown.length;
  const more = rest > 0 ? `… and ${rest} older ones: --all\n` : '';
  return table([['line', 'first release', 'newest', 'releases', 'end of support', 'end of life', ''], ...rows]) + more;
}

export function linesJson(history: History, derived: readonly DerivedEnd[]): object {
  return {
    product: history.product,
    observedThrough: history.observedThrough,
    lines: history.lines satisfies readonly Line[],
    derivedEnds: derived,
  };
}

function derivedFor(line: string, of: DerivedEnd['of'], derived: readonly DerivedEnd[]): DerivedEnd | undefined {
  return derived.find((end) => end.line === line && end.of === of);
}

function ending(date: LineDate | null, derived: DerivedEnd | undefined): string {
  if (derived?.from === 'rule') return `~${derived.day}`;
  if (derived !== undefined) return `~${derived.earliest.slice(0, 7)} … ${derived.latest.slice(0, 7)}`;
  if (date === null) return '';
  if (date.state === 'dated') return date.day ?? '';
  return { unknown: 'not announced', over: 'over', none: 'none' }[date.state];
}

function nameOf(source: string, sources: ReadonlyMap<string, Source>): string {
  return sources.get(source)?.name ?? source;
}
