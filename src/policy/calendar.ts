import type { Team } from '../domain/config.ts';
import { addDays, type Day, weekday } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import { type Sprint, sprintAt } from './sprints.ts';

export type { Sprint } from './sprints.ts';

/** The sprint a day lies in. */
export function sprintOf(team: Team, day: Day): Sprint {
  return sprintAt(team.sprint, day);
}

export function isWorkday(team: Team, day: Day): boolean {
  return team.workdays.includes(weekday(day)) && !team.daysOff.includes(day);
}

/** Working days in the interval, counted up to `enough` of them. */
export function workdaysIn(team: Team, { from, until }: Interval, enough = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (let day = from; day < until && count < enough; day = addDays(day, 1)) if (isWorkday(team, day)) count++;
  return count;
}

/**
 * The window of work that starts on `from` and takes `days` working days: half-open, ending after its last working day. Weekends and days
 * off in between are inside but do not count. `null` when `from` is no working day, or no end is found within a year.
 */
export function workWindow(team: Team, from: Day, days: number): Interval | null {
  if (!isWorkday(team, from)) return null;
  let left = days - 1;
  let last = from;
  for (let steps = 0; left > 0; steps++) {
    if (steps > 366) return null;
    last = addDays(last, 1);
    if (isWorkday(team, last)) left--;
  }
  return { from, until: addDays(last, 1) };
}

/** Working days between two windows that do not overlap: those of `[earlier.until, later.from)`. 0 where they touch or overlap; no further than `enough`. */
export function workdaysBetween(team: Team, a: Interval, b: Interval, enough?: number): number {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  return workdaysIn(team, { from: first.until, until: second.from }, enough);
}

/**
 * Working days that `day` lies ahead of `from`: those after `from` up to `day`, both `day` and what is between counted; no further than to
 * `enough` of them.
 */
export function workdaysAhead(team: Team, from: Day, day: Day, enough?: number): number {
  return workdaysIn(team, { from: addDays(from, 1), until: addDays(day, 1) }, enough);
}
