import type { DayNumber } from '../domain/day.ts';
import { normalCdf } from './normal.ts';

/** Gaps looked back on; older ones say little about how the vendor works today. */
const GAPS_KEPT = 12;
/** A gap counts half as much as one this many releases younger. */
const HALF_LIFE = 4;
/** Width of the log-normal kernel around each gap, in log days. */
const KERNEL_WIDTH = 0.25;

/**
 * Chance of each whole gap between two releases, in days: element `k` is the chance of `k`, element 0 is 0. Sums to at most 1.
 *
 * Recency-weighted kernel density on log gaps (Silverman 1986, section 2.4, with the logarithm of section 2.9). The events are day
 * numbers in ascending order without repeats.
 */
export function gapDensity(events: readonly DayNumber[], length: number): Float64Array {
  const gaps = gapsOf(events).slice(-GAPS_KEPT);
  const density = new Float64Array(length);
  const weights = gaps.map((_, index) => 0.5 ** ((gaps.length - 1 - index) / HALF_LIFE));
  const total = weights.reduce((a, b) => a + b, 0);
  gaps.forEach((gap, index) => {
    const weight = (weights[index] ?? 0) / total;
    let below = 0;
    for (let k = 1; k < length; k++) {
      const upTo = normalCdf((Math.log(k + 0.5) - Math.log(gap)) / KERNEL_WIDTH);
      density[k] = (density[k] ?? 0) + weight * (upTo - below);
      below = upTo;
    }
  });
  return density;
}

/** Days between neighbouring events, at least 1 each. */
export function gapsOf(events: readonly DayNumber[]): readonly number[] {
  return events.slice(1).map((event, index) => event - (events[index] ?? event));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
