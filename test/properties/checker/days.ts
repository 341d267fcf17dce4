import type { Day } from '../../../src/domain/day.ts';

/** Days since 1970-01-01, counted here and not by the program. */
export type Count = number;

const MILLISECONDS = 86_400_000;

export function count(text: string): Count {
  return Date.parse(`${text}T00:00:00Z`) / MILLISECONDS;
}

export function text(day: Count): Day {
  if (day === Infinity) return 'open' as Day;
  if (day === -Infinity) return 'before' as Day;
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10) as Day;
}

/** 1 Monday to 7 Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: Count): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Days, half-open; infinite where nobody knows an end. */
export interface Run {
  readonly from: Count;
  readonly until: Count;
}

export function runOf({ from, until }: { readonly from: string; readonly until: string }): Run {
  return { from: count(from), until: count(until) };
}

export function share(a: Run, b: Run): boolean {
  return a.from < b.until && b.from < a.until && a.from < a.until && b.from < b.until;
}

/** Calendar days between two runs, whichever comes first; negative where they overlap. */
export function gap(a: Run, b: Run): number {
  return Math.max(a.from - b.until, b.from - a.until);
}

export function say({ from, until }: Run): string {
  return `${text(from)}..${text(until)}`;
}
