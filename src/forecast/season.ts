import type { DayNumber } from '../domain/day.ts';

const YEAR = 365.25;
/** Standard deviation of the kernel around a past release's day in the year, in days. */
const WIDTH = 18;
const YEARS_KEPT = 6;
const WEIGHT_PER_YEAR = 0.7;
/** Share of the weight that ignores the season, so that no day is ruled out. */
const UNIFORM = 0.35;
/** Kernel widths from a release's day beyond which it does not matter. */
const REACH = 4;

/**
 * How likely a release is at each time of the year compared with a flat year (mean about 1), from the days in the year of past releases.
 * Vendors tied to a conference or a fiscal year keep their season; others get a nearly flat curve.
 * @param events day numbers, ascending.
 * @param width of the kernels in days.
 */
export function seasonalWeight(events: readonly DayNumber[], width = WIDTH): (day: DayNumber) => number {
  const last = events.at(-1) ?? 0;
  const kept = events.filter((event) => last - event <= YEARS_KEPT * YEAR);
  if (kept.length === 0) return () => 1;
  const table = new Float64Array(366);
  let total = 0;
  for (const event of kept) {
    const weight = WEIGHT_PER_YEAR ** ((last - event) / YEAR);
    total += weight;
    const at = dayInYear(event);
    const reach = Math.min(182, Math.ceil(REACH * width));
    for (let offset = -reach; offset <= reach; offset++) {
      const day = (((Math.floor(at) + offset) % 366) + 366) % 366;
      const apart = Math.abs(day - at);
      const distance = Math.min(apart, YEAR - apart) / width;
      table[day] = (table[day] ?? 0) + weight * Math.exp((-distance * distance) / 2);
    }
  }
  const scale = YEAR / (width * Math.sqrt(2 * Math.PI) * total);
  return (day) => UNIFORM + (1 - UNIFORM) * scale * (table[Math.floor(dayInYear(day))] ?? 0);
}

/** `seasonalWeight` for the days after the last event: element `k` is for `k` days after it. */
export function seasonAfter(events: readonly DayNumber[], width: number, length: number): Float64Array {
  const weight = seasonalWeight(events, width);
  const last = events.at(-1) ?? 0;
  const curve = new Float64Array(length);
  // A year repeats itself but for a quarter of a day.
  for (let k = 0; k < length; k++) curve[k] = k < 366 ? weight(last + k) : (curve[k - 365] ?? 1);
  return curve;
}

function dayInYear(day: DayNumber): number {
  return ((day % YEAR) + YEAR) % YEAR;
}
