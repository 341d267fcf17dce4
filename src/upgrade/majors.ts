import semver from 'semver';
import type { Day } from '../domain/day.ts';
import { admission, compatOf } from './compat.ts';
import { newerOf, type Package } from './packages.ts';
import type { MajorRow, Tables } from './tables.ts';

/** A version on the way of a package from major to major. */
export interface Stop {
  readonly version: string;
  /** Majors it enters, ascending: its own and those passed over before it. Empty for a version within the major that runs. */
  readonly majors: readonly number[];
  /** What to know of it, sentences. */
  readonly details: readonly string[];
}

/** The way of a package: from a version, to a version, while an engine of this line runs. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly line: string;
  /** Whether what runs beside it lets the package be at a version before its first major. */
  readonly mayStart: (version: string) => boolean;
}

/**
 * The versions a package goes through, one major at a time, `to` last. Each lands on the newest old enough of its major that admits the
 * engine that runs meanwhile; a major without one is passed over, and the next stop says so. Where the vendor advises a version to start
 * from, the newest of the running major comes first. Pure.
 */
export function stopsTo(one: Package, { from, to, line, mayStart }: Way, asOf: Day, tables: Tables): readonly Stop[] {
  const compat = compatOf(tables, one.product.id);
  const { name } = one.product;
  const newer = newerOf(one, from, asOf).filter(
    (version) => compat !== null && admission(compat, name, version, line).fit === 'yes',
  );
  const engine = compat?.engine ?? 'the engine';
  const newestOf = (major: number, floor: string) =>
    newer.filter((version) => semver.major(version) === major && semver.gt(version, floor)).sort(semver.rcompare)[0];
  const stops: Stop[] = [];
  let at = from;
  let passed: readonly number[] = [];
  let said: readonly string[] = [];
  for (let major = semver.major(from) + 1; major <= semver.major(to); major++) {
    const row = majorRow(tables, one.product.id, major);
    if (row === null && major < semver.major(to) && !isPublished(one, major)) continue;
    const advised = row?.startFrom ?? null;
    if (advised !== null && semver.lt(at, `${advised}.0`)) {
      const start = newestOf(semver.major(at), at);
      if (start !== undefined && semver.gte(start, `${advised}.0`) && mayStart(start)) {
        stops.push({
          version: start,
          majors: [],
          details: [`go by ${name} ${advised} or newer before ${major}.0, as its vendor advises`],
        });
        at = start;
      } else {
        said = [...said, `its vendor advises ${name} ${advised} before ${major}.0, but none fits what runs beside it`];
      }
    }
    const version = major === semver.major(to) ? to : newestOf(major, at);
    passed = [...passed, major];
    if (version === undefined) {
      said = [...said, `${name} ${major} is passed over: no known version of it admits ${engine} ${line}`];
      continue;
    }
    stops.push({ version, majors: passed, details: said });
    at = version;
    passed = [];
    said = [];
  }
  return semver.major(from) === semver.major(to) ? [{ version: to, majors: [], details: [] }] : stops;
}

/** What is known of a major of a package; `null`: nothing. */
export function majorRow(tables: Tables, product: string, major: number): MajorRow | null {
  return tables.majors.find((row) => row.product === product && semver.major(`${row.from}.0`) === major) ?? null;
}

/** Vendors skip numbers: a major nobody has seen is not passed over but was never there. */
function isPublished({ history }: Package, major: number): boolean {
  return (history?.releases ?? []).some(
    ({ version, level }) => level !== 'prerelease' && semver.valid(version) !== null && semver.major(version) === major,
  );
}
