import type { DayNumber } from '../domain/day.ts';

const YEAR = 365.25;
/** Standard deviation of the kernel around a past release's day in the year, in days. */
const WIDTH = 18;
const YEARS_KEPT = 6;
const WEIGHT_PER_YEAR = 0.7;
/** Share of the weight that ignores the season, so that no day is ruled out. */
const UNIFORM = 0.35;

/**
 * How likely a release is at each time of the year compared with a flat year (mean about 1), from the days in the year of past releases.
 * Vendors tied to a conference or a fiscal year keep their season; others get a nearly flat curve.
 */
export function seasonalWeight(events: readonly DayNumber[]): (day: DayNumber) => number {
  const last = events.at(-1) ?? 0;
  const kept = events
    .map((event) => ({ event, weight: WEIGHT_PER_YEAR ** ((last - event) / YEAR) }))
    .filter(({ event }) => last - event <= YEARS_KEPT * YEAR);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return () => 1;
  const scale = YEAR / (WIDTH * Math.sqrt(2 * Math.PI));
  return (day) => {
    let density = 0;
    for (const { event, weight } of kept) {
      const apart = Math.abs((((day - event) % YEAR) + YEAR) % YEAR);
      const distance = Math.min(apart, YEAR - apart) / WIDTH;
      density += (weight / total) * Math.exp((-distance * distance) / 2);
    }
    return UNIFORM + (1 - UNIFORM) * density * scale;
  };
}
