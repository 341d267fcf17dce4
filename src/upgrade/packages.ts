import semver from 'semver';
import { addDays, type Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { type Admission, admission, compatOf, rowFor } from './compat.ts';
import type { Compat } from './compat-tables.ts';
import type { Tables } from './tables.ts';
import { YOUNGEST_PATCH } from './target.ts';

/** A driver, client, ODM or queue library of the store. */
export interface Package {
  readonly id: string;
  readonly product: Product;
  /** `null` when the team did not say. */
  readonly running: string | null;
  /** `null` when its releases are not known. */
  readonly history: History | null;
}

/** A version to go to, and what it rests on. */
export interface PackageChoice {
  readonly id: string;
  readonly name: string;
  readonly product: string;
  /** Its name on the npm registry; `null` when it is not there. */
  readonly npm: string | null;
  readonly from: string;
  readonly to: string;
  /** The engine lines it is chosen for, in the order of the route. */
  readonly covers: readonly string[];
  readonly because: string;
  readonly verified: boolean;
}

export type PackageResult =
  /** What runs admits both lines. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'change'; readonly choice: PackageChoice }
  /** No version admits both. */
  | { readonly kind: 'none'; readonly because: string };

/**
 * The version a package must have before the engine moves from the first of these lines to the second: what runs if it admits both; else
 * of the lowest major with one that does, the version that carries farthest along the route, of equals the newest. No further than this hop
 * needs, so that the majors on the way stay with the same hops when the first of them are done. Pure.
 * @param lines of the engine, from the one that runs on; at least two.
 */
export function versionFor(
  one: Package,
  running: string,
  lines: readonly string[],
  asOf: Day,
  tables: Tables,
  wanted: { readonly driver?: string | null } = {},
): PackageResult {
  const compat = compatOf(tables, one.product.id);
  const [from = '', to = ''] = lines;
  if (compat === null) return { kind: 'none', because: `nothing is known of which engines ${one.product.name} admits` };
  const admitted = (version: string, line: string): Admission => admission(compat, one.product.name, version, line);
  const reach = (version: string) => {
    const stop = lines.findIndex((line) => admitted(version, line).fit !== 'yes');
    return stop === -1 ? lines.length : stop;
  };
  if (reach(running) >= 2) return { kind: 'keep' };
  const candidates = newerOf(one, running, asOf)
    .map((version) => ({ version, reach: reach(version), major: semver.major(version) }))
    .filter((candidate) => candidate.reach >= 2)
    .filter(({ version }) => wanted.driver == null || semver.satisfies(version, wanted.driver));
  const [best] = candidates.sort(
    (a, b) => a.major - b.major || b.reach - a.reach || semver.compare(b.version, a.version),
  );
  if (best === undefined) {
    if (wanted.driver != null) return versionFor(one, running, lines, asOf, tables);
    const now = admitted(running, to);
    return { kind: 'none', because: `${now.because}; no known ${one.product.name} admits both ${from} and ${to}` };
  }
  const row = admitted(best.version, to);
  return {
    kind: 'change',
    choice: {
      id: one.id,
      name: one.product.name,
      product: one.product.id,
      npm: one.product.npm,
      from: running,
      to: best.version,
      covers: lines.slice(0, best.reach),
      because: `${admitted(running, admitted(running, from).fit === 'yes' ? to : from).because}; ${row.because}`,
      verified: row.verified,
    },
  };
}

/** General releases above what runs that are old enough, the newest of each minor. */
export function newerOf({ history }: Package, running: string, asOf: Day): readonly string[] {
  const newest = new Map<string, string>();
  for (const { version, level, date } of history?.releases ?? []) {
    if (level === 'prerelease' || semver.valid(version) === null || semver.lte(version, running)) continue;
    if (date !== null && date > addDays(asOf, -YOUNGEST_PATCH)) continue;
    const minor = `${semver.major(version)}.${semver.minor(version)}`;
    const held = newest.get(minor);
    if (held === undefined || semver.gt(version, held)) newest.set(minor, version);
  }
  return [...newest.values()];
}

/** The driver range an ODM version depends on; `null` when it depends on none, or nobody knows. */
export function driverOf(tables: Tables, product: string, version: string): string | null {
  const compat = compatOf(tables, product);
  return compat === null ? null : (rowFor(compat, version)?.driver ?? null);
}

/** The Node.js range a package version declares. */
export function nodeOf(tables: Tables, product: string, version: string): string | null {
  const compat = compatOf(tables, product);
  return compat === null ? null : (rowFor(compat, version)?.node ?? null);
}

/** Known troubles of a version on an engine line that do not follow from its limits. */
export function notesOn(compat: Compat, version: string, line: string): Compat['notes'] {
  const number = (text: string) => text.split('.').map(Number);
  const reaches = (floor: string) => {
    const [a, b] = [number(line), number(floor)];
    return (a[0] ?? 0) > (b[0] ?? 0) || (a[0] === b[0] && (a[1] ?? 0) >= (b[1] ?? 0));
  };
  return compat.notes.filter(
    (note) => semver.satisfies(version, note.versions) && (note.engineFrom === null || reaches(note.engineFrom)),
  );
}
