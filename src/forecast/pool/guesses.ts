import { median } from '../gap-model.ts';
import type { Group } from './groups.ts';

/** What guesses are made from: the days of the releases so far, ascending, and the gaps between them, each at least a day. */
export interface Past {
  readonly days: readonly number[];
  readonly gaps: readonly number[];
}

/** A guess at the next gap as one number; its spread is learned from how far it was off before. */
export interface Point {
  readonly id: string;
  readonly group: Group;
  /** Log days; `null` while it cannot speak. */
  readonly guess: (past: Past) => number | null;
  /** Also with a spread learned by Bayes (`widths.ts`), for vendors that keep to the day. */
  readonly sharp: boolean;
  /** Also weighted by the season. */
  readonly seasonal: boolean;
}

const YEAR = 365.25;

const meanLog =
  (halfLife: number) =>
  ({ gaps }: Past): number => {
    let [sum, weights] = [0, 0];
    gaps.forEach((gap, i) => {
      const weight = 0.5 ** ((gaps.length - 1 - i) / halfLife);
      sum += weight * Math.log(gap);
      weights += weight;
    });
    return sum / weights;
  };
const ago =
  (m: number) =>
  ({ gaps }: Past): number | null => {
    const gap = gaps.at(-m);
    return gap === undefined ? null : Math.log(gap);
  };

/** A line through the last four days, read off one release on. */
function alongALine({ days }: Past): number | null {
  const [a, b, c, d] = days.slice(-4);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  const slope = (3 * (d - a) + (c - b)) / 10;
  return Math.log(Math.max(1, (a + b + c + d) / 4 + 2.5 * slope - d));
}

/** Days from the release nearest to so many years ago that still count as the same time of the year. */
const SAME_SEASON = 75;
/** The first release must not be younger than the years asked for, but for so many days. */
const SLACK = 20;

/** Days from the last release to the one that followed the release of `years` ago, come again; `null` where none was near or it has passed. */
const asYearsAgo =
  (years: number, near: number) =>
  ({ days }: Past): number | null => {
    const last = days.at(-1) ?? 0;
    const then = last - years * YEAR;
    if ((days[0] ?? last) > then + SLACK) return null;
    let nearest = 0;
    for (let i = 1; i < days.length - 1; i++) {
      if (Math.abs((days[i] ?? 0) - then) < Math.abs((days[nearest] ?? 0) - then)) nearest = i;
    }
    if (Math.abs((days[nearest] ?? 0) - then) > near) return null;
    const gap = (days[nearest + 1] ?? 0) + years * YEAR - last;
    return gap >= 1 ? gap : null;
  };

/** The same, averaged over the last so many years. */
const asInYears = (years: number) => {
  const each = Array.from({ length: years }, (_, i) => asYearsAgo(i + 1, SAME_SEASON));
  return (past: Past): number | null => {
    let sum = 0;
    for (const guess of each) {
      const gap = guess(past);
      if (gap === null) return null;
      sum += gap;
    }
    return Math.max(1, sum / years);
  };
};

function asAYearAgo(past: Past): number | null {
  const gap = asYearsAgo(1, Number.POSITIVE_INFINITY)(past);
  return gap === null ? null : Math.log(gap);
}

/** Every guess at the gap; the order decides that of the experts. */
export const POINTS: readonly Point[] = [
  { id: 'mean of all', group: 'point', guess: ({ gaps }) => Math.log(mean(gaps)), sharp: true, seasonal: false },
  {
    id: 'median of 8',
    group: 'point',
    guess: ({ gaps }) => Math.log(median(gaps.slice(-8))),
    sharp: true,
    seasonal: false,
  },
  { id: 'mean, half-life 1.5', group: 'point', guess: meanLog(1.5), sharp: false, seasonal: false },
  { id: 'mean, half-life 4', group: 'point', guess: meanLog(4), sharp: true, seasonal: true },
  { id: 'mean, half-life 12', group: 'point', guess: meanLog(12), sharp: false, seasonal: false },
  { id: 'last gap', group: 'point', guess: ago(1), sharp: true, seasonal: false },
  { id: '2 gaps ago', group: 'point', guess: ago(2), sharp: true, seasonal: false },
  { id: '3 gaps ago', group: 'point', guess: ago(3), sharp: false, seasonal: false },
  { id: '4 gaps ago', group: 'point', guess: ago(4), sharp: false, seasonal: false },
  { id: 'line', group: 'calendar', guess: alongALine, sharp: false, seasonal: false },
  { id: 'year ago', group: 'calendar', guess: asAYearAgo, sharp: true, seasonal: false },
];

/** A guess at the next date: how far it is off does not grow with the gap. */
interface DateGuess {
  readonly id: string;
  /** Days after the last release; `null` while it cannot speak. */
  readonly guess: (past: Past) => number | null;
}

/** The dates of the last one, two and three years, come again. */
export const DATES: readonly DateGuess[] = [1, 2, 3].map((years) => ({
  id: years === 1 ? 'date of a year ago' : `dates of ${years} years`,
  guess: asInYears(years),
}));

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
