import { daysBetween } from '../../domain/day.ts';
import type { ObjectiveLevel } from '../../domain/plan.ts';
import type { RuleFacts } from '../../policy/rule.ts';
import { isRefused } from '../../policy/rules.ts';
import { isHoldable } from '../places/holds.ts';
import { judgeHop, type PlacedHop } from '../places/hop-at.ts';
import { optionsFor } from '../places/starts.ts';
import type { Hop } from '../work/hop.ts';
import { stepsOf } from '../work/hop-order.ts';
import { latenessOf } from './greedy.ts';
import { leastAlone } from './item.ts';
import { named, type Objective, withUnplaced } from './objective.ts';
import { type Context, factsWith, type Work, withHop } from './search.ts';

/**
 * What no plan can beat, level by level, from each item alone beside decided work (a relaxation: whatever proposals do to each other is left
 * out). Pure.
 * @param priced a sum of costs of the model changes that crowded sprints do not let anybody beat.
 */
export function boundsOf(context: Context, hops: readonly Hop[], priced: number): Objective {
  const free: Context = { ...context, work: [], patches: [], hops: context.hops.filter(isDecided), lostHops: [] };
  const beside = factsWith(free);
  let unplaced: Objective['unplaced'] = [0, 0, 0, 0, 0];
  let cost = 0;
  const open: [number, number] = [0, 0];
  for (const { piece } of [...context.patches, ...context.lostPatches]) {
    const first = optionsFor(piece, context.input.horizon, beside).find(
      (option) => option.refused.length === 0 && !isRefused(option, beside, 'others'),
    );
    if (first === undefined) unplaced = withUnplaced(unplaced, piece.priority, 1);
    else cost += first.cost;
    const until = first?.window.until ?? context.input.horizon.until;
    open[piece.grave?.exploited === true ? 0 : 1] += Math.max(0, daysBetween(beside.asOf, until));
  }
  const alone = upgradesAlone(hops, free);
  let models = 0;
  for (const work of context.work) {
    if (work.later) continue;
    const least = leastAlone(work, beside);
    if (least !== null) models += least;
    else if (!couldBeHeld(work, beside)) unplaced = withUnplaced(unplaced, work.priority, 1);
  }
  return {
    open,
    unplaced: unplaced.map((count, index) => count + (alone.unplaced[index] ?? 0)) as unknown as Objective['unplaced'],
    daysLate: alone.daysLate,
    holdDays: 0,
    cost: cost + alone.cost + Math.max(models, priced),
    moved: 0,
  };
}

function isDecided({ candidates, steps }: PlacedHop): boolean {
  return steps.length > candidates.length;
}

/** What upgrades add at least: each chain as early as it can be where nothing is proposed beside it, preparation and burn-in included. */
function upgradesAlone(hops: readonly Hop[], free: Context): Pick<Objective, 'unplaced' | 'daysLate' | 'cost'> {
  let unplaced: Objective['unplaced'] = [0, 0, 0, 0, 0];
  let daysLate = 0;
  let cost = 0;
  for (const chain of Map.groupBy(hops, ({ binaries }) => binaries.store).values()) {
    let context = free;
    for (const hop of chain) {
      const own = context.hops.find((one) => one.hop.item === hop.item);
      const placed = own ?? earliest(hop, context);
      if (placed === null) {
        if (!free.later.has(hop.item)) unplaced = withUnplaced(unplaced, hop.upgrade.priority, 1);
        break;
      }
      if (own !== undefined && own.missing.length > 0 && !free.later.has(hop.item))
        unplaced = withUnplaced(unplaced, hop.upgrade.priority, 1);
      if (own === undefined) context = withHop(context, placed);
      if (free.later.has(hop.item)) continue;
      daysLate += latenessOf(placed, context);
      cost += placed.candidates.reduce((sum, one) => sum + one.cost, 0);
    }
  }
  return { unplaced, daysLate, cost };
}

function earliest(hop: Hop, context: Context): PlacedHop | null {
  const facts: RuleFacts = { ...context.input.facts, placed: [], unplaced: new Set() };
  const options = new Map(stepsOf(hop).map((piece) => [piece.id, optionsFor(piece, context.input.horizon, facts)]));
  const beside = factsWith(context);
  for (const start of options.get(hop.binaries.id) ?? []) {
    if (start.refused.length > 0) continue;
    const { placed } = judgeHop(hop, start, options, new Map(), { ...beside, unplaced: new Set() });
    if (placed !== null) return placed;
  }
  return null;
}

/** Holds could bring it a place that the patch-only rule refuses. */
function couldBeHeld({ pieces }: Work, facts: RuleFacts): boolean {
  return pieces.every(
    ({ piece, options }) =>
      (facts.exposed.get(piece.store) ?? []).some(isHoldable) &&
      options.some(({ refused }) => refused.every(({ rule }) => rule === 'patch-only')),
  );
}

/** The levels with their bounds. One below a level that is not proven has none: a better plan there might be worse here. */
export function levelsWithBounds(value: Objective, bounds: Objective): readonly ObjectiveLevel[] {
  const least = named(bounds).map(([, bound]) => bound);
  let proven = true;
  return named(value).map(([level, reached], index) => {
    const bound = proven ? Math.min(reached, least[index] ?? 0) : reached === 0 ? 0 : null;
    proven = proven && bound === reached;
    return { level, value: reached, bound };
  });
}
