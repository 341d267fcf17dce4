import type { DayNumber } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import { bestFor } from './best.ts';

/** Releases looked back on: what lies before has no weight left in what the method learns. */
export const RELEASES_KEPT = 30;
/** Series whose answers are kept; a stack of a hundred products fits. */
const ANSWERS_KEPT = 128;

/** What the best method says of the gap after the last of some releases: see `Rhythm`. */
export interface Learned {
  readonly gap: Float64Array;
  readonly spread: number;
}

/** The same releases are asked about again and again: of two weeks in a report, of every plan of a replay, of what-ifs. */
const kept = new Map<string, Learned | null>();

/**
 * Feeds the method for a product with these days, ascending and without repeats. `null`: too few. Nothing else goes in, so an answer given
 * before holds; the array must not be changed.
 */
export function learnedFrom(product: ProductId, days: readonly DayNumber[]): Learned | null {
  const key = `${product} ${days.join(' ')}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const rhythm = bestFor(product).begin();
  for (const day of days) rhythm.add(day);
  const gap = rhythm.gap();
  const learned = gap === null ? null : { gap, spread: rhythm.spread?.() ?? 1 };
  const [oldest] = kept.keys();
  if (kept.size >= ANSWERS_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, learned);
  return learned;
}
