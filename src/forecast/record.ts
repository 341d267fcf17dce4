import type { DayNumber } from '../domain/day.ts';
import { QUANTILES } from '../domain/forecast.ts';
import { quantileOffsets } from './backtest/quantiles.ts';
import { comingAfter } from './conditional.ts';
import { RELEASES_KEPT } from './learned.ts';
import { LOOK_EVERY } from './looks.ts';
import type { Method } from './method.ts';

/** A release that was forecast, and how. */
export interface Foretold {
  readonly day: DayNumber;
  /** The one before. */
  readonly last: DayNumber;
  /** The days said on the day of the one before, in the order of `QUANTILES`. */
  readonly quantiles: readonly DayNumber[];
}

/** How a series of releases went beside what a method said of it at the time. */
export interface TrackRecord {
  /** Ascending. */
  readonly releases: readonly Foretold[];
  /** Forecasts made every seventh day of the silences between them. */
  readonly forecasts: number;
  /** For each of `QUANTILES`, in how many of those the release came on that day at the latest. */
  readonly cameBy: readonly number[];
}

/**
 * Walks a series and notes what was said of each release that came on `from` or later. The method is given one release after the other and
 * never one that was still to come; of those before `from`, as many as forecasts look back on. Pure.
 * @param days of the releases, ascending, without repeats.
 */
export function trackRecord(days: readonly DayNumber[], method: Method, from: DayNumber): TrackRecord {
  const rhythm = method.begin();
  const begin = Math.max(0, days.findIndex((day) => day >= from) - RELEASES_KEPT);
  const releases: Foretold[] = [];
  const cameBy = QUANTILES.map(() => 0);
  let forecasts = 0;
  for (let index = begin; index < days.length; index++) {
    const [last, day] = [days[index - 1], days[index]];
    if (day === undefined) break;
    const gap = last === undefined || day < from ? null : rhythm.gap();
    if (last !== undefined && gap !== null) {
      const spread = rhythm.spread?.() ?? 1;
      for (let asOf = last; asOf < day; asOf += LOOK_EVERY) {
        const elapsed = asOf - last;
        const offsets = quantileOffsets(gap, elapsed, comingAfter(gap, elapsed, 1, spread), spread);
        if (elapsed === 0) releases.push({ day, last, quantiles: offsets.map((offset) => last + offset) });
        forecasts += 1;
        for (const [i, offset] of offsets.entries()) if (day <= asOf + offset) cameBy[i] = (cameBy[i] ?? 0) + 1;
      }
    }
    rhythm.add(day);
  }
  return { releases, forecasts, cameBy };
}
