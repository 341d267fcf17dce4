import type { Day, DayNumber } from './day.ts';
import type { ProductId } from './product.ts';

/** The nineteen probabilities a forecast is written down at. */
export const QUANTILES = [
  0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95,
] as const;

/**
 * The next feature release of a product (or the next patch of a line) as a distribution over days.
 * Conditional on none up to `observedThrough`. This is what people are shown of it.
 */
export interface ForecastSummary {
  readonly product: ProductId;
  /** `known`: a distribution. `unknown`: too little history, or the product seems abandoned; see `because`. */
  readonly kind: 'known' | 'unknown';
  readonly because: string;
  readonly observedThrough: Day;
  /**
   * Day by probability, keys as text: `"0.05"` … `"0.95"`. A probability that is reached only beyond the days covered, or never, has no
   * key. Empty when unknown.
   */
  readonly quantiles: Readonly<Record<string, Day>>;
  /** Most likely day; `null` when unknown, and when most likely there is none. */
  readonly mostLikely: Day | null;
  /** Sentences for people: gaps, elapsed time, season. */
  readonly evidence: readonly string[];
  /** Version the next one is expected to carry, as people would guess (`9.1`); `null` where nobody can. */
  readonly nextLine: string | null;
}

/** A forecast with what risks are counted from. */
export interface Forecast extends ForecastSummary {
  /** The distribution itself, for risk. `null` when unknown. */
  readonly distribution: Distribution | null;
}

/**
 * Chance of the first coming event per day: `mass[i]` is the chance that it falls on day `start + i`. Sums to at most 1; the rest lies
 * beyond the last day. Later events follow by renewal with `gaps`.
 */
export interface Distribution {
  readonly start: DayNumber;
  readonly mass: Float64Array;
  /**
   * Chance that at least one event, the second and later ones included, falls on the days `[from, until)`, given as day numbers.
   * Days before `start` contribute nothing.
   */
  readonly hit: (from: DayNumber, until: DayNumber) => number;
}

/** What announces a line without giving a date: a release candidate of it, or a driver that already admits it. */
export type HeraldKind = 'candidate' | 'driver';

/** The first sign of one line. */
export interface Herald {
  readonly kind: HeraldKind;
  readonly line: string;
  /** Day of the sign. */
  readonly seen: DayNumber;
  /** Day of the line's feature release; `null` while it is not out. */
  readonly came: DayNumber | null;
  /** Day of the first feature release of a higher line, after which nobody waits for this one; `null` before. */
  readonly passed: DayNumber | null;
}
