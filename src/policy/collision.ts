import { addDays, type Day, type DayNumber, toNumber } from '../domain/day.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { Interval } from '../domain/interval.ts';
import type { KnownRelease } from '../domain/period.ts';
import type { SchemeId } from '../domain/product.ts';
import type { CountedRelease, Exposure } from './exposure.ts';

/** One product of a store with all that decides its share of the risk. */
export interface ExposedProduct {
  readonly product: string;
  readonly name: string;
  /** By which its versions and ranges are read. */
  readonly versioning: SchemeId;
  readonly exposure: Exposure;
  readonly forecast: Forecast;
  /** Why its facts are missing or too old to count as calm; `null` when they are good. */
  readonly unknown: string | null;
  /** Day of the last complete reading, `null` when it was never read; absent: that of the forecast. */
  readonly observedThrough?: Day | null;
  /** Days on which nothing new reaches the team; see hold.ts. Absent: none. */
  readonly held?: Held;
  /** What counts from a day on, after an accepted upgrade changed line or range; see `withUpgrade`. */
  readonly later?: { readonly from: Day; readonly product: ExposedProduct };
}

/** What holds make of a product: `exposure.events` are then on the days they reach the team. */
export interface Held {
  /** The counted releases on the days they come out. */
  readonly released: readonly CountedRelease[];
  readonly holds: readonly HeldDays[];
  /** Days on which no line to come is let in, apart from each other; each run is adopted on its last day. */
  readonly closed: readonly { readonly from: DayNumber; readonly until: DayNumber }[];
}

/** One hold, half-open; what it withholds is adopted on its last day. */
export interface HeldDays extends Interval {
  /** The releases that still come through. */
  readonly lets: (event: CountedRelease) => boolean;
  /** No line that is not out yet comes through. */
  readonly exact: boolean;
}

/** Days kept free around a feature release; design.md section 6. */
export interface Margins {
  /** Days before a release. */
  readonly guard: number;
  /** Days from the release on, its own day included. */
  readonly settle: number;
}

/** The days, half-open, on which a release collides with the window: `from − settle < d ≤ until − 1 + guard`. */
export function collisionDays(window: Interval, margins: Margins): Interval {
  return { from: addDays(window.from, 1 - margins.settle), until: addDays(window.until, margins.guard) };
}

/** A known release, past or announced, that collides with the window; the last one where there are several, `null` when none does. */
export function knownCollision(
  products: readonly ExposedProduct[],
  window: Interval,
  margins: Margins,
): CountedRelease | null {
  let found: CountedRelease | null = null;
  for (const product of products) {
    const own = lastColliding(knownReleases(product), window, margins);
    if (own !== null && (found === null || own.day > found.day)) found = own;
  }
  return found;
}

/** The last of these releases that collides with the window; `null` when none does. */
export function lastColliding<T extends KnownRelease>(
  releases: readonly T[],
  window: Interval,
  margins: Margins,
): T | null {
  const days = collisionDays(window, margins);
  let found: T | null = null;
  for (const release of releases) {
    const collides = days.from <= release.day && release.day < days.until;
    if (collides && (found === null || release.day > found.day)) found = release;
  }
  return found;
}

/** The counted releases that are known, each on the day it reaches the team: past, announced, adopted after a hold or an upgrade. */
export function knownReleases({ exposure, later }: ExposedProduct): readonly CountedRelease[] {
  if (later === undefined) return exposure.events;
  return [
    ...exposure.events.filter(({ day }) => day < later.from),
    ...knownReleases(later.product).filter(({ day }) => day >= later.from),
  ];
}

/**
 * The product as it counts where an accepted or pinned upgrade changes line or range from its first day on: a release before that day
 * counts by the old exposure, from that day on by the new. The two sides are taken as independent.
 */
export function withUpgrade(before: ExposedProduct, from: Day, after: ExposedProduct): ExposedProduct {
  return { ...before, later: { from, product: after } };
}

/** Chance that a feature release of this one product falls where it collides, known ones included. */
export function productCollision(product: ExposedProduct, from: DayNumber, until: DayNumber, margins: Margins): number {
  return chanceOn(product, from - margins.settle + 1, until + margins.guard);
}

