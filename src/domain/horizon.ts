import { addDays, type Day } from './day.ts';
import type { Interval } from './interval.ts';

/** Weeks that a plan looks ahead: half a year. design.md section 10. */
export const PLANNED_WEEKS = 26;

/** The days that a plan made on that day looks at, that day included. */
export function horizonFrom(asOf: Day, weeks: number = PLANNED_WEEKS): Interval {
  return { from: asOf, until: addDays(asOf, weeks * 7) };
}
