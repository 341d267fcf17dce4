import type { Group } from './groups.ts';
import { DATES, type Past, POINTS } from './guesses.ts';
import { addLogNormal } from './log-normal.ts';
import { Widths } from './widths.ts';

/** One simple idea of how long the next gap will be. */
export interface Expert {
  readonly id: string;
  readonly group: Group;
}

/** Curves over the days after the last release, by width of their kernels in days. */
export type Seasons = (width: number) => Float64Array;

/** Spread of a point expert: errors before it has any (weight, standard deviation), how soon old ones fade, the least it can be. */
const LEARNED = { weight: 1, prior: 0.3, halfLife: 8, least: 0.03, inner: 0.75, outer: 2.2, share: 0.85 };

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
  ...DATES.map(({ id }): Expert => ({ id, group: 'calendar' })),
  { id: 'broad', group: 'broad' },
  { id: 'dormant', group: 'broad' },
];

function inSeasons(id: string): Expert[] {
  return SEASON_WIDTHS.map((width) => ({ id: `${id}, season ${width}`, group: 'season' }));
}

/** Remembers how far the point experts were off, and gives every expert's distribution of the coming gap. */
export class Panel {
  readonly #errors: number[][] = POINTS.map(() => []);
  readonly #widths = POINTS.map(() => Widths.ofShares());
  readonly #dateWidths = DATES.map(() => Widths.ofDays());
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
      if (point.sharp) spoken.push(centre === null ? null : this.#sharp(i, centre, length));
    });
    DATES.forEach(({ guess }, i) => {
      const centre = guess(past);
      const density = centre === null ? null : (this.#dateWidths[i]?.around(centre, length) ?? null);
      spoken.push(density === null ? null : normalised(density));
    });
    const recent = past.gaps.slice(-12);
    const level = (recent.reduce((sum, gap) => sum + Math.log(gap), 0) / recent.length) * past.gaps.length + STRANGER;
    spoken.push(single(level / (past.gaps.length + 1), 0.9, length));
    spoken.push(single(level / (past.gaps.length + 1) + 1.6, 0.8, length));
    return spoken;
  }

  /** Notes how far the point experts would have been off. */
  learn(past: Past, gap: number): void {
    POINTS.forEach(({ guess, sharp }, i) => {
      const centre = guess(past);
      if (centre === null) return;
      this.#errors[i]?.push(Math.max(-2, Math.min(2, Math.log(gap) - centre)));
      if (sharp) this.#widths[i]?.learn(centre, gap);
    });
    DATES.forEach(({ guess }, i) => {
      const centre = guess(past);
      if (centre !== null) this.#dateWidths[i]?.learn(centre, gap);
    });
  }

  #sharp(point: number, centre: number, length: number): Float64Array | null {
    const density = this.#widths[point]?.around(centre, length);
    return density === undefined ? null : normalised(density);
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

function isSeasonal(halfLife: number, width: number): boolean {
  return halfLife === SEASONAL_KERNEL.halfLife && width === SEASONAL_KERNEL.width;
}
