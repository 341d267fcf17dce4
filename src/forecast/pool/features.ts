import { median } from '../gap-model.ts';
import { EXPERTS, type Seasons } from './experts.ts';
import { GROUPS } from './groups.ts';
import type { Past } from './guesses.ts';
import { mixed, type Weights } from './weights.ts';

const SEASONS = [9, 18, 40];

/** What the coefficients of data/forecast/pool.json speak of, in their order. */
export const FEATURES: readonly string[] = [
  'mixture',
  ...GROUPS,
  ...SEASONS.map((width) => `season ${width}`),
  'log gap',
  'log gap squared',
];

/** One value per whole gap for each of `FEATURES`, and the mixture of the experts themselves. */
export interface Features {
  readonly values: readonly Float64Array[];
  readonly mixture: Float64Array;
}

/**
 * - `mixture`: log of the experts' mixture; a group's: log of the mixture of its own experts over that of all (0 when none speaks);
 * - `season w`: log of the day-of-year density with kernels of `w` days;
 * - `log gap`: log of the gap over the median of the last 12, and its square.
 */
export function featuresOf(
  past: Past,
  spoken: readonly (Float64Array | null)[],
  weights: Weights,
  length: number,
  seasonOf: Seasons,
): Features {
  const mixture = mixed(spoken, weights.shares(spoken), length);
  const logMixture = logOf(mixture);
  const groups = GROUPS.map((group) => {
    const shares = weights.shares(spoken, (i) => EXPERTS[i]?.group === group);
    if (shares.every((share) => share === 0)) return new Float64Array(length);
    const own = logOf(mixed(spoken, shares, length));
    for (let k = 1; k < length; k++) own[k] = (own[k] ?? 0) - (logMixture[k] ?? 0);
    return own;
  });
  const seasons = SEASONS.map((width) => logOf(seasonOf(width)));
  const usual = Math.log(median(past.gaps.slice(-12)));
  const logGap = new Float64Array(length);
  const squared = new Float64Array(length);
  for (let k = 1; k < length; k++) {
    logGap[k] = Math.log(k) - usual;
    squared[k] = (logGap[k] ?? 0) ** 2;
  }
  return { values: [logMixture, ...groups, ...seasons, logGap, squared], mixture };
}

/** Natural logarithms; element 0 stays 0, for there is no gap of no day. */
function logOf(values: Float64Array): Float64Array {
  const logs = new Float64Array(values.length);
  for (let k = 1; k < values.length; k++) logs[k] = Math.log(values[k] ?? 1);
  return logs;
}

/** The log-linear pool: log p(gap) = Σ coefficient × feature − log Z. */
export function pooled({ values }: Features, coefficients: readonly number[]): Float64Array {
  const length = values[0]?.length ?? 0;
  const density = new Float64Array(length);
  values.forEach((feature, f) => {
    const coefficient = coefficients[f] ?? 0;
    if (coefficient === 0) return;
    for (let k = 1; k < length; k++) density[k] = (density[k] ?? 0) + coefficient * (feature[k] ?? 0);
  });
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 1; k < length; k++) highest = Math.max(highest, density[k] ?? highest);
  let total = 0;
  for (let k = 1; k < length; k++) {
    const chance = Math.exp((density[k] ?? 0) - highest);
    density[k] = chance;
    total += chance;
  }
  for (let k = 1; k < length; k++) density[k] = (density[k] ?? 0) / total;
  density[0] = 0;
  return density;
}
