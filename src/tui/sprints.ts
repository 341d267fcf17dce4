import type { SprintRhythm } from '../domain/config.ts';
import { type DayNumber, toNumber } from '../domain/day.ts';

export interface Sprints {
  /** Calendar days of a regular one. */
  readonly days: number;
  /** Number of the sprint a day lies in. They tile both ways, so numbers may go below zero. */
  readonly numberOf: (day: DayNumber) => number;
  /** First day of the sprint with that number. */
  readonly startOf: (number: number) => DayNumber;
}

/** Sprints of one length from a day on. */
interface Run {
  readonly from: DayNumber;
  readonly number: number;
  readonly days: number;
}

/** The rhythm as one run of sprints after another: the regular one, each exception, and what goes on from its end. */
export function sprintsOf({ start, days, first, exceptions }: SprintRhythm): Sprints {
  const regular = Math.max(1, days);
  const runs: Run[] = [{ from: toNumber(start), number: first, days: regular }];
  for (const exception of exceptions) {
    const last = runs.at(-1);
    const from = toNumber(exception.start);
    if (last === undefined || from < last.from) continue;
    const number = last.number + Math.round((from - last.from) / last.days);
    const length = Math.max(1, exception.days);
    runs.push({ from, number, days: length }, { from: from + length, number: number + 1, days: regular });
  }
  const runOf = (isIn: (run: Run) => boolean) => runs.findLast(isIn) ?? (runs[0] as Run);
  return {
    days: regular,
    numberOf: (day) => {
      const run = runOf(({ from }) => from <= day);
      return run.number + Math.floor((day - run.from) / run.days);
    },
    startOf: (wanted) => {
      const run = runOf(({ number }) => number <= wanted);
      return run.from + (wanted - run.number) * run.days;
    },
  };
}
