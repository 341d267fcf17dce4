import type { Config, StackItem, Watch } from '../domain/config.ts';
import type { Day } from '../domain/day.ts';
import type { Herald } from '../domain/forecast.ts';
import { compareText } from '../domain/order.ts';
import type { Product, SchemeId } from '../domain/product.ts';
import type { History, Release } from '../domain/release.ts';
import { compareVersions, type ParsedVersion } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { comingLines, nextInStep } from './coming.ts';
import { heraldsOf } from './heralds.ts';
import { parseSeries, type Series } from './series.ts';

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
  /** First prereleases of the lines of that series, with the days those lines came. */
  readonly heralds: readonly Herald[];
  /** The version the next one would carry, as people guess; `null` where nobody can. */
  readonly nextLine: string | null;
}

export interface CountedRelease {
  readonly day: Day;
  readonly line: string;
  /** As people say it: `mongoose 9.12`. */
  readonly name: string;
  /** The version that opened the line; absent where only the line is known. */
  readonly version?: string;
}

/** The watch that applies to one stack item: by its id, its product, its kind, then the default; without a range always `vendor`. */
export function watchOf(config: Config, item: StackItem, product: Product): Watch {
  const { watch } = config.policy;
  const chosen = watch[item.id] ?? watch[product.id] ?? watch[product.kind] ?? watch.default ?? 'reach';
  return chosen === 'reach' && item.range === null ? 'vendor' : chosen;
}

/**
 * What counts for one stack item; a release later than `asOf` is announced, and is the next one.
 *
 * `vendor`: every feature release of a line that the item's edition can run. `reach`: every opening of such a line that its range admits,
 * also of one below the highest. `off`: none. No range, or one that nobody can read, counts as `vendor`: what is not understood is not calm.
 *
 * @param versioning the product's scheme, by which its versions and the range are read.
 */
export function exposureOf(
  item: StackItem,
  history: History,
  watch: Watch,
  asOf: Day,
  versioning: SchemeId = 'semver',
): Exposure {
  const exposure = counted(item, history, watch, versioning);
  const announced = exposure.events.find(({ day }) => day > asOf);
  return announced === undefined ? exposure : { ...exposure, nextLine: announced.line };
}

/**
 * What people see of a stack item: what counts, or the vendor's own rhythm where nothing more can reach the team.
 * @param exposure what `exposureOf` gave for the same item.
 */
export function shownExposure(
  exposure: Exposure,
  item: StackItem,
  history: History,
  asOf: Day,
  versioning: SchemeId,
): Exposure {
  return exposure.closed ? exposureOf({ ...item, range: null }, history, 'vendor', asOf, versioning) : exposure;
}

function counted(item: StackItem, history: History, watch: Watch, versioning: SchemeId): Exposure {
  if (watch === 'off')
    return { watch, events: [], rhythm: [], closed: true, superseded: false, heralds: [], nextLine: null };
  const runnable = (release: Pick<Release, 'selfManaged'>) => release.selfManaged || item.edition === 'atlas';
  const series = watch === 'vendor' || item.range === null ? null : parseSeries(item.range, versioning);
  if (series !== null) return reach({ series, item, history, versioning, runnable });
  const all = history.releases.filter((release) => release.date !== null && release.feature && runnable(release));
  const events = eventsOf(all);
  const nextLine = nextInStep(
    all.map(({ line }) => line),
    versioning,
  );
  const heralds = heraldsOf(history, events, runnable);
  return { watch: 'vendor', events, rhythm: daysOf(events), closed: false, superseded: false, heralds, nextLine };
}

/** Feature releases without which nothing is forecast; src/forecast/next-feature.ts. */
const ENOUGH = 4;

interface Reach {
  readonly series: Series;
  readonly item: StackItem;
  readonly history: History;
  readonly versioning: SchemeId;
  readonly runnable: (release: Pick<Release, 'selfManaged'>) => boolean;
}

