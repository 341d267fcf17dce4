import type { SprintRhythm } from '../domain/config.ts';
import { type DayNumber, toNumber } from '../domain/day.ts';
import type { Overview } from '../domain/overview.ts';
import type { Row } from './row.ts';
import { rowsOf } from './rows.ts';

/** An overview as the calendar reads it: integer days, rows in the order of the screen. Days are half-open: `[from, until)`. */
export interface TimelineModel {
  readonly overview: Overview;
  readonly today: DayNumber;
  /** Days of the first and last dated thing or of the horizon, both inclusive; the cursor stays between them. */
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly rows: readonly Row[];
  readonly freezes: readonly { readonly name: string; readonly from: DayNumber; readonly until: DayNumber }[];
  readonly sprints: Sprints;
}

export interface Sprints {
  readonly days: number;
  /** Number of the sprint a day lies in. They tile both ways, so numbers may go below zero. */
  readonly numberOf: (day: DayNumber) => number;
  /** First day of the sprint with that number. */
  readonly startOf: (number: number) => DayNumber;
}

export function timelineModel(overview: Overview): TimelineModel {
  const today = toNumber(overview.asOf);
  const rows = rowsOf(overview);
  const freezes = overview.config.freezes.map(({ name, from, until }) => ({
    name,
    from: toNumber(from),
    until: toNumber(until),
  }));
  const days = [today, toNumber(overview.plan.horizon.until) - 1, ...freezes.flatMap((f) => [f.from, f.until - 1])];
  for (const row of rows) days.push(...datesOf(row));
  return {
    overview,
    today,
    first: days.reduce((a, b) => Math.min(a, b)),
    last: days.reduce((a, b) => Math.max(a, b)),
    rows,
    freezes,
    sprints: sprintsOf(overview.config.team.sprint),
  };
}

function sprintsOf(rhythm: SprintRhythm): Sprints {
  const start = toNumber(rhythm.start);
  const days = Math.max(1, rhythm.days);
  return {
    days,
    numberOf: (day) => rhythm.first + Math.floor((day - start) / days),
    startOf: (number) => start + (number - rhythm.first) * days,
  };
}

function datesOf(row: Row): readonly DayNumber[] {
  switch (row.kind) {
    case 'lane':
      // A forecast is no date: a flat one would let the cursor wander off for years.
      return row.ticks.map((tick) => tick.day);
    case 'calm':
      return row.periods.flatMap((period) => [period.from, period.until - 1]);
    case 'window':
    case 'upgrade':
      return [row.from, row.until - 1];
    default:
      return [];
  }
}
