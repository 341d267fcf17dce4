import { compareLines } from '../versioning/scheme.ts';
import type { PlatformRow, PlatformTable } from './tables.ts';

export type PlatformFit = 'yes' | 'no' | 'unknown';

export interface PlatformAnswer {
  readonly fit: PlatformFit;
  readonly row: PlatformRow | null;
}

/** Where containers run, the distribution below does not matter. */
const ANYWHERE = ['docker', 'kubernetes'];

/** Whether an engine line runs on a release of an operating system such as `ubuntu-22.04`. Containers always do. */
export function runsOn(table: PlatformTable | null, platform: string, line: string): PlatformAnswer {
  if (ANYWHERE.includes(platform)) return { fit: 'yes', row: null };
  const rows = (table?.rows ?? []).filter((row) => row.platform === platform && row.lines.includes(line));
  // A package that was there tells as much as the matrix; a matrix that says no is about the future.
  const yes = rows.find((row) => row.supported);
  const row = yes ?? rows[0] ?? null;
  return { fit: row === null ? 'unknown' : row.supported ? 'yes' : 'no', row };
}

/** The next releases of the same operating system on which both lines run, lowest first. */
export function platformsForBoth(table: PlatformTable, platform: string, from: string, to: string): readonly string[] {
  const [system, release = '0'] = split(platform);
  return [...new Set(table.rows.map((row) => row.platform))]
    .filter((other) => split(other)[0] === system && compareLines(split(other)[1] ?? '0', release) > 0)
    .filter((other) => runsOn(table, other, from).fit === 'yes' && runsOn(table, other, to).fit === 'yes')
    .sort((a, b) => compareLines(split(a)[1] ?? '0', split(b)[1] ?? '0'));
}

function split(platform: string): readonly [string, string | undefined] {
  const at = platform.lastIndexOf('-');
  return at === -1 ? [platform, undefined] : [platform.slice(0, at), platform.slice(at + 1)];
}
