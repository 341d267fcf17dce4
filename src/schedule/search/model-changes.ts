import type { Placed, RuleFacts } from '../../policy/rule.ts';
import { type Option, toPlaced } from '../places/starts.ts';
import { refine } from './branch-and-bound.ts';
import { baseObjective, leavesSpanOpen, tryModels } from './greedy.ts';
import { compareObjectives } from './objective.ts';
import { type Attempt, type Context, factsWith } from './search.ts';
import { sprintPrices } from './sprint-prices.ts';

/** The best of the arrangements that prices on crowded sprints lead to, and a sum of costs that none beats. */
export function priced(context: Context): { readonly attempt: Attempt; readonly bound: number } {
  const { asOf } = context.input.facts;
  let best = tryModels(context);
  const limit = limitOf(context);
  const { work } = context;
  const base = baseObjective(context).cost;
  const reached = best.objective.cost - base;
  const { prices } = sprintPrices(work, left(limit, best.facts.placed), reached, asOf);
  for (const price of limit === null ? [] : prices) {
    const attempt = tryModels(context, price);
    const better =
      Number(attempt.infeasible) - Number(best.infeasible) || compareObjectives(attempt.objective, best.objective);
    if (better < 0) best = attempt;
  }
  // What upgrades take of a sprint is a choice too: only decided work counts against the bound.
  const fixed = context.fixed.map(({ placed }) => placed);
  const { bound } = sprintPrices(work, left(limit, fixed), reached, asOf);
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
export function arranged(context: Context, greedy: Attempt): { readonly attempt: Attempt; readonly complete: boolean } {
  const { work } = context;
  const { asOf } = context.input.facts;
  const base = baseObjective(context);
  const facts: RuleFacts = factsWith(context);
  const lost = new Set([...context.lost, ...greedy.unplaced.map(({ piece }) => piece.item)]);
  const begin = { placed: greedy.placed as readonly Option[], unplaced: lost, objective: greedy.objective };
  const room = left(isLifted(context) ? null : limitOf(context), facts.placed);
  const { best: prices } = sprintPrices(work, room, greedy.objective.cost - base.cost, asOf);
  const isOpen = (placed: readonly Option[]) => leavesSpanOpen(context, [...facts.placed, ...placed.map(toPlaced)]);
  const found = refine(work, { facts, prices, room, isOpen }, base, begin);
  if (compareObjectives(found.objective, greedy.objective) >= 0) return { attempt: greedy, complete: found.complete };
  const unplaced = work.flatMap(({ item, pieces: [first] }) =>
    found.unplaced.has(item) && first !== undefined ? [first] : [],
  );
  return {
    attempt: { placed: found.placed, unplaced, facts, objective: found.objective, infeasible: false },
    complete: found.complete,
  };
}
