import { LOOK_EVERY } from '../looks.ts';
import { EXPERTS } from './experts.ts';

/** How much of an expert's standing survives each release. */
const KEPT = 0.8;
/** One release cannot move an expert's standing by more than this, in log units. */
const MOST = 2;

/**
 * How much each expert is listened to for one product: log weight ← 0.8 × log weight + log of (its chance for what happened ÷ the
 * mixture's), averaged over the weeks of the silence, each time given that nothing had come so far. Experts that cannot speak yet sit out
 * (sleeping experts; Freund, Schapire, Singer, Warmuth 1997, with forgetting).
 */
export class Weights {
  readonly #standing = new Float64Array(EXPERTS.length);

  /** Shares of the experts that speak, 0 for the others; sums to 1. @param among restricts it to some experts. */
  shares(spoken: readonly (Float64Array | null)[], among: (expert: number) => boolean = () => true): Float64Array {
    const speaks = (i: number) => spoken[i] != null && among(i);
    let best = Number.NEGATIVE_INFINITY;
    this.#standing.forEach((standing, i) => {
      if (speaks(i)) best = Math.max(best, standing);
    });
    const shares = this.#standing.map((standing, i) => (speaks(i) ? Math.exp(standing - best) : 0));
    const total = shares.reduce((a, b) => a + b, 0);
    return total === 0 ? shares : shares.map((share) => share / total);
  }

  learn(spoken: readonly (Float64Array | null)[], mixture: Float64Array, gap: number): void {
    const at = Math.min(gap, mixture.length - 1);
    const expected = logChance(mixture, at);
    spoken.forEach((density, i) => {
      const gain = density === null ? 0 : logChance(density, at) - expected;
      this.#standing[i] = KEPT * (this.#standing[i] ?? 0) + Math.max(-MOST, Math.min(MOST, gain));
    });
  }
}

/** Log of the chance of a gap given that it was not over, averaged over the weeks before it. */
function logChance(density: Float64Array, gap: number): number {
  const chance = Math.max(Number.MIN_VALUE, density[gap] ?? 0);
  let [left, day, sum, looks] = [1, 1, 0, 0];
  for (let elapsed = 0; elapsed < gap; elapsed += LOOK_EVERY) {
    for (; day <= elapsed; day++) left -= density[day] ?? 0;
    // Rounding may leave less than what is still to come.
    sum += Math.log(chance / Math.max(chance, left));
    looks++;
  }
  return sum / looks;
}

/** The densities weighted by their shares. */
export function mixed(spoken: readonly (Float64Array | null)[], shares: Float64Array, length: number): Float64Array {
  const mixture = new Float64Array(length);
  spoken.forEach((density, i) => {
    const share = shares[i] ?? 0;
    if (density === null || share < 1e-6) return;
    for (let k = 1; k < length; k++) mixture[k] = (mixture[k] ?? 0) + share * (density[k] ?? 0);
  });
  return mixture;
}