/** Chance that a counted release reaches the team on the days `[first, end)`. */
function chanceOn(product: ExposedProduct, first: DayNumber, end: DayNumber): number {
  const { later } = product;
  if (later === undefined) return chanceBefore(product, first, end);
  const change = toNumber(later.from);
  const before = chanceBefore(product, first, Math.min(end, change));
  return 1 - (1 - before) * (1 - chanceOn(later.product, Math.max(first, change), end));
}

/** The same without what comes later by an upgrade. */
function chanceBefore({ exposure, forecast, held }: ExposedProduct, first: DayNumber, end: DayNumber): number {
  if (end <= first) return 0;
  if (exposure.events.some(({ day }) => first <= toNumber(day) && toNumber(day) < end)) return 1;
  if (exposure.closed || forecast.distribution === null) return 0;
  const from = publishedFrom(held, first);
  const until = publishedFrom(held, end);
  return until <= from ? 0 : forecast.distribution.hit(from, until);
}

/**
 * First day whose releases reach the team on `day` or later. A release on a held day reaches it on the last held day, so days up to that
 * one go back to the first. Because nothing overtakes, the releases that reach the team on `[a, b)` are those of
 * `[publishedFrom(a), publishedFrom(b))`: one run of days, and the joint forecast answers for it exactly.
 */
function publishedFrom(held: Held | undefined, day: DayNumber): DayNumber {
  const hold = held?.closed.find(({ from, until }) => from < day && day < until);
  return hold?.from ?? day;
}

/** Day up to which all that counts of the product is known; `null` when it was never read. */
export function observedThroughOf({ observedThrough, forecast }: ExposedProduct): Day | null {
  return observedThrough === undefined ? forecast.observedThrough : observedThrough;
}

/** Whether facts that are missing or too old decide about the window: unknown is not calm. A product held all through cannot surprise. */
export function restsOnUnknown(products: readonly ExposedProduct[], window: Interval, margins: Margins): boolean {
  const first = toNumber(window.from) - margins.settle + 1;
  const end = toNumber(window.until) + margins.guard;
  return products.some((product) => isUnknownOn(product, first, end));
}

function isUnknownOn({ unknown, held, later }: ExposedProduct, first: DayNumber, end: DayNumber): boolean {
  const change = later === undefined ? end : Math.min(end, toNumber(later.from));
  const own = unknown !== null && publishedFrom(held, first) < publishedFrom(held, change) && first < change;
  return own || (later !== undefined && change < end && isUnknownOn(later.product, Math.max(first, change), end));
}

/** Collision probability of a window: the chance that any counted feature release collides, products taken as independent. */
export function collisionProbability(products: readonly ExposedProduct[], window: Interval, margins: Margins): number {
  return joint(products, toNumber(window.from), toNumber(window.until), margins);
}

/** Turbulence of one day: the collision probability of the window that is just this day. */
export function turbulence(products: readonly ExposedProduct[], day: DayNumber, margins: Margins): number {
  return joint(products, day, day + 1, margins);
}

function joint(products: readonly ExposedProduct[], from: DayNumber, until: DayNumber, margins: Margins): number {
  let calm = 1;
  products.forEach((product, index) => {
    if (products.findIndex((other) => isSameRisk(other, product)) < index) return;
    calm *= 1 - productCollision(product, from, until, margins);
  });
  return 1 - calm;
}

/** A product that stands twice in a store and moves alike in both places makes one release, not two independent ones. */
function isSameRisk(a: ExposedProduct, b: ExposedProduct): boolean {
  if (a === b) return true;
  if (a.product !== b.product || a.held !== b.held || a.later !== b.later) return false;
  const [left, right] = [a.exposure, b.exposure];
  return (
    left.rhythm.length > 0 &&
    left.rhythm.length === right.rhythm.length &&
    left.events.length === right.events.length &&
    left.nextLine === right.nextLine &&
    left.closed === right.closed &&
    left.rhythm.every((day, index) => day === right.rhythm[index]) &&
    left.events.every(({ day, line }, index) => day === right.events[index]?.day && line === right.events[index]?.line)
  );
}
