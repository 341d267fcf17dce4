import type { DayNumber } from '../domain/day.ts';

/** A way of forecasting gaps between feature releases. Fed one release at a time, so that it cannot see the future. */
export interface Method {
  /** Short and stable: stands in reports. */
  readonly id: string;
  /** Begins with nothing known of a product. */
  begin(): Rhythm;
}

/** What a method has learned of one product so far. */
export interface Rhythm {
  /** Takes the next release in. Days ascend and do not repeat. */
  add(day: DayNumber): void;
  /**
   * Chance of each whole gap after the last release taken in: element `k` is the chance of `k` days, element 0 is 0. Sums to at most 1; the
   * rest lies beyond. `null` while too little is known. The array is not changed afterwards.
   */
  gap(): Float64Array | null;
  /**
   * By how much the band of what is still to come must be stretched (above 1) or narrowed, as `comingAfter` does it; absent: not at all.
   */
  spread?(): number;
}
