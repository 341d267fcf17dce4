import { FEATURES } from '../forecast/pool/features.ts';
import type { Example } from './examples.ts';
import { lossOf } from './loss.ts';

/** Where the fit starts, and what it is drawn back to: the mixture of the experts as it is. */
export const MIXTURE: readonly number[] = FEATURES.map((name) => (name === 'mixture' ? 1 : 0));

const STEPS = 120;
const RATE = 0.03;
const DRAWN_BACK = 0.002;

/** Coefficients that make the geometric mean of the products' scores small: Adam (Kingma and Ba 2015) on the mean of the log scores. */
export function fitOn(products: readonly Example[]): readonly number[] {
  const coefficients = [...MIXTURE];
  const mean = new Float64Array(FEATURES.length);
  const square = new Float64Array(FEATURES.length);
  for (let step = 1; step <= STEPS; step++) {
    const slope = new Float64Array(FEATURES.length);
    for (const product of products) {
      const { gradient } = lossOf(product, coefficients);
      gradient.forEach((value, f) => {
        slope[f] = (slope[f] ?? 0) + value / products.length;
      });
    }
    coefficients.forEach((value, f) => {
      const by = (slope[f] ?? 0) + 2 * DRAWN_BACK * (value - (MIXTURE[f] ?? 0));
      const m = 0.9 * (mean[f] ?? 0) + 0.1 * by;
      const v = 0.99 * (square[f] ?? 0) + 0.01 * by * by;
      mean[f] = m;
      square[f] = v;
      coefficients[f] = value - (RATE * (m / (1 - 0.9 ** step))) / (Math.sqrt(v / (1 - 0.99 ** step)) + 1e-8);
    });
  }
  return coefficients;
}
