/** A calendar day, ISO `YYYY-MM-DD`. It has no time of day and no zone, so days compare with `<`. */
export type Day = string & { readonly __brand: 'Day' };

/** Whole days since 1970-01-01; what the arithmetic inside forecasts, planner and screens uses. */
export type DayNumber = number;

const PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const MS_PER_DAY = 86_400_000;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads a day from text we did not write; `null` when it is not one, such as `2026-02-30`. */
export function parseDay(text: string): Day | null {
  if (!PATTERN.test(text)) return null;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const date = Number(text.slice(8, 10));
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  // Asked for every date of every feed: a `Date` would cost five times as much.
  return date >= 1 && date <= (MONTH_LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0) ? (text as Day) : null;
}

/** A day we are sure of. @throws RangeError when `text` is not one. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === null) throw new RangeError(`"${text}" is not a calendar day (YYYY-MM-DD)`);
  return parsed;
}

/** Plans ask for the same few hundred days hundreds of thousands of times. */
const NUMBERS = new Map<Day, DayNumber>();
const DAYS = new Map<DayNumber, Day>();
/** Days remembered before all are forgotten: over a hundred years. */
const REMEMBERED = 40_000;

export function toNumber(value: Day): DayNumber {
  const known = NUMBERS.get(value);
  if (known !== undefined) return known;
  const number =
    Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)) - 1, Number(value.slice(8, 10))) / MS_PER_DAY;
  if (NUMBERS.size >= REMEMBERED) NUMBERS.clear();
  NUMBERS.set(value, number);
  return number;
}

export function fromNumber(value: DayNumber): Day {
  const known = DAYS.get(value);
  if (known !== undefined) return known;
  const text = new Date(value * MS_PER_DAY).toISOString().slice(0, 10) as Day;
  if (DAYS.size >= REMEMBERED) DAYS.clear();
  DAYS.set(value, text);
  return text;
}

export function addDays(from: Day, days: number): Day {
  return fromNumber(toNumber(from) + days);
}

/** Whole days from `from` to `to`; negative when `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return toNumber(to) - toNumber(from);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekday(value: Day): number {
  return weekdayOf(toNumber(value));
}

/** 1 is Monday, 7 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(value: DayNumber): number {
  return ((((value + 3) % 7) + 7) % 7) + 1;
}

export function minDay(a: Day, b: Day): Day {
  return a < b ? a : b;
}

export function maxDay(a: Day, b: Day): Day {
  return a > b ? a : b;
}
