import type { Placed, RuleFacts } from '../../policy/rule.ts';
import type { PlacedHop } from '../places/hop-at.ts';
import type { Option } from '../places/starts.ts';
import { movedBy, refine } from './branch-and-bound.ts';
import { tryModels } from './greedy.ts';
import { compareObjectives, type Objective, startCost, withUnplaced } from './objective.ts';
import { type Attempt, type Context, NOWHERE } from './search.ts';
import { sprintPrices } from './sprint-prices.ts';

/** The best of the arrangements that prices on crowded sprints lead to, and a sum of risks that none beats. */
export function priced(
  context: Context,
  hops: readonly PlacedHop[],
): { readonly attempt: Attempt; readonly bound: number } {
  let best = tryModels(context, hops);
  const limit = limitOf(context);
  const { work } = context;
  const { prices } = sprintPrices(work, left(limit, best.facts.placed), best.objective.risk);
  for (const price of limit === null ? [] : prices) {
    const attempt = tryModels(context, hops, [], price);
    if (compareObjectives(attempt.objective, best.objective) < 0) best = attempt;
  }
  // What upgrades take of a sprint is a choice too: only decided work counts against the bound.
  const { bound } = sprintPrices(work, left(limit, context.fixed), best.objective.risk);
  return { attempt: best, bound: isLifted(context) ? 0 : bound };
}

function limitOf(context: Context): number | null {
  return context.input.facts.config.team.sprint.capacity;
}

/** An exception lets some work into a sprint that is full: prices bound nothing then. */
function isLifted(context: Context): boolean {
  return context.input.facts.config.exceptions.some(({ rule }) => rule === 'capacity');
}

/** Person-days that a sprint has left beside what is placed; `null`: the team does not count them. */
function left(limit: number | null, placed: readonly Placed[]): (sprint: number) => number | null {
  const used = new Map<number, number>();
  for (const { sprint, piece } of placed) used.set(sprint.number, (used.get(sprint.number) ?? 0) + piece.effort);
  return (sprint) => (limit === null ? null : Math.max(0, limit - (used.get(sprint) ?? 0)));
}

/** The best arrangement of the model changes around the upgrades as they are placed, and whether that is certain. */
export function arranged(
  context: Context,
  greedy: Attempt,
  givenUp: Objective['unplaced'],
): { readonly attempt: Attempt; readonly complete: boolean } {
  const { work } = context;
  const { asOf } = context.input.facts;
  const upgrades = greedy.hops.reduce(
    (total, { hop, disruption }) => total + startCost(hop.upgrade.priority, asOf, disruption.from),
    0,
  );
  const kept = greedy.hops.flatMap(({ candidates }) => candidates);
  const moved = kept.reduce((total, one) => total + movedBy(one, context.input.previous ?? NOWHERE), 0);
  const base: Objective = { ...greedy.objective, unplaced: givenUp, risk: 0, moved, start: upgrades };
  const facts: RuleFacts = { ...greedy.facts, unplaced: context.lost };
  const lost = new Set([...context.lost, ...greedy.unplaced.map(({ piece }) => piece.item)]);
  const begin = { placed: greedy.placed as readonly Option[], unplaced: lost, objective: greedy.objective };
  const room = left(isLifted(context) ? null : limitOf(context), facts.placed);
  const { best: prices } = sprintPrices(work, room, greedy.objective.risk);
  const found = refine(work, { facts, prices, room, previous: context.input.previous ?? NOWHERE }, base, begin);
  if (compareObjectives(found.objective, greedy.objective) >= 0) return { attempt: greedy, complete: found.complete };
  const unplaced = work.flatMap(({ item, pieces: [first] }) =>
    found.unplaced.has(item) && first !== undefined ? [first] : [],
  );
  const attempt = { ...greedy, placed: found.placed, unplaced, objective: found.objective };
  return { attempt, complete: found.complete };
}

/** Upgrades without a place, by priority. */
export function givenUpOf(context: Context): Objective['unplaced'] {
  let classes: Objective['unplaced'] = [0, 0, 0, 0, 0];
  for (const { item, upgrade } of context.givenUp) {
    if (!context.later.has(item)) classes = withUnplaced(classes, upgrade.priority, 1);
  }
  return classes;
}
