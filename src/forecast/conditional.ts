import { normalQuantile, quickNormalCdf } from './normal.ts';

/** Mass left after conditioning below which a gap distribution no longer says anything. */
const SPENT = 0.01;
/** Silence to come, on average, once it has outlasted all that was thought possible: as a share of the silence so far. */
const AS_MUCH_AGAIN = 0.4;
/** And at least so many days. */
const LEAST_MEAN = 7;

/** The coming release, given that there was none for a while. */
export interface Coming {
  /** Chance of it `i + 1` days after the silence observed, element by element. Sums to at most 1; the rest lies beyond. */
  readonly mass: Float64Array;
  /** Chance, before the silence was seen, that the gap outlasts it. */
  readonly survives: number;
  /** The silence has outlasted the distribution, and `mass` is exponential. */
  readonly spent: boolean;
}

/**
 * P(gap = elapsed + 1 + i | gap > elapsed). Where little of the distribution is left: exponential, with a mean of two fifths of the
 * silence (the longer it has lasted, the longer it will; a common rule for what has no scale of its own).
 * @param gap chance of each whole gap, element 0 is 0.
 * @param elapsed days since the last release on which nothing came.
 * @param length of the result.
 * @param spread stretches the band around its median by this factor: F becomes Φ(Φ⁻¹(F) ÷ spread).
 */
export function comingAfter(gap: Float64Array, elapsed: number, length: number, spread = 1): Coming {
  let before = 0;
  for (let k = 1; k <= elapsed && k < gap.length; k++) before += gap[k] ?? 0;
  const survives = Math.max(0, 1 - before);
  const mass = new Float64Array(length);
  if (survives <= SPENT || elapsed + 2 >= gap.length) {
    const stay = Math.exp(-1 / Math.max(LEAST_MEAN, elapsed * AS_MUCH_AGAIN));
    for (let i = 0; i < length; i++) mass[i] = (1 - stay) * stay ** i;
    return { mass, survives, spent: true };
  }
  let [plain, below] = [0, 0];
  for (let i = 0; i < length && elapsed + 1 + i < gap.length; i++) {
    plain += (gap[elapsed + 1 + i] ?? 0) / survives;
    const upTo = stretched(plain, spread);
    mass[i] = Math.max(0, upTo - below);
    below = Math.max(below, upTo);
  }
  return { mass, survives, spent: false };
}

/** A probability of the plain forecast as that of the stretched one. */
export function stretched(probability: number, spread: number): number {
  if (spread === 1) return Math.min(1, probability);
  if (probability <= 0) return 0;
  if (probability >= 1 - 1e-12) return 1;
  return quickNormalCdf(normalQuantile(probability) / spread);
}

/** Where the plain forecast must arrive for the stretched one to reach `probability`; the inverse of `stretched`. */
export function unstretched(probability: number, spread: number): number {
  return spread === 1 ? probability : quickNormalCdf(normalQuantile(probability) * spread);
}
