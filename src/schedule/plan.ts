import { compareText } from '../domain/order.ts';
import type { Disruption, ObjectiveLevel, Plan, Wait } from '../domain/plan.ts';
import type { OpenInterval } from '../policy/rule.ts';
import { decidedOf } from './result/facts.ts';
import { carriedOf, missingOf, noWaysOf } from './result/unplaced.ts';
import { windowsOf } from './result/windows.ts';
import { boundsOf, levelsWithBounds } from './search/bounds.ts';
import { type Draft, draftOf } from './search/draft.ts';
import { levelsProven } from './search/objective.ts';
import type { PlanInput } from './search/search.ts';
import { holdsCouldHelp } from './search/with-holds.ts';

/**
 * Plans: what wants a place is gathered; patches against grave defects come first; each engine upgrade takes the start that leaves the best
 * whole plan, around what is decided of it; model changes are arranged around them; holds give a place to what had none. Levels are compared
 * in order, and `bound` says what cannot be beaten. Pure and deterministic.
 */
export function makePlan(input: PlanInput): Plan {
  const draft = draftOf(input);
  return {
    asOf: input.facts.asOf,
    horizon: input.horizon,
    observedThrough: input.observedThrough,
    windows: windowsOf(draft),
    waits: waitsOf(draft),
    holds: draft.held.holds,
    ...missingOf(draft),
    noWay: noWaysOf(draft),
    carried: carriedOf(draft),
    disruptions: disruptionsOf(draft),
    objective: levelsOf(draft),
  };
}

/** The time on new binaries before the FCV is raised, and after the last step of each upgrade. */
function waitsOf({ context }: Draft): readonly Wait[] {
  return context.hops.flatMap(({ hop, burnIn, soak }): readonly Wait[] => [
    ...(burnIn === null ? [] : [{ after: hop.binaries.id, kind: 'burn-in' as const, ...burnIn }]),
    ...(soak === null ? [] : [{ after: (hop.fcv ?? hop.binaries).id, kind: 'soak' as const, ...soak }]),
  ]);
}

/**
 * One for each upgrade with a place; one for decided binaries that are to move, for they stand as decided until somebody moves them; and one
 * for each upgrade that is done and still soaks.
 */
function disruptionsOf(draft: Draft): readonly Disruption[] {
  const placed = draft.context.hops.map(({ hop, disruption, candidates }): Disruption => {
    const proposed = candidates.some(({ piece }) => piece.step === 'binaries');
    return { item: hop.item, store: hop.binaries.store, ...disruption, state: proposed ? 'proposed' : 'decided' };
  });
  const moving = decidedOf(draft).flatMap(({ placed: { piece, disruption } }): readonly Disruption[] =>
    disruption !== null && draft.replaced.has(piece.id)
      ? [{ item: piece.item, store: piece.store, ...endOf(draft, piece.item, disruption), state: 'decided' }]
      : [],
  );
  const soaking = decidedOf(draft).flatMap(({ placed: { piece, disruption }, hop, assumed }): readonly Disruption[] =>
    assumed && hop === null && disruption !== null
      ? [{ item: piece.item, store: piece.store, ...disruption, state: 'decided' }]
      : [],
  );
  return [...placed, ...moving, ...soaking].toSorted(
    (a, b) => compareText(a.item, b.item) || compareText(a.from, b.from),
  );
}

/** Binaries that nothing replaces go on until an FCV that somebody decided; where nobody did nobody knows an end. */
function endOf(draft: Draft, item: string, disruption: OpenInterval): OpenInterval {
  const hop = draft.context.lostHops.find((lost) => lost.hop.item === item)?.hop;
  const isRaised = decidedOf(draft).some(({ placed }) => placed.piece.id === hop?.fcv?.id);
  return hop === undefined || hop.fcv === null || isRaised ? disruption : { ...disruption, until: null };
}

/** Proven where the search came to its end, with no upgrade whose place was chosen before and nothing that holds could change. */
function levelsOf({ context, attempt, gathered, complete, leastCost }: Draft): readonly ObjectiveLevel[] {
  const simple = context.hops.length === 0 && context.lostHops.length === 0 && context.patches.length === 0;
  if (complete && simple && !holdsCouldHelp(context, attempt) && attempt.objective.holdDays === 0) {
    return levelsProven(attempt.objective);
  }
  return levelsWithBounds(attempt.objective, boundsOf(context, gathered.hops, leastCost));
}
