import drivers from '../../data/compat/mongodb-driver.json' with { type: 'json' };
import { type Day, type DayNumber, day, toNumber } from '../domain/day.ts';
import type { Herald } from '../domain/forecast.ts';
import type { History, Release } from '../domain/release.ts';
import { compareLines } from '../versioning/scheme.ts';

/** A release candidate: alphas, betas and milestones come too long before a release, and too irregularly, to tell its day. */
const CANDIDATE = /rc/i;

/**
 * The first release candidate of each line of a series, with the days the line came and was passed. Lines that were out before their first
 * candidate are left out: those are patches being tried. Pure.
 * @param events the feature releases of the series, by day.
 * @param wanted whether a release's line belongs to the series.
 */
export function heraldsOf(
  history: History,
  events: readonly { readonly day: Day; readonly line: string }[],
  wanted: (release: Release) => boolean,
): readonly Herald[] {
  const first = new Map<string, DayNumber>();
  const out = new Map<string, DayNumber>();
  for (const release of history.releases) {
    if (release.date === null || release.level === 'development') continue;
    const prerelease = release.level === 'prerelease';
    if (prerelease && !(CANDIDATE.test(release.version) && wanted(release))) continue;
    const days = prerelease ? first : out;
    const on = toNumber(release.date);
    days.set(release.line, Math.min(on, days.get(release.line) ?? on));
  }
  const candidates = [...first].map(([line, seen]) => ({ kind: 'candidate' as const, line, seen }));
  const hosted = new Set(history.lines.filter(({ selfManaged }) => !selfManaged).map(({ line }) => line));
  const admitted = history.product === drivers.engine ? driverSigns().filter(({ line }) => !hosted.has(line)) : [];
  return [...candidates, ...admitted].flatMap(({ kind, line, seen }): readonly Herald[] => {
    const came = out.get(line) ?? null;
    if (came !== null && came <= seen) return [];
    const higher = events.flatMap((event) => (compareLines(event.line, line) > 0 ? [toNumber(event.day)] : []));
    return [{ kind, line, seen, came, passed: higher.length === 0 ? null : Math.min(...higher) }];
  });
}

/** The day from which a driver has admitted each line that is the highest of its time. */
function driverSigns(): readonly { readonly kind: 'driver'; readonly line: string; readonly seen: DayNumber }[] {
  const first = new Map<string, DayNumber>();
  for (const { released, server } of drivers.rows) {
    const line = server?.[1];
    if (line === undefined || line === null) continue;
    const seen = toNumber(day(released));
    first.set(line, Math.min(seen, first.get(line) ?? seen));
  }
  return [...first].map(([line, seen]) => ({ kind: 'driver' as const, line, seen }));
}
