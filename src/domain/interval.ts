import { addDays, type Day, daysBetween } from './day.ts';

/** Half-open run of days: `from` is in it, `until` is not. Empty when `from >= until`. */
export interface Interval {
  readonly from: Day;
  readonly until: Day;
}

export function contains(interval: Interval, value: Day): boolean {
  return interval.from <= value && value < interval.until;
}

/** Whether the two share at least one day. Intervals that only touch do not. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.from < b.until && b.from < a.until && a.from < a.until && b.from < b.until;
}

/**
 * Calendar days between two intervals, `later.from − earlier.until`; 0 when they touch, negative when they overlap.
 * The order of the arguments does not matter.
 */
export function gap(a: Interval, b: Interval): number {
  return a.from <= b.from ? daysBetween(a.until, b.from) : daysBetween(b.until, a.from);
}

/** The last day in it, inclusive. Only for intervals that are not empty. */
export function lastDay(interval: Interval): Day {
  return addDays(interval.until, -1);
}
