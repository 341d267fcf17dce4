import type { Config, Team } from '../domain/config.ts';
import { addDays, type Day, weekday } from '../domain/day.ts';
import { contains, type Interval, overlaps } from '../domain/interval.ts';
import type { WorkKind } from '../domain/plan.ts';
import { isWorkday } from './calendar.ts';
import { blocksKind } from './freezes.ts';

/** Days without work in a row from which on they count as a freeze does, unless the team rests as long each week. */
const LONG_REST = 3;
/** Days looked at on either side of a window for an edge; no team works fewer than two days in so many. */
const NEAR = 60;
const WEEK = 7;

/** What lies too near to a window: a freeze, or days off. */
export interface Edge {
  /** `the freeze "Year end"`, `4 days off`. */
  readonly what: string;
  /** The day of it that is nearest to the window. */
  readonly day: Day;
  /** Working days between it and the window. */
  readonly distance: number;
}

type Calendar = Pick<Config, 'team' | 'freezes'>;

/** The nearest freeze or long rest within fewer than `within` working days of the window, in it or on either side; `null`: none. */
export function nearEdge({ team, freezes }: Calendar, kind: WorkKind, window: Interval, within: number): Edge | null {
  const dated = freezesOf(freezes, kind).filter(({ recurring }) => !recurring);
  const hit = dated.find((freeze) => overlaps(freeze, window));
  if (hit !== undefined) return { what: `the freeze "${hit.name}"`, day: hit.from, distance: 0 };
  const longest = Math.max(LONG_REST, usualRest(team) + 1);
  const on = (first: Day, step: 1 | -1): Edge | null => {
    let worked = 0;
    let rest = 0;
    for (let n = 0, day = first; n < NEAR && worked < within; n++, day = addDays(day, step)) {
      const frozen = dated.find((freeze) => contains(freeze, day));
      if (frozen !== undefined) return { what: `the freeze "${frozen.name}"`, day, distance: worked };
      if (isWorkday(team, day)) {
        worked++;
        rest = 0;
        continue;
      }
      rest++;
      if (rest === longest) {
        return { what: `${longest} days off or more`, day: addDays(day, step * (1 - longest)), distance: worked };
      }
    }
    return null;
  };
  return inside(team, window, longest) ?? on(window.until, 1) ?? on(addDays(window.from, -1), -1);
}

/** The first long rest that lies in the window; `null`: none. */
function inside(team: Team, { from, until }: Interval, longest: number): Edge | null {
  let rest = 0;
  for (let day = from; day < until; day = addDays(day, 1)) {
    rest = isWorkday(team, day) ? 0 : rest + 1;
    if (rest === longest) {
      return { what: `${longest} days off or more`, day: addDays(day, 1 - longest), distance: 0 };
    }
  }
  return null;
}

/** Freezes that forbid the kind, or to an engine the time between two lines. */
function freezesOf(freezes: Config['freezes'], kind: WorkKind): Config['freezes'] {
  return freezes.filter(
    (freeze) => blocksKind(freeze, kind) || (kind === 'engine' && blocksKind(freeze, 'disruption')),
  );
}

/** The most days in a row that the team does not work in any week: 2 from Monday to Friday. */
function usualRest({ workdays }: Team): number {
  let [longest, rest] = [0, 0];
  for (let n = 0; n < 2 * WEEK; n++) {
    rest = workdays.includes((n % WEEK) + 1) ? 0 : rest + 1;
    longest = Math.max(longest, rest);
  }
  return Math.min(longest, WEEK);
}

/**
 * The first working day of the window after which days off come; `null`: none. Days that a freeze takes again and again are days off; a rest
 * that the team has in the middle of each week, shorter than its longest, is none. A window too long to lie between two rests is judged by
 * its first day alone.
 */
export function lastBeforeRest(
  { team, freezes }: Calendar,
  kind: WorkKind,
  window: Interval,
  workdays: number,
): Day | null {
  const own = freezesOf(freezes, kind);
  const again = own.filter(({ recurring }) => recurring);
  const isWorked = (day: Day) => isWorkday(team, day) && !again.some((freeze) => contains(freeze, day));
  const isRegular = (day: Day) => !team.workdays.includes(weekday(day));
  const usual = usualRest(team);
  const restsAfter = (day: Day): boolean => {
    let length = 0;
    for (let next = addDays(day, 1); length < NEAR && !isWorked(next); next = addDays(next, 1)) {
      if (!isRegular(next)) return true;
      length++;
    }
    return length > 0 && length >= usual;
  };
  const tooLong = workdays > team.workdays.length - 1;
  for (let day = window.from; day < window.until; day = addDays(day, 1)) {
    if (isWorked(day) && restsAfter(day)) return day;
    if (tooLong) return null;
  }
  return null;
}
