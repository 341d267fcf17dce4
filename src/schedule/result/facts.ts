import { addDays, maxDay } from '../../domain/day.ts';
import type { Placed, RuleFacts } from '../../policy/rule.ts';
import type { FixedPlace } from '../places/decided.ts';
import { toPlaced } from '../places/starts.ts';
import type { Draft } from '../search/draft.ts';

/** Everything that has its place in the plan that is built on: decided windows that stand, and proposals. */
export function factsOf({ context, attempt, held }: Draft): RuleFacts {
  return {
    ...attempt.facts,
    exposed: held.exposed,
    placed: [...attempt.facts.placed, ...attempt.placed.map(toPlaced)],
    unplaced: new Set([...context.lost, ...attempt.unplaced.map(({ piece }) => piece.item)]),
  };
}

/** The decided windows with the disruption that their upgrade has, where the plan builds on it. */
export function decidedOf(draft: Draft): readonly FixedPlace[] {
  const known = new Map(draft.attempt.facts.placed.map((one) => [one.piece.id, one]));
  return draft.gathered.decided.map((place) => {
    const now = draft.replaced.has(place.placed.piece.id) ? undefined : known.get(place.placed.piece.id);
    return now === undefined ? place : { ...place, placed: { ...place.placed, disruption: now.disruption } };
  });
}

/**
 * What a decided window is judged beside: all decided windows, those too beside which another place is proposed, and the proposals that
 * replace none of them. Binaries before a decided FCV disrupt until the soak after that one, also where another day
 * is proposed for it.
 */
export function besideDecided(draft: Draft): RuleFacts {
  const facts = factsOf(draft);
  const decided = decidedOf(draft).map(({ placed }) => placed);
  const known = new Map(decided.map((one) => [one.piece.id, one]));
  const hops = new Map(draft.context.hops.map(({ hop }) => [hop.binaries.id, hop]));
  const untilDecided = (one: Placed): Placed => {
    const hop = hops.get(one.piece.id);
    const fcv = hop?.fcv == null ? undefined : known.get(hop.fcv.id);
    if (hop === undefined || fcv === undefined || one.disruption === null) return one;
    const raised = maxDay(fcv.window.until, addDays(one.window.until, hop.burnIn));
    return { ...one, disruption: { ...one.disruption, until: addDays(raised, hop.soak) } };
  };
  const proposed = facts.placed.filter(({ piece }) => !known.has(piece.id));
  return { ...facts, placed: [...decided, ...proposed].map(untilDecided) };
}
