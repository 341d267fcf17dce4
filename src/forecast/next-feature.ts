import { type Day, type DayNumber, fromNumber, toNumber } from '../domain/day.ts';
import type { Distribution, Forecast } from '../domain/forecast.ts';
import type { ProductId } from '../domain/product.ts';
import { mostLikelyDay, quantilesOf, renewalDistribution } from './distribution.ts';
import { gapDensity, gapsOf, median } from './gap-model.ts';
import { seasonalWeight } from './season.ts';

/** Days ahead a forecast covers; what lies beyond is left out of the mass. */
export const DAYS_AHEAD = 1095;
/** Fewer gaps than this are no rhythm. */
const FEWEST_GAPS = 3;
/** Silence this many times the longest gap, and at least two years, looks like the end of a product. */
const ABANDONED_FACTOR = 4;
const ABANDONED_DAYS = 730;
/** Chance, before the silence is seen, that a series whose successor is out has had its last feature release. */
const SUPERSEDED_ENDS = 0.25;
/** Mass left after conditioning below which the kernels no longer say anything. */
const SPENT = 1e-3;

export interface ForecastInput {
  readonly product: ProductId;
  /** Days of the counted feature releases known, in any order; repeats count once. Later than `asOf`: announced. */
  readonly events: readonly Day[];
  readonly asOf: Day;
  /** Day of the last complete reading; `null` when there was none. */
  readonly observedThrough: Day | null;
  /** The series has a successor: a range that admits only lines below the vendor's newest major. */
  readonly superseded: boolean;
  /** Nothing new can reach the team: its exact range admits no line that is not out. */
  readonly nextLine: string | null;
}

/**
 * When the next feature release comes: kernels on past gaps, weighted by recency and season, given that none came up to the last
 * complete reading. Where the silence outlasts every gap: exponential, mean a quarter of the silence. An announced date beats both.
 * First version; src/forecast is where better methods go. Pure.
 */
export function forecastNextFeature(input: ForecastInput): Forecast {
  const { product, asOf } = input;
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
      `not enough history: ${past.length} feature ${past.length === 1 ? 'release' : 'releases'} on different days`,
    );
  }
  const elapsed = known - last;
  if (elapsed > Math.max(ABANDONED_DAYS, ABANDONED_FACTOR * Math.max(...gaps))) {
    return unknown(
      `abandoned? No feature release for ${elapsed} days, the longest gap before was ${Math.max(...gaps)}`,
    );
  }

  const density = gapDensity(past, DAYS_AHEAD);
  const first = firstEvent(past, gaps, density, known, elapsed, input.superseded);
  const distribution = renewalDistribution(known + 1, first.mass, density);
  return finish(input, known, distribution, [
    `${past.length} feature releases; the last ${Math.min(12, gaps.length)} gaps have a median of ${Math.round(median(gaps.slice(-12)))} days`,
    `last one ${fromNumber(last)}; none seen up to ${fromNumber(known)}, ${elapsed} ${elapsed === 1 ? 'day' : 'days'} later`,
    ...first.evidence,
  ]);
}

interface FirstEvent {
  readonly mass: Float64Array;
  readonly evidence: readonly string[];
}

function firstEvent(
  past: readonly DayNumber[],
  gaps: readonly number[],
  density: Float64Array,
  known: DayNumber,
  elapsed: number,
  superseded: boolean,
): FirstEvent {
  const mass = new Float64Array(DAYS_AHEAD);
  let survives = 0;
  for (let k = elapsed + 1; k < density.length; k++) survives += density[k] ?? 0;
  const evidence: string[] = [];
  if (survives > SPENT) {
    const season = seasonalWeight(past);
    for (let i = 0; i < mass.length; i++) mass[i] = (density[elapsed + 1 + i] ?? 0) * season(known + 1 + i);
  } else {
    const mean = Math.max(0.35 * median(gaps), elapsed / 4, 1);
    for (let i = 0; i < mass.length; i++) mass[i] = Math.exp(-i / mean);
    evidence.push(`overdue: silent longer than nearly every gap before`);
  }
  let alive = 1;
  if (superseded) {
    // Bayes: an ended series is silent for certain, a living one only with the chance that its gap reaches this far.
    alive = ((1 - SUPERSEDED_ENDS) * survives) / (SUPERSEDED_ENDS + (1 - SUPERSEDED_ENDS) * survives);
    evidence.push(
      `its successor is out: ${Math.round((1 - alive) * 100)} % that this series has had its last feature release`,
    );
  }
  let total = 0;
  for (const value of mass) total += value;
  for (let i = 0; i < mass.length; i++) mass[i] = ((mass[i] ?? 0) / total) * alive;
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
  return finish(input, known, renewalDistribution(start, mass, density), [`announced for ${fromNumber(announced)}`]);
}

function finish(
  input: ForecastInput,
  known: DayNumber,
  distribution: Distribution,
  evidence: readonly string[],
): Forecast {
  const mode = mostLikelyDay(distribution);
  return {
    product: input.product,
    kind: 'known',
    because: evidence[0] ?? '',
    observedThrough: fromNumber(known),
    quantiles: quantilesOf(distribution),
    mostLikely: mode === null ? null : fromNumber(mode),
    evidence,
    nextLine: input.nextLine,
    distribution,
  };
}
