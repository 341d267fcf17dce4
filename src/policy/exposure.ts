import semver from 'semver';
import type { Config, StackItem, Watch } from '../domain/config.ts';
import type { Day } from '../domain/day.ts';
import { compareText } from '../domain/order.ts';
import type { Product } from '../domain/product.ts';
import type { History, Release } from '../domain/release.ts';

/** Which feature releases of one product count for its store, and what is still to come. Design.md section 6. */
export interface Exposure {
  readonly watch: Watch;
  /** The counted feature releases known, by day; later than today: announced. */
  readonly events: readonly CountedRelease[];
  /** Days of the series the forecast continues: the counted ones, and those of the same series before a range's floor. Ascending. */
  readonly rhythm: readonly Day[];
  /** Nothing that is still to come can reach the team: a range that admits only lines that are out, or `off`. */
  readonly closed: boolean;
  /** The range admits only lines below the vendor's newest major. */
  readonly superseded: boolean;
  /** The version the next one would carry, as people guess; `null` where nobody can. */
  readonly nextLine: string | null;
}

export interface CountedRelease {
  readonly day: Day;
  readonly line: string;
  /** As people say it: `mongoose 9.12`. */
  readonly name: string;
}

/** The watch that applies to one stack item: by its id, its product, its kind, then the default; without a range always `vendor`. */
export function watchOf(config: Config, item: StackItem, product: Product): Watch {
  const { watch } = config.policy;
  const chosen = watch[item.id] ?? watch[product.id] ?? watch[product.kind] ?? watch.default ?? 'reach';
  return chosen === 'reach' && item.range === null ? 'vendor' : chosen;
}

/** What counts for one stack item; a release later than `asOf` is announced, and is the next one. */
export function exposureOf(item: StackItem, history: History, watch: Watch, asOf: Day): Exposure {
  const exposure = counted(item, history, watch);
  const announced = exposure.events.find(({ day }) => day > asOf);
  return announced === undefined ? exposure : { ...exposure, nextLine: announced.line };
}

function counted(item: StackItem, history: History, watch: Watch): Exposure {
  const none = { watch, events: [], rhythm: [], closed: true, superseded: false, nextLine: null };
  if (watch === 'off') return none;
  const dated = history.releases.filter((release) => release.date !== null);
  if (watch === 'vendor' || item.range === null) {
    const all = dated.filter((release) => release.feature && (release.selfManaged || item.edition === 'atlas'));
    const events = eventsOf(all);
    return { watch, events, rhythm: daysOf(events), closed: false, superseded: false, nextLine: nextInStep(all) };
  }
  return reach(item.range, dated, watch) ?? none;
}

/** `null` when no line that is not out yet could come through the range. */
function reach(range: string, dated: readonly Release[], watch: Watch): Exposure | null {
  const openings = dated.filter((release) => release.level === 'major' || release.level === 'minor');
  const admitted = openings.filter((release) => semver.satisfies(release.version, range));
  const floor = semver.minVersion(range);
  const highest =
    admitted
      .map((release) => release.version)
      .sort(semver.compare)
      .at(-1) ?? floor?.version;
  if (highest === undefined || floor === null) return null;

  const nextMinor = semver.inc(highest, 'minor') ?? highest;
  const nextMajor = semver.inc(highest, 'major') ?? highest;
  const admitsMinor = semver.satisfies(nextMinor, range);
  const admitsMajor = semver.satisfies(nextMajor, range);
  const events = eventsOf(admitted);
  if (!admitsMinor && !admitsMajor)
    return { watch, events, rhythm: [], closed: true, superseded: false, nextLine: null };

  // The rhythm of the series includes what came before the range's floor: `^8.19.1` moves as 8.x moved.
  const sameSeries = openings.filter(
    ({ version }) => semver.lt(version, floor) && semver.major(version) === semver.major(highest),
  );
  const newestMajor = Math.max(...openings.map((release) => semver.major(release.version)));
  return {
    watch,
    events,
    rhythm: daysOf(eventsOf([...sameSeries, ...admitted])),
    closed: false,
    superseded: !admitsMajor && newestMajor > semver.major(highest),
    nextLine: admitsMinor ? nextMinor.split('.').slice(0, 2).join('.') : nextMajor.split('.').slice(0, 2).join('.'),
  };
}

function eventsOf(releases: readonly Release[]): readonly CountedRelease[] {
  return releases
    .flatMap(({ product, line, date }) => (date === null ? [] : [{ day: date, line, name: `${product} ${line}` }]))
    .sort((a, b) => compareText(a.day, b.day));
}

function daysOf(events: readonly CountedRelease[]): readonly Day[] {
  return events.map(({ day }) => day);
}

/** The next step of the same size within the same major: after 8.8 and 8.10 comes 8.12. */
function nextInStep(counted: readonly Release[]): string | null {
  const [before, last] = counted.slice(-2).map((release) => release.line.split('.').map(Number));
  if (before === undefined || last === undefined || before.length !== last.length) return null;
  const step = (last.at(-1) ?? 0) - (before.at(-1) ?? 0);
  if (step <= 0 || before.slice(0, -1).join('.') !== last.slice(0, -1).join('.')) return null;
  return [...last.slice(0, -1), (last.at(-1) ?? 0) + step].join('.');
}
