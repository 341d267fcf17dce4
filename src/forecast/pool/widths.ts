import { quickNormalCdf } from '../normal.ts';
import { addLogNormal } from './log-normal.ts';

/** How much of what a width has earned survives each release. */
const KEPT = 0.85;
/** Each width is a normal law with heavier tails: most of the weight in one of this width, the rest in a wider one. */
const SHARE = 0.85;
const WIDER = 3;
/** Least chance a width is charged with, so that one surprise does not end it. */
const LEAST = 1e-5;
/** Shares below this are not drawn. */
const NOTHING = 1e-3;

/** Widths tried, the one expected before anything is known, and how sure of it (a standard deviation on the log scale). */
interface Tried {
  readonly widths: readonly number[];
  readonly expected: number;
  readonly sure: number;
}

const SHARES: Tried = { widths: [0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512], expected: 0.2, sure: 1.2 };
const DAYS: Tried = { widths: [2, 4, 8, 16, 32, 64], expected: 20, sure: 1.2 };

/**
 * How far a guess is off, learned from its past errors: a mixture of laws of different widths, each with the weight that Bayes gives it
 * for the errors so far, older ones fading. A vendor that keeps to the day is followed within a few releases.
 */
export class Widths {
  readonly #tried: Tried;
  readonly #inDays: boolean;
  readonly #prior: Float64Array;
  readonly #standing: Float64Array;

  private constructor(tried: Tried, inDays: boolean) {
    this.#tried = tried;
    this.#inDays = inDays;
    this.#prior = Float64Array.from(
      tried.widths,
      (width) => -((Math.log(width / tried.expected) / tried.sure) ** 2) / 2,
    );
    this.#standing = this.#prior.slice();
  }

  /** Errors grow with the gap: centres in log days, widths on the same scale. */
  static ofShares(): Widths {
    return new Widths(SHARES, false);
  }

  /** Errors do not: centres and widths in days. */
  static ofDays(): Widths {
    return new Widths(DAYS, true);
  }

  /** Chance of each whole gap around a guess; element 0 is 0. Not normalised: what falls outside is lost. */
  around(centre: number, length: number): Float64Array {
    const density = new Float64Array(length);
    const best = Math.max(...this.#standing);
    const shares = this.#standing.map((standing) => Math.exp(standing - best));
    const total = shares.reduce((a, b) => a + b, 0);
    this.#tried.widths.forEach((width, i) => {
      const share = (shares[i] ?? 0) / total;
      if (share < NOTHING) return;
      this.#add(density, centre, width, share * SHARE);
      this.#add(density, centre, width * WIDER, share * (1 - SHARE));
    });
    return density;
  }

  /** Takes in what the guess was off by. */
  learn(centre: number, gap: number): void {
    this.#tried.widths.forEach((width, i) => {
      const prior = this.#prior[i] ?? 0;
      const chance = SHARE * this.#chance(gap, centre, width) + (1 - SHARE) * this.#chance(gap, centre, width * WIDER);
      this.#standing[i] = prior + ((this.#standing[i] ?? prior) - prior) * KEPT + Math.log(LEAST + chance);
    });
  }

  #add(into: Float64Array, centre: number, width: number, weight: number): void {
    if (this.#inDays) addNormal(into, centre, width, weight);
    else addLogNormal(into, centre, width, weight);
  }

  #chance(gap: number, centre: number, width: number): number {
    const at = (day: number) => (this.#inDays ? day : Math.log(Math.max(0.5, day)));
    return quickNormalCdf((at(gap + 0.5) - centre) / width) - quickNormalCdf((at(gap - 0.5) - centre) / width);
  }
}

/** Widths beyond which a normal law has nothing left worth adding. */
const TAIL = 6;

/** Adds `weight` times the chance of each whole gap under a normal law to `into`; all in days. */
function addNormal(into: Float64Array, centre: number, width: number, weight: number): void {
  const first = Math.max(1, Math.floor(centre - TAIL * width));
  const last = Math.min(into.length - 1, Math.ceil(centre + TAIL * width));
  let below = quickNormalCdf((first - 0.5 - centre) / width);
  for (let k = first; k <= last; k++) {
    const upTo = quickNormalCdf((k + 0.5 - centre) / width);
    into[k] = (into[k] ?? 0) + weight * (upTo - below);
    below = upTo;
  }
}
