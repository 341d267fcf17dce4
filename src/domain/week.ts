import { addDays, type Day, day, daysBetween, weekday } from './day.ts';
import type { Interval } from './interval.ts';

/** An ISO 8601 week, Monday to Sunday, as a half-open run of days. */
export interface Week extends Interval {
  /** `2026-W48`. */
  readonly name: string;
}

/** The week a day lies in. It belongs to the year of its Thursday. */
export function weekOf(at: Day): Week {
  const from = addDays(at, 1 - weekday(at));
  const thursday = addDays(from, 3);
  const year = thursday.slice(0, 4);
  const number = Math.floor(daysBetween(day(`${year}-01-01`), thursday) / 7) + 1;
  return { name: `${year}-W${String(number).padStart(2, '0')}`, from, until: addDays(from, 7) };
}

/** Reads `2026-W48`; `null` when it is no week, such as W53 of a year that has 52. */
export function parseWeek(text: string): Week | null {
  const match = /^(\d{4})-W(\d{2})$/.exec(text);
  if (match === null) return null;
  // 4 January always lies in the first week.
  const week = weekOf(addDays(day(`${match[1]}-01-04`), (Number(match[2]) - 1) * 7));
  return week.name === text ? week : null;
}
