import semver from 'semver';
import { addDays, type Day } from '../../domain/day.ts';

/** A version with the day the registry gives. */
export interface Published {
  readonly version: semver.SemVer;
  readonly day: Day;
}

/** Lines that, when so many of them move in one week out of order, nobody moved by hand. Sweeps of backports reach three or four. */
const OVERTAKEN_LINES = 5;
/** Lines in one week that nobody publishes, in order or not. */
const ANY_LINES = 20;

/**
 * Why the publish day of a version is not to be believed, by version text. Registries tell the day on which they got a version, which for
 * a mirror is any later day. Four signs, none of which people produce:
 *
 * 1. a day after `today`;
 * 2. a version dated after a higher version of its own line;
 * 3. the first release of a line dated after one of a higher line of the same major;
 * 4. a week in which versions of at least five lines appear that were overtaken by a higher line before that week, or in which versions
 *    of at least twenty lines appear at all. In the first case the overtaken ones are suspect, in the second all.
 *
 * Reasons carry no counts, so that the same facts give the same words in every reading.
 */
export function suspectDays(published: readonly Published[], today: Day): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const suspect = (entry: Published, because: string) => {
    if (!reasons.has(entry.version.version)) reasons.set(entry.version.version, because);
  };
  const ascending = published.toSorted((a, b) => semver.compare(a.version, b.version));
  for (const entry of ascending) {
    if (entry.day > today) suspect(entry, 'dated in the future');
  }
  afterHigherOfLine(ascending, suspect);
  firstAfterHigherLine(ascending, suspect);
  crowdedWeeks(ascending, suspect);
  return reasons;
}

type Suspect = (entry: Published, because: string) => void;

function afterHigherOfLine(ascending: readonly Published[], suspect: Suspect): void {
  let earliest: Published | null = null;
  for (const entry of ascending.toReversed()) {
    if (earliest === null || lineOf(entry) !== lineOf(earliest)) {
      earliest = entry;
    } else if (entry.day > earliest.day) {
      suspect(entry, `dated after ${earliest.version.version}, a later version of its line`);
    } else earliest = entry;
  }
}

function firstAfterHigherLine(ascending: readonly Published[], suspect: Suspect): void {
  const general = ascending.filter((entry) => entry.version.prerelease.length === 0);
  let earliest: Published | null = null;
  for (const [i, entry] of general.toReversed().entries()) {
    if (earliest?.version.major !== entry.version.major) earliest = null;
    const below = general[general.length - 2 - i];
    const first = below === undefined || lineOf(below) !== lineOf(entry);
    if (first && earliest !== null && entry.day > earliest.day && lineOf(earliest) !== lineOf(entry)) {
      suspect(entry, `the first of its line, dated after ${earliest.version.version} of a later line`);
    }
    if (earliest === null || entry.day <= earliest.day) earliest = entry;
  }
}

function crowdedWeeks(ascending: readonly Published[], suspect: Suspect): void {
  const byDay = ascending.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const highest = highestBefore(byDay);
  const all = new Week(ANY_LINES);
  const overtaken = new Week(OVERTAKEN_LINES);
  for (const entry of byDay) {
    all.add(entry);
    const before = highest(addDays(entry.day, -6));
    if (before !== null && compareLines(entry.version, before) < 0) overtaken.add(entry);
  }
  for (const entry of overtaken.crowded) suspect(entry, 'dated in one week with old versions of many other lines');
  for (const entry of all.crowded) suspect(entry, 'dated in one week with versions of many other lines');
}

/** The highest general version dated before a day; asked for ascending days. */
function highestBefore(byDay: readonly Published[]): (day: Day) => semver.SemVer | null {
  let next = 0;
  let highest: semver.SemVer | null = null;
  return (day) => {
    for (let entry = byDay[next]; entry !== undefined && entry.day < day; entry = byDay[++next]) {
      if (entry.version.prerelease.length > 0) continue;
      if (highest === null || semver.gt(entry.version, highest)) highest = entry.version;
    }
    return highest;
  };
}

/** Runs seven days over entries in order of day and keeps those that ever shared them with `limit` lines. */
class Week {
  readonly crowded = new Set<Published>();
  readonly #limit: number;
  #entries: Published[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: Published): void {
    const start = addDays(entry.day, -6);
    this.#entries = this.#entries.filter((other) => other.day >= start);
    this.#entries.push(entry);
    if (new Set(this.#entries.map(lineOf)).size < this.#limit) return;
    for (const other of this.#entries) this.crowded.add(other);
  }
}

function lineOf({ version }: Published): string {
  return `${version.major}.${version.minor}`;
}

function compareLines(a: semver.SemVer, b: semver.SemVer): number {
  return a.major - b.major || a.minor - b.minor;
}
