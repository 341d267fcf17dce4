import { addDays, type DayNumber, toNumber } from '../domain/day.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { Interval } from '../domain/interval.ts';
import type { CountedRelease, Exposure } from './exposure.ts';

/** One product of a store with all that decides its share of the risk. */
export interface ExposedProduct {
  readonly product: string;
  readonly name: string;
  readonly exposure: Exposure;
  readonly forecast: Forecast;
  /** Why its facts are missing or too old to count as calm; `null` when they are good. */
  readonly unknown: string | null;
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
  const days = collisionDays(window, margins);
  let found: CountedRelease | null = null;
  for (const { exposure } of products) {
    for (const event of exposure.events) {
      if (days.from <= event.day && event.day < days.until && (found === null || event.day > found.day)) found = event;
    }
  }
  return found;
}

/** Chance that a feature release of this one product falls where it collides, known ones included. */
export function productCollision(product: ExposedProduct, from: DayNumber, until: DayNumber, margins: Margins): number {
  const first = from - margins.settle + 1;
  const end = until + margins.guard;
  if (product.exposure.events.some(({ day }) => first <= toNumber(day) && toNumber(day) < end)) return 1;
  if (product.exposure.closed) return 0;
  return product.forecast.distribution?.hit(first, end) ?? 0;
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
  for (const product of products) calm *= 1 - productCollision(product, from, until, margins);
  return 1 - calm;
}
