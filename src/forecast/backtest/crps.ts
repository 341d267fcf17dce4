import { QUANTILES } from '../../domain/forecast.ts';

/**
 * Continuous ranked probability score of a forecast given by its nineteen quantiles, in days: 2/19 times the sum of the pinball losses
 * (Gneiting and Raftery 2007, section 4.2; Laio and Tamea 2007). 0 is perfect. A forecast that puts everything on one day scores its absolute error.
 * @param quantiles days, or days since any fixed day, in the order of `QUANTILES`.
 * @param actual on the same scale.
 */
export function crpsOf(quantiles: ArrayLike<number>, actual: number): number {
  let loss = 0;
  QUANTILES.forEach((probability, index) => {
    const over = (quantiles[index] ?? Number.NaN) - actual;
    loss += over > 0 ? (1 - probability) * over : -probability * over;
  });
  return (2 / QUANTILES.length) * loss;
}

/** Whether the central band of two quantiles, its ends included, holds the day. `low` and `high` are among `QUANTILES`. */
export function bandHolds(quantiles: ArrayLike<number>, [low, high]: Band, actual: number): boolean {
  const from = quantiles[INDEX.get(low) ?? -1] ?? Number.NaN;
  const to = quantiles[INDEX.get(high) ?? -1] ?? Number.NaN;
  return from <= actual && actual <= to;
}

export type Band = readonly [low: number, high: number];

/** The central bands a backtest looks at, by their names in its result. */
export const BANDS = {
  band50: [0.25, 0.75],
  band80: [0.1, 0.9],
  band90: [0.05, 0.95],
} as const satisfies Record<string, Band>;

const INDEX: ReadonlyMap<number, number> = new Map(QUANTILES.map((probability, index) => [probability, index]));