interface Opening {
  readonly release: Release;
  readonly parsed: ParsedVersion;
}

function reach({ series, item, history, versioning, runnable }: Reach): Exposure {
  const scheme = schemeOf(versioning);
  const openings: readonly Opening[] = history.releases.flatMap((release) => {
    const parsed = scheme.parse(release.version);
    const opens = (release.level === 'major' || release.level === 'minor') && release.date !== null;
    return opens && parsed !== null && runnable(release) ? [{ release, parsed }] : [];
  });
  const admitted = openings.filter(({ release }) => series.admits(release.version));
  const events = eventsOf(admitted.map(({ release }) => release));

  // What runs is out, whatever the sources have of it.
  const running = item.running === null ? null : scheme.parse(item.running);
  const out = [...history.lines.map(({ line }) => line), ...(running === null ? [] : [running.line])];
  const coming = comingLines({ series, out, scheme, runnable });
  if (coming.length === 0) {
    return { watch: 'reach', events, rhythm: [], closed: true, superseded: false, heralds: [], nextLine: null };
  }

  const newest = Math.max(0, ...openings.map(({ parsed }) => majorOf(parsed)));
  const beyond = coming.some((line) => Number(line.split('.')[0]) > newest);
  const own = earlierOf(series, openings, admitted, beyond);
  // A young major has no rhythm of its own yet: it is taken to move as the vendor did before it.
  const young = own.length + admitted.length < ENOUGH;
  const before = (young ? earlierOf(series, openings, admitted, true) : own).map(({ release }) => release);
  const lines = admitted.toSorted((a, b) => compareVersions(a.parsed, b.parsed)).map(({ parsed }) => parsed.line);
  const step = nextInStep(lines, versioning);
  const moved = eventsOf([...before, ...admitted.map(({ release }) => release)]);
  return {
    watch: 'reach',
    events,
    rhythm: daysOf(moved),
    heralds: heraldsOf(history, moved, (release) => runnable(release) && series.admitsLine(release.line)),
    closed: false,
    superseded: coming.every((line) => Number(line.split('.')[0]) < newest),
    nextLine: step !== null && series.admitsLine(step) && !out.includes(step) ? step : nextOf(coming, lines, scheme.id),
  };
}

/**
 * Openings below the range's floor that belong to its series: `^8.19.1` moves as 8.x moved. A range open to the next major moves as the
 * vendor does. Those after the first admitted one are backports, and no part of it.
 */
function earlierOf(
  series: Series,
  openings: readonly Opening[],
  admitted: readonly Opening[],
  beyond: boolean,
): readonly Opening[] {
  const floor = series.floors[0];
  if (floor === undefined) return [];
  const first = eventsOf(admitted.map(({ release }) => release))[0]?.day ?? null;
  return openings.filter(
    ({ release, parsed }) =>
      compareVersions(parsed, floor) < 0 &&
      (beyond ? release.feature : majorOf(parsed) === majorOf(floor)) &&
      (first === null || (release.date !== null && release.date < first)),
  );
}

/** The lowest line to come above what has come through the range so far: the minor before the major. */
function nextOf(coming: readonly string[], admitted: readonly string[], versioning: SchemeId): string | null {
  if (versioning === 'calver') return null;
  const major = admitted.at(-1)?.split('.')[0];
  return coming.find((line) => line.split('.')[0] === major) ?? coming[0] ?? null;
}

function majorOf({ numbers }: ParsedVersion): number {
  return numbers[0] ?? 0;
}

function eventsOf(releases: readonly Release[]): readonly CountedRelease[] {
  return releases
    .flatMap(({ product, line, date, version }) =>
      date === null ? [] : [{ day: date, line, name: `${product} ${line}`, version }],
    )
    .sort((a, b) => compareText(a.day, b.day));
}

function daysOf(events: readonly CountedRelease[]): readonly Day[] {
  return events.map(({ day }) => day);
}
