import { MONTHS, short, WEEKDAYS } from '../domain/calendar-names.ts';
import { type DayNumber, fromNumber, toNumber, weekdayOf } from '../domain/day.ts';

export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly date: number;
}

export function parts(value: DayNumber): CalendarDate {
  const text = fromNumber(value);
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), date: Number(text.slice(8, 10)) };
}

export function monthName(month: number): string {
  return short(MONTHS[month - 1] ?? '');
}

/** `11 Jan` */
export function shortDate(value: DayNumber): string {
  const { month, date } = parts(value);
  return `${date} ${monthName(month)}`;
}

/** `11 Jan 2027` */
export function fullDate(value: DayNumber): string {
  return `${shortDate(value)} ${parts(value).year}`;
}

/** `Mon 11 Jan` */
export function weekdayDate(value: DayNumber): string {
  return `${short(WEEKDAYS[weekdayOf(value) - 1] ?? '')} ${shortDate(value)}`;
}

/** `Mon 11 Jan 2027` */
export function longDate(value: DayNumber): string {
  return `${weekdayDate(value)} ${parts(value).year}`;
}

/** The same date `months` later, or the last day of that month when it is shorter. */
export function addMonths(value: DayNumber, months: number): DayNumber {
  const { year, month, date } = parts(value);
  const target = year * 12 + (month - 1) + months;
  const first = firstOf(Math.floor(target / 12), (((target % 12) + 12) % 12) + 1);
  const last = firstOf(Math.floor((target + 1) / 12), ((((target + 1) % 12) + 12) % 12) + 1) - 1;
  return Math.min(first + date - 1, last);
}

function firstOf(year: number, month: number): DayNumber {
  return toNumber(
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01` as Parameters<typeof toNumber>[0],
  );
}
