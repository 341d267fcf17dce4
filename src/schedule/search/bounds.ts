import type { Day } from '../../domain/day.ts';
import type { ObjectiveLevel } from '../../domain/plan.ts';
import type { Option } from '../places/starts.ts';
import { type Objective, startCost } from './objective.ts';

/** One item as the bounds see it: its pieces with every place that the rules looking at it alone allow. */
export interface BoundedItem {
  readonly priority: number;
  /** Holds could bring it a place that the patch-only rule refuses. */
  readonly holdable: boolean;
  /** Pieces in order; those of decided work are left out. */
  readonly pieces: readonly (readonly Option[])[];
}

export interface Bounds {
  readonly unplaced: readonly number[];
  readonly daysLate: number;
  readonly holdDays: number;
  readonly risk: number;
  readonly start: number;
}

/**
 * What no plan can beat, level by level, from each item alone (a relaxation: whatever items do to each other is left out). A level below one
 * that is not proven has no bound: a better plan there might be worse here. Pure.
 *
 * @param fixed what decided work and upgrades already contribute to each level, which no choice changes; `leastRisk`: a sum of risks of all
 * that has a place which crowded sprints do not let anybody beat.
 */
export function levelsWithBounds(
  value: Objective,
  items: readonly BoundedItem[],
  fixed: Bounds & { readonly leastRisk: number },
  asOf: Day,
): readonly ObjectiveLevel[] {
  const unplaced = [...fixed.unplaced];
  let [risk, start] = [fixed.risk, fixed.start];
  for (const { priority, holdable, pieces } of items) {
    const open = pieces.map((options) => options.filter(({ refused }) => isOpen(refused, holdable)));
    if (open.some((options) => options.length === 0)) {
      unplaced[priority - 1] = (unplaced[priority - 1] ?? 0) + 1;
      continue;
    }
    for (const options of open) {
      const least = Math.min(...options.map((option) => costUnder(option, holdable)));
      const first = options.find((option) => costUnder(option, holdable) === least);
      risk += least;
      if (first !== undefined) start += startCost(priority, asOf, first.window.from);
    }
  }
  // Holds may take risk away that the prices of sprints count on.
  const held = items.some(({ holdable }) => holdable);
  const bounds = [...unplaced, fixed.daysLate, fixed.holdDays, held ? risk : Math.max(risk, fixed.leastRisk), start];
  let proven = true;
  return named(value).map(([level, reached], index) => {
    const least = bounds[index] ?? 0;
    const bound = reached === 0 ? 0 : proven ? least : null;
    proven = proven && bound === reached;
    return { level, value: reached, bound };
  });
}

/** The levels of a plan that a search to the end has found to be the best. */
export function levelsProven(value: Objective): readonly ObjectiveLevel[] {
  return named(value).map(([level, reached]) => ({ level, value: reached, bound: reached }));
}

/** Names of the levels below unplaced work, as people see them. */
export const LEVELS = {
  daysLate: 'days late',
  holdDays: 'hold days',
  risk: 'collision probability, millionths',
  start: 'weighted start days',
} as const;

function named(value: Objective): readonly (readonly [level: string, value: number])[] {
  return [
    ...value.unplaced.map((count, index) => [`unplaced, priority ${index + 1}`, count] as const),
    [LEVELS.daysLate, value.daysLate],
    [LEVELS.holdDays, value.holdDays],
    [LEVELS.risk, value.risk],
    [LEVELS.start, value.start],
  ];
}

function isOpen(refused: Option['refused'], holdable: boolean): boolean {
  return refused.every(({ rule }) => holdable && rule === 'patch-only');
}

/** With a hold there may be no risk left. */
function costUnder(option: Option, holdable: boolean): number {
  return holdable && option.refused.length > 0 ? 0 : option.cost;
}
