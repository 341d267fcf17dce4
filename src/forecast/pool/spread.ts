import { LOOK_EVERY } from '../looks.ts';
import { normalQuantile } from '../normal.ts';

const PRIOR = 4;
const KEPT = 0.5 ** (1 / 20);
const NARROWEST = 0.4;
const WIDEST = 2.5;

/**
 * By how much a product's bands must be stretched (above 1) or narrowed: the root of the mean square of where its releases fell in the
 * forecasts made once a week before them, on the scale of a normal law (probability integral transform; Dawid 1984, Gneiting and others
 * 2007), each release counting half as much as one 20 releases younger.
 */
export class Spread {
  #squares = PRIOR;
  #releases = PRIOR;

  factor(): number {
    return Math.min(WIDEST, Math.max(NARROWEST, Math.sqrt(this.#squares / this.#releases)));
  }

  /** @param gap the distribution that was forecast. @param came the gap that followed. */
  learn(gap: Float64Array, came: number): void {
    const cumulative = gap.slice();
    for (let k = 1; k < cumulative.length; k++) cumulative[k] = (cumulative[k] ?? 0) + (cumulative[k - 1] ?? 0);
    const upTo = (k: number) => cumulative[Math.min(k, cumulative.length - 1)] ?? 1;
    let [squares, looks] = [0, 0];
    for (let elapsed = 0; elapsed < came; elapsed += LOOK_EVERY) {
      const left = 1 - upTo(elapsed);
      if (left < 1e-4) break;
      const place = (upTo(came) + upTo(came - 1)) / 2;
      const z = normalQuantile(Math.min(0.995, Math.max(0.005, (place - upTo(elapsed)) / left)));
      squares += z * z;
      looks += 1;
    }
    if (looks === 0) return;
    this.#squares = this.#squares * KEPT + squares / looks;
    this.#releases = this.#releases * KEPT + 1;
  }
}
