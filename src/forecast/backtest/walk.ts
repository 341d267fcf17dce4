import type { DayNumber } from '../../domain/day.ts';
import { LOOK_EVERY } from '../looks.ts';
import type { Method } from '../method.ts';

/** Feature releases a vendor must have had before anything is forecast. */
const FIRST = 4;

/** One forecast's place in a history. */
export interface Step {
  /** 0, 1, 2 … */
  readonly index: number;
  readonly asOf: DayNumber;
  /** Releases on or before `asOf`, at least four. */
  readonly known: number;
  /** The last of them. */
  readonly last: DayNumber;
  /** Days since, on which nothing came. */
  readonly elapsed: number;
  /** The first release after `asOf`: what is forecast. */
  readonly actual: DayNumber;
}

/**
 * Every seventh day from the fourth release on until the last one: a silence still running has no outcome to compare with.
 * @param days of the releases, ascending, without repeats. Fewer than five give no step.
 */
export function* stepsOf(days: readonly DayNumber[]): Generator<Step> {
  const begin = days[FIRST - 1];
  const end = days.at(-1);
  if (begin === undefined || end === undefined) return;
  let known = FIRST;
  for (let index = 0, asOf = begin; asOf < end; index++, asOf += LOOK_EVERY) {
    while ((days[known] ?? end + 1) <= asOf) known++;
    const last = days[known - 1];
    const actual = days[known];
    if (last === undefined || actual === undefined) return;
    yield { index, asOf, known, last, elapsed: asOf - last, actual };
  }
}

/** What a method says after a release: see `Rhythm`. */
export interface Said {
  readonly gap: Float64Array;
  readonly spread: number;
}

/**
 * The gap distribution a method has at each step, which must come in order. The method is given the releases on or before `asOf` and
 * nothing else; it is asked once per release, and not at all for a release that the next one follows before any forecast.
 * Where it has no word: exponential with the mean gap so far, for a backtest scores silence too.
 */
export function gapsBy(method: Method, days: readonly DayNumber[]): (step: Step) => Said {
  const rhythm = method.begin();
  let fed = 0;
  let said: Said = { gap: new Float64Array(1), spread: 1 };
  return ({ known }) => {
    if (known === fed) return said;
    for (; fed < known; fed++) {
      const day = days[fed];
      if (day !== undefined) rhythm.add(day);
    }
    const gap = rhythm.gap();
    said =
      gap === null ? { gap: memoryless(meanGap(days, known)), spread: 1 } : { gap, spread: rhythm.spread?.() ?? 1 };
    return said;
  };
}

/** Mean of all gaps between the first `known` releases, of which there are at least two. */
export function meanGap(days: readonly DayNumber[], known: number): number {
  return ((days[known - 1] ?? 0) - (days[0] ?? 0)) / (known - 1);
}

function memoryless(mean: number): Float64Array {
  const stay = Math.exp(-1 / mean);
  const gap = new Float64Array(Math.ceil(mean * 12) + 2);
  for (let k = 1; k < gap.length; k++) gap[k] = (1 - stay) * stay ** (k - 1);
  return gap;
}
