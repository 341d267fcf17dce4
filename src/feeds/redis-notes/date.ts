import { MONTHS, WEEKDAYS } from '../../domain/calendar-names.ts';
import { type Day, parseDay, weekday } from '../../domain/day.ts';
import type { Precision } from '../../domain/product.ts';

/** A date as release notes write it. With month precision `day` is the first of the month. */
export interface WrittenDate {
  readonly day: Day;
  readonly precision: Precision;
  /** False when the notes name a weekday that this day is not. */
  readonly weekdayFits: boolean;
}

const WEEKDAY = '(?:([a-z]{3,9}),?\\s+)?';
/** `Tue 09 Jan 2024 10:45:52 IST`, `18 Dec 2015`. */
const DAY_FIRST = new RegExp(`^${WEEKDAY}(\\d{1,2})\\s+([a-z]{3,9})\\.?,?\\s+(\\d{4})\\b`, 'i');
/** `Wed Apr 27 12:00:00 IST 2022`, `Mon Jul 29 2024 9:00:00 IDT`, `Jun 22 2015`. */
const MONTH_FIRST = new RegExp(
  `^${WEEKDAY}([a-z]{3,9})\\s+(\\d{1,2}),?\\s+(?:\\d{1,2}:\\d{2}(?::\\d{2})?\\s+(?:[a-z]{1,5}\\s+)?)?(\\d{4})\\b`,
  'i',
);
/** `May 2025`. */
const MONTH_ONLY = /^([a-z]{3,9})\s+(\d{4})\b/i;

/**
 * The date at the start of a text; the day is the one written, whatever the zone. `null` when there is none, or none that exists.
 */
export function writtenDate(text: string): WrittenDate | null {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) return fullDate(dayFirst[1], dayFirst[2], dayFirst[3], dayFirst[4]);
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) return fullDate(monthFirst[1], monthFirst[3], monthFirst[2], monthFirst[4]);
  const month = MONTH_ONLY.exec(text);
  if (month === null) return null;
  const day = dayOf(month[2], month[1], '1');
  return day === null ? null : { day, precision: 'month', weekdayFits: true };
}

function fullDate(named = '', date = '', month = '', year = ''): WrittenDate | null {
  const day = dayOf(year, month, date);
  if (day === null) return null;
  const weekdayFits =
    named === '' || WEEKDAYS[weekday(day) - 1]?.toLowerCase().startsWith(named.toLowerCase()) === true;
  return { day, precision: 'day', weekdayFits };
}

function dayOf(year = '', month = '', date = ''): Day | null {
  const number = MONTHS.findIndex((name) => name.toLowerCase().startsWith(month.toLowerCase())) + 1;
  return number === 0 ? null : parseDay(`${year}-${String(number).padStart(2, '0')}-${date.padStart(2, '0')}`);
}
