import type { Attempt, Context } from './search.ts';
// What each part of a plan contributes to its levels at least: the input of bounds.ts.

import { daysBetween } from '../../domain/day.ts';
import { lateness, type PlacedHop } from '../places/hop-at.ts';
import type { BoundedItem, Bounds } from './bounds.ts';
import { startCost } from './objective.ts';

/** The model changes that still look for a place. */
export function boundedItems(context: Context): readonly BoundedItem[] {
  return context.work
    .filter(({ later }) => !later)
    .map(({ priority, pieces }) => {
      const exposed = context.input.facts.exposed.get(pieces[0]?.piece.store ?? '') ?? [];
      return {
        priority,
        holdable: exposed.some(({ exposure }) => exposure.watch === 'reach' && !exposure.closed),
        pieces: pieces.map(({ options }) => options),
      };
    });
}

/** What upgrades and impossible work contribute: their places were chosen first, and are not proven to be the best. */
export function fixedShare(context: Context, final: Attempt, chosen: readonly PlacedHop[]): Bounds {
  const unplaced = [0, 0, 0, 0, 0];
  const impossible = new Set(
    context.input.hops.flatMap((result) => (result.kind === 'impossible' ? [result.item] : [])),
  );
  for (const { item, upgrade } of context.givenUp) {
    // An upgrade that found no place beside the others might have found one.
    if (impossible.has(item) && !context.later.has(item))
      unplaced[upgrade.priority - 1] = (unplaced[upgrade.priority - 1] ?? 0) + 1;
  }
  const { asOf } = context.input.facts;
  const start = chosen.reduce((sum, { hop, binaries }) => {
    const first = binaries.find(({ refused }) => refused.length === 0);
    return sum + (first === undefined ? 0 : startCost(hop.upgrade.priority, asOf, first.window.from));
  }, 0);
  // Lateness of an upgrade alone: from its first possible day to the end of its soak.
  const daysLate = final.objective.daysLate === 0 ? 0 : chosen.reduce((sum, one) => sum + leastLate(one), 0);
  return { unplaced, daysLate, holdDays: 0, risk: 0, start };
}

/** Days late an upgrade is even on the first day that the rules looking at it alone allow. */
function leastLate({ hop, binaries, disruption }: PlacedHop): number {
  const first = binaries.find(({ refused }) => refused.length === 0);
  if (first === undefined) return 0;
  const shift = daysBetween(first.window.from, disruption.from);
  const least = hop.burnIn + hop.soak + daysBetween(first.window.from, first.window.until);
  const length = daysBetween(disruption.from, disruption.until);
  return Math.max(0, lateness(hop, disruption) - shift - Math.max(0, length - least));
}
