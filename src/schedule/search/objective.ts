import { type Day, daysBetween } from '../../domain/day.ts';

/** What a plan is compared by, most important first; whole numbers, never folded into one. Design.md section 10. */
export interface Objective {
  /** Unplaced work by priority, 1 to 5. */
  readonly unplaced: readonly [number, number, number, number, number];
  readonly daysLate: number;
  readonly holdDays: number;
  /** Sum of the collision probabilities of model changes as they are compared, in millionths: see `costOf`. */
  readonly risk: number;
  /** Windows that are not where the plan before had them: among equals on the levels above, what stands stays. */
  readonly moved: number;
  /** Sum of (6 − priority) × days from today to the start. */
  readonly start: number;
}

/** What an item counts in the last level: the days from today to its first, a day of priority 1 five times one of priority 5. */
export function startCost(priority: number, asOf: Day, from: Day): number {
  return (6 - priority) * daysBetween(asOf, from);
}

/** One more piece of work of that priority (1 to 5) without a place, or fewer with a negative `by`. */
export function withUnplaced(unplaced: Objective['unplaced'], priority: number, by: number): Objective['unplaced'] {
  const classes: [number, number, number, number, number] = [...unplaced];
  classes[priority - 1] = (classes[priority - 1] ?? 0) + by;
  return classes;
}

/** Below 0 when `a` is better. */
export function compareObjectives(a: Objective, b: Objective): number {
  const left = [...a.unplaced, a.daysLate, a.holdDays, a.risk, a.moved, a.start];
  const right = [...b.unplaced, b.daysLate, b.holdDays, b.risk, b.moved, b.start];
  for (let i = 0; i < left.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
