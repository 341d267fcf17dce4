import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import type { OpenInterval, Piece, Placed } from './rule.ts';

// Runs of days of which an end may not be known: a disruption whose last step has no window, a change whose last phase has none.

/** Whether the two share a day, as far as anybody can say: what has no end is taken to go on. */
export function openOverlaps(a: OpenInterval, b: OpenInterval): boolean {
  return (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until);
}

/** Calendar days between the two, `later.from − earlier.until`; negative when they overlap, minus infinity where the earlier has no end. */
export function openGap(a: OpenInterval, b: OpenInterval): number {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  return first.until === null ? Number.NEGATIVE_INFINITY : daysBetween(first.until, second.from);
}

/** `2026-12-01 to 2026-12-14`, or `from 2026-12-01 on` where nobody knows the end. */
export function openText({ from, until }: OpenInterval): string {
  return until === null ? `from ${from} on, its end not known` : `${from} to ${addDays(until, -1)}`;
}

/** The smallest run of days that holds them all; `null` for none. */
export function hull(windows: readonly Interval[]): Interval | null {
  let from: Day | null = null;
  let until: Day | null = null;
  for (const window of windows) {
    if (from === null || window.from < from) from = window.from;
    if (until === null || window.until > until) until = window.until;
  }
  return from === null || until === null ? null : { from, until };
}

/**
 * The days on which two forms of a model change's data live: from the first day of its first phase to the last of its last, as far as the
 * phases have a place. Without an end where the item is said to be unplaced and one of its phases has no place.
 * @param own a place to be judged, counted with those that the item has.
 */
export function spanOf(
  item: string,
  placed: readonly Placed[],
  unplaced: ReadonlySet<string>,
  own: Pick<Placed, 'piece' | 'window'> | null = null,
): OpenInterval | null {
  const places = [...placed.filter(({ piece }) => piece.item === item), ...(own === null ? [] : [own])];
  const days = hull(places.map(({ window }) => window));
  if (days === null) return null;
  return unplaced.has(item) && !isWhole(places.map(({ piece }) => piece)) ? { from: days.from, until: null } : days;
}

/** The last phase is among them, and with each the one that it follows. */
function isWhole(pieces: readonly Piece[]): boolean {
  const ids = new Set(pieces.map(({ id }) => id));
  const follow = pieces.flatMap(({ follows }) => follows);
  return (
    pieces.some(({ part }) => part === 'last' || part === 'whole' || part === undefined) &&
    follow.every(({ piece }) => ids.has(piece))
  );
}
