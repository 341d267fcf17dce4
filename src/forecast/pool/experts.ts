import { median } from '../gap-model.ts';
import { addLogNormal } from './log-normal.ts';

/** What experts look at: the days of the releases so far, ascending, and the gaps between them, each at least a day. */
export interface Past {
  readonly days: readonly number[];
  readonly gaps: readonly number[];
}

/** One simple idea of how long the next gap will be. */
export interface Expert {
  readonly id: string;
  readonly group: Group;
}

/** Curves over the days after the last release, by width of their kernels in days. */
export type Seasons = (width: number) => Float64Array;

/** Experts of a kind are also pooled among themselves. */
export const GROUPS = ['season', 'kernel', 'broad', 'calendar', 'point'] as const;
export type Group = (typeof GROUPS)[number];

/** A guess at the next gap as one number; its spread is learned from how far it was off before. */
interface Point {
  readonly id: string;
  readonly group: Group;
  /** Log days; `null` while it cannot speak. */
  readonly guess: (past: Past) => number | null;
  /** Also with a spread that follows only its last few errors, for vendors that keep to the day. */
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

/** The release that followed the one of a year ago comes again a year later. */
function asAYearAgo({ days }: Past): number | null {
  const last = days.at(-1) ?? 0;
  const then = last - YEAR;
  if ((days[0] ?? last) > then + 20) return null;
  let nearest = 0;
  for (let i = 1; i < days.length - 1; i++) {
    if (Math.abs((days[i] ?? 0) - then) < Math.abs((days[nearest] ?? 0) - then)) nearest = i;
  }
  const gap = (days[nearest + 1] ?? 0) + YEAR - last;
  return gap >= 1 ? Math.log(gap) : null;
}

const POINTS: readonly Point[] = [
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

/** Spread of a point expert: errors before it has any (weight, standard deviation), how soon old ones fade, the least it can be. */
const LEARNED = { weight: 1, prior: 0.3, halfLife: 8, least: 0.03, inner: 0.75, outer: 2.2, share: 0.85 };
const SHARP = { weight: 0.3, prior: 0.2, halfLife: 3, least: 0.006, inner: 0.8, outer: 3, share: 0.85 };

const KERNEL_GAPS = 16;
const HALF_LIVES = [1.5, 5, 15];
const WIDTHS = [0.1, 0.2, 0.45];
const SEASON_WIDTHS = [9, 18];
/** The kernel density that is also weighted by the season. */
const SEASONAL_KERNEL = { halfLife: 5, width: 0.2 };
/** Log days: what a vendor nobody knows is given at first, with the weight of one gap. */
const STRANGER = Math.log(90);

/** Every expert, in the order in which `speak` gives their distributions. */
export const EXPERTS: readonly Expert[] = [
  ...HALF_LIVES.flatMap((halfLife) =>
    WIDTHS.flatMap((width): Expert[] => {
      const id = `kernels ${width}, half-life ${halfLife}`;
      const own: Expert = { id, group: 'kernel' };
      return isSeasonal(halfLife, width) ? [own, ...inSeasons(id)] : [own];
    }),
  ),
  ...POINTS.flatMap(({ id, group, sharp, seasonal }): Expert[] => [
    { id, group },
    ...(seasonal ? inSeasons(id) : []),
    ...(sharp ? [{ id: `${id}, sharp`, group }] : []),
  ]),
  { id: 'broad', group: 'broad' },
  { id: 'dormant', group: 'broad' },
];

function inSeasons(id: string): Expert[] {
  return SEASON_WIDTHS.map((width) => ({ id: `${id}, season ${width}`, group: 'season' }));
}

/** Remembers how far the point experts were off, and gives every expert's distribution of the coming gap. */
export class Panel {
  readonly #errors: number[][] = POINTS.map(() => []);
  /** Kernels by gap and width: the same gaps are looked back on after every release. */
  readonly #kernels = new Map<string, Float64Array>();

  /**
   * The distributions by `EXPERTS`, element `k` the chance of `k` days; `null` for those that cannot speak yet. Each sums to 1.
   * @param length of the arrays.
   * @param seasons how likely a release is at the time of the year, by the width of the kernels.
   */
  speak(past: Past, length: number, seasons: Seasons): readonly (Float64Array | null)[] {
    const inSeason = (density: Float64Array) =>
      SEASON_WIDTHS.map((width) => normalised(times(density, seasons(width))));

    const spoken: (Float64Array | null)[] = [];
    for (const halfLife of HALF_LIVES) {
      for (const width of WIDTHS) {
        const density = normalised(this.#kernelDensity(past.gaps, halfLife, width, length));
        spoken.push(density, ...(isSeasonal(halfLife, width) ? inSeason(density) : []));
      }
    }
    POINTS.forEach((point, i) => {
      const centre = point.guess(past);
      const errors = this.#errors[i] ?? [];
      const wide = centre === null ? null : around(centre, errors, LEARNED, length);
      spoken.push(wide);
      if (point.seasonal) spoken.push(...(wide === null ? SEASON_WIDTHS.map(() => null) : inSeason(wide)));
      if (point.sharp) spoken.push(centre === null ? null : around(centre, errors, SHARP, length));
    });
    const recent = past.gaps.slice(-12);
    const level = (recent.reduce((sum, gap) => sum + Math.log(gap), 0) / recent.length) * past.gaps.length + STRANGER;
    spoken.push(single(level / (past.gaps.length + 1), 0.9, length));
    spoken.push(single(level / (past.gaps.length + 1) + 1.6, 0.8, length));
    return spoken;
  }

  /** Notes how far the point experts would have been off. */
  learn(past: Past, gap: number): void {
    POINTS.forEach(({ guess }, i) => {
      const centre = guess(past);
      if (centre !== null) this.#errors[i]?.push(Math.max(-2, Math.min(2, Math.log(gap) - centre)));
    });
  }

  #kernelDensity(gaps: readonly number[], halfLife: number, width: number, length: number): Float64Array {
    const density = new Float64Array(length);
    gaps.slice(-KERNEL_GAPS).forEach((gap, i, kept) => {
      const kernel = this.#kernel(gap, width, length);
      const weight = 0.5 ** ((kept.length - 1 - i) / halfLife);
      const until = Math.min(length, kernel.length);
      for (let k = 1; k < until; k++) density[k] = (density[k] ?? 0) + weight * (kernel[k] ?? 0);
    });
    return density;
  }

  #kernel(gap: number, width: number, length: number): Float64Array {
    const key = `${gap} ${width}`;
    const known = this.#kernels.get(key);
    // Kernels end where nothing of them is left, whatever the length of the grid then.
    const end = Math.ceil(gap * Math.exp(6 * width)) + 1;
    if (known !== undefined && (known.length >= length || known.length >= end)) return known;
    const kernel = new Float64Array(Math.min(end, length));
    addLogNormal(kernel, Math.log(gap), width, 1);
    this.#kernels.set(key, kernel);
    return kernel;
  }
}

interface Learning {
  readonly weight: number;
  readonly prior: number;
  readonly halfLife: number;
  readonly least: number;
  readonly inner: number;
  readonly outer: number;
  readonly share: number;
}

/** Two log-normals around a guess, as wide as its past errors were: most of the weight in a narrow one, the rest in a wide one. */
function around(centre: number, errors: readonly number[], how: Learning, length: number): Float64Array {
  let squares = how.weight * how.prior * how.prior;
  let weights = how.weight;
  errors.forEach((error, i) => {
    const weight = 0.5 ** ((errors.length - 1 - i) / how.halfLife);
    squares += weight * error * error;
    weights += weight;
  });
  const width = Math.max(how.least, Math.sqrt(squares / weights));
  const density = new Float64Array(length);
  addLogNormal(density, centre, width * how.inner, how.share);
  addLogNormal(density, centre, width * how.outer, 1 - how.share);
  return normalised(density);
}

function single(centre: number, width: number, length: number): Float64Array {
  const density = new Float64Array(length);
  addLogNormal(density, centre, width, 1);
  return normalised(density);
}

/** Chance that every day keeps whatever an expert says, so that no release can be impossible. */
const LEAST = 1e-7;

function normalised(density: Float64Array): Float64Array {
  let total = 0;
  for (let k = 1; k < density.length; k++) total += density[k] ?? 0;
  const share = total > 0 ? (1 - LEAST * density.length) / total : 0;
  for (let k = 1; k < density.length; k++) density[k] = (density[k] ?? 0) * share + LEAST;
  density[0] = 0;
  return density;
}

function times(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(a.length);
  for (let k = 1; k < a.length; k++) product[k] = (a[k] ?? 0) * (b[k] ?? 0);
  return product;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function isSeasonal(halfLife: number, width: number): boolean {
  return halfLife === SEASONAL_KERNEL.halfLife && width === SEASONAL_KERNEL.width;
}
