import type { SprintRhythm } from '../domain/config.ts';
import { type Day, daysBetween, fromNumber, toNumber } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';

export interface Sprint extends Interval {
  readonly number: number;
}

/**
 * The sprint a day lies in. Sprints tile both ways from the anchor, so every day lies in exactly one; an exception changes the length of the
 * one it names, and those after it tile on from its end.
 */
export function sprintAt({ start, days, first, exceptions }: SprintRhythm, day: Day): Sprint {
  const regular = (origin: Day, number: number): Sprint => {
    const index = Math.floor(daysBetween(origin, day) / days);
    const from = toNumber(origin) + index * days;
    return { number: number + index, from: fromNumber(from), until: fromNumber(from + days) };
  };
  let origin = start;
  let number = first;
  for (const exception of exceptions) {
    if (day < exception.start || exception.start < origin) continue;
    number += Math.round(daysBetween(origin, exception.start) / days);
    const until = fromNumber(toNumber(exception.start) + exception.days);
    if (day < until) return { number, from: exception.start, until };
    origin = until;
    number += 1;
  }
  return regular(origin, number);
}

/** Whether an exception begins where a sprint begins, given those before it. */
export function beginsASprint(rhythm: SprintRhythm, start: Day): boolean {
  const before = { ...rhythm, exceptions: rhythm.exceptions.filter((one) => one.start < start) };
  return start >= rhythm.start && sprintAt(before, start).from === start;
}
