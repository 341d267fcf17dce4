import { QUANTILES } from '../../domain/forecast.ts';
import { type Coming, comingAfter, unstretched } from '../conditional.ts';

/** What adding up a thousand chances may lose; as in `quantilesOf`. */
const ROUNDING = 1e-9;
/** Days after which nothing is asked any more: 270 years. */
const LONGEST = 100_000;

/**
 * The nineteen quantiles of the coming release, as days after the day of the forecast (1 is the day after it). The same numbers as those of
 * `quantilesOf` over `comingAfter`, read off the gap distribution itself, because a backtest asks tens of thousands of times.
 *
 * Where a probability is reached only beyond the days that `gap` covers: the first day beyond. (A backtest must score something.)
 * @param spread as `comingAfter` was given it.
 * @param coming what `comingAfter(gap, elapsed, …)` gave, of any length.
 */
export function quantileOffsets(gap: Float64Array, elapsed: number, coming: Coming, spread = 1): readonly number[] {
  if (!coming.spent) return offsetsOf(gap, elapsed + 1, coming.survives, spread);
  // Memoryless, so as long as it must be: the 95 % quantile lies at three means.
  let length = Math.max(coming.mass.length, elapsed + 32);
  for (;;) {
    const { mass } = comingAfter(gap, elapsed, length);
    const offsets = offsetsOf(mass, 0, 1, 1);
    if ((offsets.at(-1) ?? 0) <= length || length >= LONGEST) return offsets;
    length *= 2;
  }
}

/** The same of a coming release whose chances are given day by day, the day after the forecast first. */
export function quantileOffsetsOf(mass: Float64Array): readonly number[] {
  return offsetsOf(mass, 0, 1, 1);
}

/** Of the chances `mass[begin …]`, each over `survives`. */
function offsetsOf(mass: Float64Array, begin: number, survives: number, spread: number): readonly number[] {
  const offsets: number[] = [];
  const length = mass.length - begin;
  let index = 0;
  let below = (mass[begin] ?? 0) / survives;
  for (const wanted of QUANTILES) {
    const probability = unstretched(wanted, spread);
    while (below < probability && index < length - 1) {
      index++;
      below += (mass[begin + index] ?? 0) / survives;
    }
    offsets.push(below < probability - ROUNDING ? length + 1 : index + 1);
  }
  return offsets;
}
