import table from '../../../data/forecast/pool.json' with { type: 'json' };
import type { ProductId } from '../../domain/product.ts';
import { median } from '../gap-model.ts';
import type { Method } from '../method.ts';
import { seasonAfter } from '../season.ts';
import { Panel } from './experts.ts';
import { FEATURES, type Features, featuresOf, pooled } from './features.ts';
import type { Past } from './guesses.ts';
import { Spread } from './spread.ts';
import { Weights } from './weights.ts';

/** Fewer gaps than this are no rhythm. */
const FEWEST_GAPS = 3;
const SHORTEST = 500;
const LONGEST = 3000;

type Named = Readonly<Record<string, number>>;

/**
 * Some thirty experts on the gap, weighted by how they did on this product, in a log-linear pool fitted across products. A product that
 * was fitted on gets the coefficients fitted without it: what neap says of its own forecasts holds for them as for those of a stranger.
 */
export function poolFor(product: ProductId): Method {
  const named: Named = (table.leftOut as Readonly<Record<ProductId, Named>>)[product] ?? table.coefficients;
  return poolWith(FEATURES.map((name) => named[name] ?? 0));
}

/** The same with other coefficients, by `FEATURES`: for fitting them. */
function poolWith(coefficients: readonly number[]): Method {
  return {
    id: 'pool',
    begin() {
      const learner = new Learner();
      const spread = new Spread();
      let forecast: Float64Array | null = null;
      return {
        add(day) {
          const gap = learner.gapTo(day);
          // What is not said aloud is not learned from either.
          if (gap !== null && forecast !== null && learner.past.gaps.length >= FEWEST_GAPS) spread.learn(forecast, gap);
          learner.add(day);
          forecast = learner.features === null ? null : pooled(learner.features, coefficients);
        },
        gap: () => (learner.past.gaps.length < FEWEST_GAPS ? null : forecast),
        spread: () => spread.factor(),
      };
    },
  };
}

/** What does not depend on the coefficients: the experts and their standing, one release after the other. */
export class Learner {
  readonly #days: number[] = [];
  readonly #gaps: number[] = [];
  readonly #panel = new Panel();
  readonly #weights = new Weights();
  #spoken: readonly (Float64Array | null)[] = [];
  #features: Features | null = null;

  get past(): Past {
    return { days: this.#days, gaps: this.#gaps };
  }

  /** Of the coming gap; `null` before the first gap. */
  get features(): Features | null {
    return this.#features;
  }

  gapTo(day: number): number | null {
    const last = this.#days.at(-1);
    return last === undefined ? null : Math.max(1, day - last);
  }

  add(day: number): void {
    const gap = this.gapTo(day);
    if (gap !== null) {
      if (this.#features !== null) {
        this.#weights.learn(this.#spoken, this.#features.mixture, gap);
        this.#panel.learn(this.past, gap);
      }
      this.#gaps.push(gap);
    }
    this.#days.push(day);
    if (this.#gaps.length === 0) return;
    const length = gridFor(this.#gaps);
    const curves = new Map<number, Float64Array>();
    const seasons = (width: number) => {
      const curve = curves.get(width) ?? seasonAfter(this.#days, width, length);
      curves.set(width, curve);
      return curve;
    };
    this.#spoken = this.#panel.speak(this.past, length, seasons);
    this.#features = featuresOf(this.past, this.#spoken, this.#weights, length, seasons);
  }
}

/** Days ahead that are told apart: several times what was ever waited lately. */
function gridFor(gaps: readonly number[]): number {
  const recent = gaps.slice(-12);
  return Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(Math.max(4 * median(recent), 2.5 * Math.max(...recent)))));
}
