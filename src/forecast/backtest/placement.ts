import type { DayNumber } from '../../domain/day.ts';
import { laterGaps } from '../distribution.ts';

/** Length of the window to be placed, in calendar days. */
export const WINDOW = 5;
const GUARD = 7;
const SETTLE = 14;
/** First and last start of the window, in days after the forecast. */
const EARLIEST = 7;
const LATEST = 85;
/** How many starts there are to choose from. */
export const STARTS = LATEST - EARLIEST + 1;

/** A window starting on `f` collides with a release on day d exactly when f − BEFORE < d ≤ f + AFTER. Design.md section 6. */
const BEFORE = SETTLE;
const AFTER = WINDOW - 1 + GUARD;
/** Days after the forecast on which something can happen to the latest window. */
export const DAYS_NEEDED = LATEST + AFTER;
/** Differences of chances below which two starts are equally good, so that rounding does not choose. */
const TIE = 1e-12;
const STRIDE = 31;

/** Day of a start, 0 … `STARTS − 1`. */
export function startDay(asOf: DayNumber, start: number): DayNumber {
  return asOf + EARLIEST + start;
}

/**
 * Computes the chance that the window collides for each start, from the joint forecast: the first release by `mass`, those after it by
 * renewal with `laterGaps(gap)`; a release already out within the settling days collides for certain. Equal to `hit` of `renewalDistribution`, but
 * with the renewal density over the days needed only.
 *
 * @returns a function whose result is overwritten by its next call. It takes the chances of the coming release from the day after the
 * forecast on (at least `DAYS_NEEDED`), the whole gap's chances, and the days since the last release.
 */
export function collisionChances(): (mass: Float64Array, gap: Float64Array, elapsed: number) => Float64Array {
  const chances = new Float64Array(STARTS);
  const occurs = new Float64Array(DAYS_NEEDED);
  const reaches = new Float64Array(DAYS_NEEDED + 1);
  let reachesOf: Float64Array | null = null;
  let later: Float64Array = new Float64Array(1);
  return (mass, gap, elapsed) => {
    if (reachesOf !== gap) {
      later = laterGaps(gap);
      fillReaches(reaches, later);
      reachesOf = gap;
    }
    fillOccurs(occurs, mass, later);
    let upTo = 0;
    let first = 1;
    for (let start = 0; start < STARTS; start++) {
      // Days are counted from the day after the forecast, which is 0.
      const begin = Math.max(0, EARLIEST + start - BEFORE);
      const end = EARLIEST + start + AFTER;
      for (; upTo < end; upTo++) first -= mass[upTo] ?? 0;
      let none = first;
      for (let day = 0; day < begin; day++) none += (occurs[day] ?? 0) * (reaches[end - day] ?? 0);
      const settling = -elapsed > EARLIEST + start - BEFORE;
      chances[start] = settling ? 1 : Math.min(1, Math.max(0, 1 - none));
    }
    return chances;
  };
}

/** Element `k`: chance that a gap is `k` days or longer. */
function fillReaches(reaches: Float64Array, gap: Float64Array): void {
  let rest = 1;
  for (let k = 0; k < reaches.length; k++) {
    reaches[k] = Math.max(0, rest);
    rest -= gap[k] ?? 0;
  }
}

/** Element `day`: chance of a release on that day, the first or a later one (Feller, vol. 2, chapter XI). */
function fillOccurs(occurs: Float64Array, mass: Float64Array, gap: Float64Array): void {
  const latest = EARLIEST + STARTS - 1 - BEFORE;
  for (let day = 0; day < latest; day++) {
    let chance = mass[day] ?? 0;
    const farthest = Math.min(day, gap.length - 1);
    for (let k = 1; k <= farthest; k++) chance += (occurs[day - k] ?? 0) * (gap[k] ?? 0);
    occurs[day] = chance;
  }
}

/** The start of least chance; the earliest of equals. */
export function calmest(chances: Float64Array): number {
  let best = 0;
  for (let start = 1; start < chances.length; start++) {
    if ((chances[start] ?? 1) < (chances[best] ?? 1) - TIE) best = start;
  }
  return best;
}

/** A start chosen as if by chance, the same for the same forecast. */
export function anyStart(index: number): number {
  return (index * STRIDE) % STARTS;
}

/** For each start whether the window collided with any of the releases, known or to come. @param days ascending. */
export function collisions(days: readonly DayNumber[], asOf: DayNumber, known: number): readonly boolean[] {
  const collided = new Array<boolean>(STARTS).fill(false);
  const first = startDay(asOf, 0);
  let index = known;
  while (index > 0 && (days[index - 1] ?? 0) > first - BEFORE) index--;
  for (; index < days.length; index++) {
    const day = days[index] ?? 0;
    if (day > startDay(asOf, STARTS - 1) + AFTER) break;
    const from = Math.max(0, day - AFTER - first);
    const until = Math.min(STARTS, day + BEFORE - first);
    for (let start = from; start < until; start++) collided[start] = true;
  }
  return collided;
}

/** How many starts, from the earliest on, have an outcome: their collision days are all observed. */
export function startsObserved(asOf: DayNumber, observedThrough: DayNumber): number {
  return Math.min(STARTS, Math.max(0, observedThrough - AFTER - startDay(asOf, 0) + 1));
}
