import { type Day, type DayNumber, toNumber } from '../../domain/day.ts';
import type { LaneAdvisory } from '../../domain/overview.ts';
import { fullDate, longDate, shortDate } from '../dates.ts';

/** `Mon 11 Jan 2027 to Fri 15 Jan 2027, 5 d` of half-open days; the last one is said, not the one after. */
export function days(from: DayNumber, until: DayNumber): string {
  const length = until - from;
  return length <= 1 ? longDate(from) : `${longDate(from)} to ${longDate(until - 1)}, ${length} d`;
}

/** `11 Jan - 15 Jan 2027` of half-open days. */
export function shortDays(from: DayNumber, until: DayNumber): string {
  return until - from <= 1 ? fullDate(from) : `${shortDate(from)} - ${fullDate(until - 1)}`;
}

export function dateOf(day: Day): string {
  return fullDate(toNumber(day));
}

/** `high, exploited, published 2025-12-19`; of a defect `defect`. */
export function advisoryNote({ kind, severity, exploited, published }: LaneAdvisory): string {
  const rated = kind === 'defect' ? 'defect' : severity === 'unknown' ? 'advisory, not rated' : `advisory, ${severity}`;
  return `${rated}${exploited ? ', exploited' : ''}${published === null ? '' : `, published ${published}`}`;
}

export function isGrave({ severity, exploited }: LaneAdvisory): boolean {
  return exploited || severity === 'high' || severity === 'critical';
}
