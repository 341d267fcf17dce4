import type { SchemeId } from '../domain/product.ts';
import { compareLines, type ParsedVersion, type Scheme } from '../versioning/scheme.ts';
import type { Series } from './series.ts';

/** Minors looked at for the next one that teams can run: MongoDB has had three in a row that they cannot. */
const MINORS_AHEAD = 12;
/** A leading number from here on is a year. */
const FIRST_YEAR = 1990;

export interface ComingInput {
  readonly series: Series;
  /** Lines that are out or announced, and the line that runs; in any order. */
  readonly out: readonly string[];
  readonly scheme: Scheme;
  /** Whether the team's edition can run it. */
  readonly runnable: (version: Pick<ParsedVersion, 'selfManaged'>) => boolean;
}

/**
 * Lines not out yet that could come through the range, lowest first: the next minor of each major, the next major, and the line at which
 * the range itself begins. Empty when it admits only lines that are out. Pure.
 */
export function comingLines({ series, out, scheme, runnable }: ComingInput): readonly string[] {
  const known = out.toSorted(compareLines);
  const newestOf = new Map(known.map((line) => [majorOf(line), line]));
  const newestMajor = Math.max(-1, ...newestOf.keys());
  const lineOf = (version: string): readonly string[] => {
    const parsed = scheme.parse(version);
    return parsed !== null && !parsed.development && runnable(parsed) ? [parsed.line] : [];
  };
  const nextMinor = (line: string): readonly string[] => {
    const [major, minor] = line.split('.').map(Number);
    if (minor === undefined) return [];
    for (let ahead = 1; ahead <= MINORS_AHEAD; ahead++) {
      const found = lineOf(`${major}.${minor + ahead}.0`);
      if (found.length > 0) return found;
    }
    return [];
  };
  const begins = series.floors
    .flatMap(({ numbers: [major = 0, minor = 0] }) => lineOf(`${major}.${minor}.0`))
    .filter((line) => {
      const newest = newestOf.get(majorOf(line));
      return newest === undefined ? majorOf(line) > newestMajor : compareLines(line, newest) > 0;
    });
  const nextMajor = known.length === 0 ? [] : lineOf(`${newestMajor + 1}.0.0`);
  return [...new Set([...[...newestOf.values()].flatMap(nextMinor), ...nextMajor, ...begins])]
    .filter(series.admitsLine)
    .sort(compareLines);
}

/**
 * The next step of the same size within the same major: after 8.8 and 8.10 comes 8.12. `null` where nobody can say, such as after a new
 * major, and where lines are months of a year.
 */
export function nextInStep(lines: readonly string[], versioning: SchemeId): string | null {
  const [before, last] = lines.slice(-2).map((line) => line.split('.').map(Number));
  if (versioning === 'calver' || before === undefined || last === undefined) return null;
  const step = (last.at(-1) ?? 0) - (before.at(-1) ?? 0);
  if (step <= 0 || before.length !== last.length || (last[0] ?? 0) >= FIRST_YEAR) return null;
  if (before.slice(0, -1).join('.') !== last.slice(0, -1).join('.')) return null;
  return [...last.slice(0, -1), (last.at(-1) ?? 0) + step].join('.');
}

function majorOf(line: string): number {
  return Number(line.split('.')[0]);
}
