import { type Day, type DayNumber, fromNumber, toNumber } from '../domain/day.ts';
import type { Distribution, Forecast, Herald } from '../domain/forecast.ts';
import type { ProductId } from '../domain/product.ts';
import { comingAfter } from './conditional.ts';
import { laterGaps, mostLikelyDay, quantilesOf, renewalDistribution } from './distribution.ts';
import { gapDensity, gapsOf, median } from './gap-model.ts';
import { heraldsOver } from './heralds.ts';
import { learnedFrom, RELEASES_KEPT } from './learned.ts';

/** Days ahead a forecast covers; what lies beyond is left out of the mass. */
export const DAYS_AHEAD = 1095;
/** Fewer gaps than this are no rhythm. */
const FEWEST_GAPS = 3;
/** Silence this many times the longest gap, and at least two years, looks like the end of a product. */
const ABANDONED_FACTOR = 4;
const ABANDONED_DAYS = 730;
/** Chance, before the silence is seen, that a series whose successor is out has had its last feature release. */
const SUPERSEDED_ENDS = 0.25;

export interface ForecastInput {
  readonly product: ProductId;
  /** Days of the counted feature releases known, in any order; repeats count once. Later than `asOf`: announced. */
  readonly events: readonly Day[];
  readonly asOf: Day;
  /** Day of the last complete reading; `null` when there was none. */
  readonly observedThrough: Day | null;
  /** The series has a successor: a range that admits only lines below the vendor's newest major. */
  readonly superseded: boolean;
  /** Version the next one is expected to carry, as people would guess; `null` where nobody can. */
  readonly nextLine: string | null;
  /** What the events are called in evidence: `feature releases` unless given. */
  readonly counts?: string;
  /** First signs of lines, those out and those to come; none unless given. */
  readonly heralds?: readonly Herald[];
}

/**
 * When the next feature release comes: what the best method learned from the past gaps (README.md), given that none came up to the last
 * complete reading. Where the silence outlasts everything likely: exponential, mean two fifths of the silence. An announced date beats both.
 * Pure.
 */
export function forecastNextFeature(input: ForecastInput): Forecast {
  const { product, asOf, counts = 'feature releases' } = input;
  const past = [...new Set(input.events.filter((event) => event <= asOf).map(toNumber))].sort((a, b) => a - b);
  // A date years away (a typing error, or a vendor that fills in 9999) says nothing of what comes before it.
  const announced = input.events
    .map(toNumber)
    .filter((event) => event > toNumber(asOf) && event <= toNumber(asOf) + DAYS_AHEAD);
  const last = past.at(-1) ?? null;
  const observed = input.observedThrough === null ? null : toNumber(input.observedThrough);
  const unknown = (because: string): Forecast => ({
    product,
    kind: 'unknown',
    because,
    observedThrough: input.observedThrough ?? asOf,
    quantiles: {},
    mostLikely: null,
    evidence: [because],
    nextLine: input.nextLine,
    distribution: null,
  });
  if (observed === null) return unknown('no complete reading of its releases yet');
  const known = Math.max(observed, last ?? observed);
  const gaps = gapsOf(past);
  if (announced.length > 0) return fromAnnounced(input, past, Math.min(...announced), known);
  if (last === null || gaps.length < FEWEST_GAPS) {
    return unknown(
      `not enough history: ${past.length} ${past.length === 1 ? counts.replace(/s$/, '') : counts} on different days`,
    );
  }
  const elapsed = known - last;
  // A series whose successor is out is over rather than abandoned; how certainly is worked out below.
  if (!input.superseded && elapsed > Math.max(ABANDONED_DAYS, ABANDONED_FACTOR * Math.max(...gaps))) {
    return unknown(
      `abandoned? None of its ${counts} for ${elapsed} days, the longest gap before was ${Math.max(...gaps)}`,
    );
  }

  const learned = learnedFrom(product, past.slice(-RELEASES_KEPT));
  if (learned === null) return unknown('not enough history');
  const { gap, spread } = learned;
  const first = firstEvent({ gap, elapsed, spread, past, known, input });
  const distribution = renewalDistribution(known + 1, first.mass, laterGaps(gap));
  return finish(input, known, distribution, [
    `${past.length} ${counts}; the last ${Math.min(12, gaps.length)} gaps have a median of ${Math.round(median(gaps.slice(-12)))} days`,
    `last one ${fromNumber(last)}; none seen up to ${fromNumber(known)}, ${elapsed} ${elapsed === 1 ? 'day' : 'days'} later`,
    ...first.evidence,
  ]);
}

interface FirstEvent {
  readonly mass: Float64Array;
  readonly evidence: readonly string[];
}

interface Silence {
  readonly gap: Float64Array;
  readonly elapsed: number;
  readonly spread: number;
  readonly past: readonly DayNumber[];
  readonly known: DayNumber;
  readonly input: ForecastInput;
}

function firstEvent({ gap, elapsed, spread, past, known, input }: Silence): FirstEvent {
  const coming = comingAfter(gap, elapsed, DAYS_AHEAD, spread);
  const { survives, spent } = coming;
  const signs = heraldsOver(past, input.heralds ?? [])(coming.mass, known);
  const mass = signs?.mass ?? coming.mass;
  const evidence: string[] = [...(signs?.evidence ?? [])];
  if (spent) evidence.push('overdue: silent longer than anything its past made likely');
  if (input.superseded && signs?.open !== true) {
    // Bayes: an ended series is silent for certain, a living one only with the chance that its gap reaches this far.
    const alive = ((1 - SUPERSEDED_ENDS) * survives) / (SUPERSEDED_ENDS + (1 - SUPERSEDED_ENDS) * survives);
    for (let i = 0; i < mass.length; i++) mass[i] = (mass[i] ?? 0) * alive;
    evidence.push(
      `its successor is out: ${Math.round((1 - alive) * 100)} % that this series has had its last feature release`,
    );
  }
  return { mass, evidence };
}

function fromAnnounced(
  input: ForecastInput,
  past: readonly DayNumber[],
  announced: DayNumber,
  known: DayNumber,
): Forecast {
  const start = Math.min(known + 1, announced);
  const mass = new Float64Array(Math.max(DAYS_AHEAD, announced - start + 1));
  mass[announced - start] = 1;
  const density = gapsOf(past).length > 0 ? gapDensity(past, DAYS_AHEAD) : new Float64Array(DAYS_AHEAD);
  return finish(input, known, renewalDistribution(start, mass, laterGaps(density)), [
    `announced for ${fromNumber(announced)}`,
  ]);
}

function finish(
  input: ForecastInput,
  known: DayNumber,
  distribution: Distribution,
  evidence: readonly string[],
): Forecast {
  const quantiles = quantilesOf(distribution);
  // Of what most likely never comes no day is the most likely.
  const mode = quantiles['0.5'] === undefined && input.superseded ? null : mostLikelyDay(distribution);
  return {
    product: input.product,
    kind: 'known',
    because: evidence[0] ?? '',
    observedThrough: fromNumber(known),
    quantiles,
    mostLikely: mode === null ? null : fromNumber(mode),
    evidence,
    nextLine: input.nextLine,
    distribution,
  };
}
