import { addDays, type Day, maxDay, toNumber } from '../domain/day.ts';
import { contains, type Interval, lastDay } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { ProductId } from '../domain/product.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { collisionProbability, type ExposedProduct, type Held, type HeldDays, type Margins } from './collision.ts';
import { comingLines } from './coming.ts';
import type { CountedRelease } from './exposure.ts';
import { parseSeries } from './series.ts';

// A hold keeps a package on one line for a while. What comes out meanwhile is adopted on the hold's last day and counts as a feature
// release then. So with a hold [a, L], a release of day x reaches the team on day h(x) = L for a ≤ x ≤ L, and on x otherwise. Nothing
// overtakes (h never falls), and what reaches the team on a run of days came out on one run of days, whose chance the joint forecast
// gives: P(collision) = P(release on {x : from − s < h(x) ≤ until − 1 + g}). Design.md section 6, last paragraph.

/** A product kept within an exact range, half-open; the same shape as in a plan. */
export interface HoldTerms extends Interval {
  /** `8.19.x`; see `exactRange`. */
  readonly range: string;
}

/** The days a hold must cover so that the window cannot be disturbed: `[from − settle, until − 1 + guard]`, as a half-open interval. */
export function holdFor(window: Interval, margins: Margins): Interval {
  return { from: addDays(window.from, -margins.settle), until: addDays(window.until, margins.guard) };
}

/**
 * The shortest hold that serves the window: the days it must cover and one more, its last, on which the team catches up. Without that day
 * the adoption would fall on `until − 1 + guard`, the last day that still collides, and the hold would buy nothing. It starts after
 * `asOf`: what is out may have arrived already. `null` when no day is left to hold.
 */
export function shortestHold(window: Interval, margins: Margins, asOf: Day): Interval | null {
  const cover = holdFor(window, margins);
  const from = maxDay(cover.from, addDays(asOf, 1));
  return from < cover.until ? { from, until: addDays(cover.until, 1) } : null;
}

/**
 * The product as it counts while it is held: releases outside the range count on the hold's last day instead of their own, known ones for
 * certain, others with the chance that there is any among the held days. A range that would let a coming line in does not hold what is
 * forecast. Several holds may be laid on one product, in any order.
 *
 * A product that is not watched by `reach` is returned as it is: what counts of it does not depend on what reaches the team.
 * @throws RangeError when the range is none.
 */
export function withHold(product: ExposedProduct, hold: HoldTerms): ExposedProduct {
  const { versioning } = product;
  const series = parseSeries(hold.range, versioning);
  if (series === null) throw new RangeError(`"${hold.range}" is not a range`);
  const out = [...product.exposure.events, ...series.floors.slice(0, 1)].map(({ line }) => line);
  return held(product, {
    from: hold.from,
    until: hold.until,
    lets: ({ line, version }) => (version === undefined ? series.admitsLine(line) : series.admits(version)),
    exact: comingLines({ series, out, scheme: schemeOf(versioning), runnable: () => true }).length === 0,
  });
}

/** What holding one product buys for a window. */
export interface HoldGain {
  readonly product: ProductId;
  readonly name: string;
  /** The shortest hold, half-open; its last day is the day of adoption. */
  readonly hold: Interval;
  /** Collision probability of the window without the hold, and with it, the store's other products as they are. */
  readonly without: number;
  readonly with: number;
  /** `without − with`, at least 0. */
  readonly gain: number;
}

/**
 * What a hold of each product would buy, greatest gain first: with pᵢ the chance that product i collides and qᵢ that chance while it is
 * held on its line, (1 − Π(1 − pⱼ)) − (1 − (1 − qᵢ)·Π_{j≠i}(1 − pⱼ)). Products that a hold cannot help are left out: those not watched
 * by `reach`, those nothing new can reach anyway, and those already certain by a release that is out.
 */
export function holdGain(
  products: readonly ExposedProduct[],
  window: Interval,
  margins: Margins,
  asOf: Day,
): readonly HoldGain[] {
  const hold = shortestHold(window, margins, asOf);
  if (hold === null) return [];
  const without = collisionProbability(products, window, margins);
  return products
    .flatMap((one) => {
      const kept = held(one, { ...hold, lets: () => false, exact: true });
      if (kept === one) return [];
      const others = products.map((other) => (other === one ? kept : other));
      const risk = collisionProbability(others, window, margins);
      const gain = without - risk;
      return gain > 0 ? [{ product: one.product, name: one.name, hold, without, with: risk, gain }] : [];
    })
    .sort((a, b) => b.gain - a.gain || compareText(a.product, b.product));
}

function held(product: ExposedProduct, hold: HeldDays): ExposedProduct {
  const { exposure, later } = product;
  const changed = later === undefined ? {} : { later: { ...later, product: held(later.product, hold) } };
  if (exposure.watch !== 'reach' || hold.until <= hold.from) {
    return later === undefined ? product : { ...product, ...changed };
  }
  const released = product.held?.released ?? exposure.events;
  const holds = [...(product.held?.holds ?? []), hold];
  const events = released.map((event) => adopted(event, holds)).sort((a, b) => compareText(a.day, b.day));
  const state: Held = { released, holds, closed: runsOf(holds.filter(({ exact }) => exact)) };
  return { ...product, ...changed, exposure: { ...exposure, events }, held: state };
}

/** The release on the day it reaches the team: the last day of its hold, or of a further hold that withholds it there. */
function adopted(event: CountedRelease, holds: readonly HeldDays[]): CountedRelease {
  let day = event.day;
  for (;;) {
    const hold = holds.find((one) => contains(one, day) && lastDay(one) > day && !one.lets(event));
    if (hold === undefined) return day === event.day ? event : { ...event, day, name: `held-back ${event.name}` };
    day = lastDay(hold);
  }
}

/** Joins holds that share a day: what the first would adopt, the second withholds. */
function runsOf(holds: readonly Interval[]): Held['closed'] {
  const runs: { from: number; until: number }[] = [];
  for (const { from, until } of holds.toSorted((a, b) => compareText(a.from, b.from))) {
    const last = runs.at(-1);
    if (last !== undefined && toNumber(from) < last.until) last.until = Math.max(last.until, toNumber(until));
    else runs.push({ from: toNumber(from), until: toNumber(until) });
  }
  return runs;
}
