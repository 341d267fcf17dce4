import { type DayNumber, toNumber } from '../domain/day.ts';
import type { Overview } from '../domain/overview.ts';
import type { Row } from './row.ts';
import { rowsOf } from './rows.ts';
import type { Moved } from './shell.ts';
import { type Sprints, sprintsOf } from './sprints.ts';

const NOTHING: readonly Moved[] = [];

/** An overview as the calendar reads it: integer days, rows in the order of the screen. Days are half-open: `[from, until)`. */
export interface TimelineModel {
  readonly overview: Overview;
  readonly today: DayNumber;
  /** Days of the first and last dated thing or of the horizon, both inclusive; the cursor stays between them. */
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly rows: readonly Row[];
  /** What is not where it was when the plan was remembered last. */
  readonly changed: readonly Moved[];
  /** Days off of the team within the days of the plan, ascending. */
  readonly daysOff: readonly DayNumber[];
  readonly freezes: readonly { readonly name: string; readonly from: DayNumber; readonly until: DayNumber }[];
  readonly sprints: Sprints;
}

export function timelineModel(overview: Overview, changed: readonly Moved[] = NOTHING): TimelineModel {
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
    changed,
    daysOff: overview.config.team.daysOff.map(toNumber),
    freezes,
    sprints: sprintsOf(overview.config.team.sprint),
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
