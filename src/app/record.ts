import type { Config } from '../domain/config.ts';
import { addDays, type Day, fromNumber, toNumber } from '../domain/day.ts';
import { QUANTILES } from '../domain/forecast.ts';
import type { Lane } from '../domain/overview.ts';
import type { WeeklyBand, WeeklyPastRelease, WeeklyRecord } from '../domain/weekly.ts';
import { bestFor } from '../forecast/best.ts';
import { type Foretold, trackRecord } from '../forecast/record.ts';
import { exposureOf, shownExposure } from '../policy/exposure.ts';

/** Days looked back on. */
const BACK = 3 * 365;
/** Releases of one product that are told one by one; the youngest. All of those days are counted. */
const TOLD = 12;

/**
 * How the series that count for the stack went in the three years before `asOf`, beside what would have been forecast of them then. Products
 * without a release in that time, or too young to have been forecast, are left out. Pure.
 */
export function recordsOf(lanes: readonly Lane[], config: Config, asOf: Day): readonly WeeklyRecord[] {
  const from = toNumber(addDays(asOf, -BACK));
  return lanes.flatMap(({ product, running, range, history, watch }) => {
    const item = config.stack.find(
      (one) => one.product === product.id && one.running === running && one.range === range,
    );
    if (item === undefined || watch === 'off') return [];
    const own = exposureOf(item, history, watch, asOf, product.versioning);
    const { rhythm } = shownExposure(own, item, history, asOf, product.versioning);
    const days = rhythm.filter((day) => day <= asOf).map(toNumber);
    const { releases, forecasts, cameBy } = trackRecord(days, bestFor(product.id), from);
    if (forecasts === 0) return [];
    return [
      {
        product: product.name,
        releases: releases.slice(-TOLD).map(pastRelease),
        forecasts,
        cameBy: QUANTILES.map((stated, index) => ({ stated, came: cameBy[index] ?? 0 })),
      },
    ];
  });
}

function pastRelease({ day, last, quantiles }: Foretold): WeeklyPastRelease {
  const at = (stated: (typeof QUANTILES)[number]): Day | null => {
    const found = quantiles[QUANTILES.indexOf(stated)];
    return found === undefined ? null : fromNumber(found);
  };
  const band: WeeklyBand = { p10: at(0.1), p25: at(0.25), p50: at(0.5), p75: at(0.75), p90: at(0.9) };
  return { day: fromNumber(day), gap: day - last, band };
}
