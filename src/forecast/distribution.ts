import { type DayNumber, fromNumber } from '../domain/day.ts';
import { type Distribution, QUANTILES } from '../domain/forecast.ts';

/**
 * Joins the chance of the first coming event with the gaps of those after it.
 *
 * Chance of at least one event in `[from, until)`: 1 − chance that the first falls on `until` or later − Σ over days x before `from` of
 * (chance of an event on x) × (chance that the next gap reaches `until`). The middle term is the renewal density, found once by
 * recursion (Feller, vol. 2, chapter XI).
 *
 * @param mass chance of the first event on `start + i`; sums to at most 1.
 * @param gaps chance of each gap in days, element 0 is 0.
 */
export function renewalDistribution(start: DayNumber, mass: Float64Array, gaps: Float64Array): Distribution {
  const days = mass.length;
  const reaches = tailOf(gaps, days + 1);
  const firstFrom = tailOf(mass, days + 1, 1 - sum(mass));
  let occurs: Float64Array | null = null;

  return {
    start,
    mass,
    hit(from, until) {
      const begin = Math.min(Math.max(from - start, 0), days);
      const end = Math.min(Math.max(until - start, 0), days);
      if (end <= begin) return 0;
      occurs ??= renewalDensity(mass, gaps);
      let none = firstFrom[end] ?? 0;
      for (let x = 0; x < begin; x++) none += (occurs[x] ?? 0) * (reaches[end - x] ?? 0);
      return Math.min(1, Math.max(0, 1 - none));
    },
  };
}

/** How much longer gaps after the coming release are taken to be than forecast, for each log day of the forecast's width; README.md, calibration. */
const LATER = 0.6;
/** Quartiles of a normal law lie so many standard deviations apart. */
const QUARTILES_APART = 1.349;

/**
 * The gaps that follow the coming release. A vendor that slows down stays slow for a while, so that gaps drawn independently of each other
 * would put too many releases into a time; stretching them mends that. The less is known of a vendor's rhythm, the wider its gaps are
 * forecast and the more they hang together; one that keeps to the day is not stretched. Chance that falls past the array is lost, as beyond.
 * @param gap chance of each whole gap, element 0 is 0.
 */
export function laterGaps(gap: Float64Array): Float64Array {
  const stretch = 1 + LATER * widthOf(gap);
  const later = new Float64Array(gap.length);
  for (let k = 1; k < gap.length; k++) {
    const chance = gap[k] ?? 0;
    const whole = Math.floor(k * stretch);
    const part = k * stretch - whole;
    if (whole < later.length) later[whole] = (later[whole] ?? 0) + chance * (1 - part);
    if (whole + 1 < later.length) later[whole + 1] = (later[whole + 1] ?? 0) + chance * part;
  }
  return later;
}

/** Standard deviation in log days of a log-normal law with the same quartiles, each read as the part of its day that it takes. */
function widthOf(gap: Float64Array): number {
  const quartile = (share: number) => {
    let [below, day] = [0, 1];
    for (; day < gap.length - 1 && below + (gap[day] ?? 0) < share; day++) below += gap[day] ?? 0;
    const chance = gap[day] ?? 0;
    return day - 0.5 + (chance > 0 ? Math.min(1, (share - below) / chance) : 0);
  };
  return Math.log(quartile(0.75) / quartile(0.25)) / QUARTILES_APART;
}

/** What adding up a thousand chances may lose. */
const ROUNDING = 1e-9;

/** Day by quantile, `"0.05"` to `"0.95"`. A quantile that lies beyond the days covered, or never comes, has no key. */
export function quantilesOf(distribution: Distribution): Readonly<Record<string, ReturnType<typeof fromNumber>>> {
  const { start, mass } = distribution;
  const quantiles: Record<string, ReturnType<typeof fromNumber>> = {};
  let index = 0;
  let below = mass[0] ?? 0;
  for (const probability of QUANTILES) {
    while (below < probability && index < mass.length - 1) {
      index++;
      below += mass[index] ?? 0;
    }
    if (below < probability - ROUNDING) break;
    quantiles[String(probability)] = fromNumber(start + index);
  }
  return quantiles;
}

/** The most likely day, smoothed over a week (nearer days count more) so that rounding does not decide; `null` without any mass. */
export function mostLikelyDay(distribution: Distribution): DayNumber | null {
  const { start, mass } = distribution;
  let best = -1;
  let bestIndex: number | null = null;
  for (let i = 0; i < mass.length; i++) {
    let near = 0;
    for (let apart = -3; apart <= 3; apart++) near += (mass[i + apart] ?? 0) * (4 - Math.abs(apart));
    if (near > best + ROUNDING) {
      best = near;
      bestIndex = i;
    }
  }
  return bestIndex === null || best <= 0 ? null : start + bestIndex;
}

function renewalDensity(mass: Float64Array, gaps: Float64Array): Float64Array {
  const occurs = new Float64Array(mass.length);
  for (let day = 0; day < mass.length; day++) {
    let chance = mass[day] ?? 0;
    const farthest = Math.min(day, gaps.length - 1);
    for (let gap = 1; gap <= farthest; gap++) chance += (occurs[day - gap] ?? 0) * (gaps[gap] ?? 0);
    occurs[day] = chance;
  }
  return occurs;
}

/** Element `k`: chance of `k` or more. `beyond` is the chance that lies past the array. */
function tailOf(density: Float64Array, length: number, beyond = 1 - sum(density)): Float64Array {
  const tail = new Float64Array(length);
  let rest = Math.max(0, beyond);
  for (let k = Math.max(density.length, length) - 1; k >= 0; k--) {
    rest += density[k] ?? 0;
    if (k < length) tail[k] = Math.min(1, rest);
  }
  return tail;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
