import { MONTHS, WEEKDAYS } from '../domain/calendar-names.ts';
import { type DayNumber, parseDay, toNumber, weekdayOf } from '../domain/day.ts';
import { addMonths, parts } from './dates.ts';
import type { TimelineModel } from './model.ts';

/**
 * The day meant by what a person types: `2027-01-11`, `+3w` or `-10d` from the cursor, `S45` (a sprint's first day), `11 jan`, `jan`, `mon`
 * (the next one), `today`. `null` when it is no date.
 */
export function dayFrom(text: string, model: TimelineModel, cursor: DayNumber): DayNumber | null {
  const said = text.trim().toLowerCase();
  const iso = parseDay(said);
  if (iso !== null) return toNumber(iso);
  if (said === 'today' || said === 'now') return model.today;
  if (said === 'tomorrow') return model.today + 1;
  const far = /^([+-]\d{1,4})\s*([dwmsy]?)$/.exec(said);
  if (far !== null) return further(cursor, Number(far[1]), far[2] ?? '', model);
  const sprint = /^s(-?\d{1,5})$/.exec(said);
  if (sprint !== null) return model.sprints.startOf(Number(sprint[1]));
  const weekday = WEEKDAYS.findIndex((name) => isShortFor(said, name.toLowerCase()));
  if (weekday >= 0) return cursor + ((weekday + 1 - weekdayOf(cursor) + 6) % 7) + 1;
  return inMonth(said, model);
}

function further(from: DayNumber, count: number, unit: string, model: TimelineModel): DayNumber {
  if (unit === 'm') return addMonths(from, count);
  if (unit === 'y') return addMonths(from, 12 * count);
  const days = unit === 'w' ? 7 : unit === 's' ? model.sprints.days : 1;
  return from + count * days;
}

/** `jan`, `11 jan`, `january 11`, `jan 2027`: without a year the next one, the running month included. */
function inMonth(said: string, { today }: TimelineModel): DayNumber | null {
  const words = said.split(/[\s.,]+/).filter((word) => word !== '');
  const month = MONTHS.findIndex((name) => words.some((word) => isShortFor(word, name.toLowerCase())));
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
  if (month < 0 || words.length !== numbers.length + 1 || numbers.length > 2) return null;
  const date = numbers.find((number) => number >= 1 && number <= 31) ?? 1;
  const now = parts(today);
  const year = numbers.find((number) => number >= 1000) ?? (month + 1 < now.month ? now.year + 1 : now.year);
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = parseDay(`${year}-${pad(month + 1)}-${pad(date)}`);
  return day === null ? null : toNumber(day);
}

/** At least three letters, or people could not say which. */
function isShortFor(word: string, name: string): boolean {
  return word.length >= 3 && name.startsWith(word);
}
