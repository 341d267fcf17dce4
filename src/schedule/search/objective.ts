import type { ObjectiveLevel } from '../../domain/plan.ts';

/** What a plan is compared by, most important first; whole numbers, never folded into one. Design.md section 10. */
export interface Objective {
  /** Days that grave holes stay open: those that are exploited, then the others. */
  readonly open: readonly [exploited: number, others: number];
  /** Unplaced work by priority, 1 to 5. */
  readonly unplaced: readonly [number, number, number, number, number];
  readonly daysLate: number;
  readonly holdDays: number;
  /** Sum of what the places cost, in thousandths of a day; see places/cost.ts. */
  readonly cost: number;
  /** Proposals that are not where they were published: among equals on the levels above, what stands stays. */
  readonly moved: number;
}

export const NOTHING: Objective = {
  open: [0, 0],
  unplaced: [0, 0, 0, 0, 0],
  daysLate: 0,
  holdDays: 0,
  cost: 0,
  moved: 0,
};

/** One more piece of work of that priority (1 to 5) without a place, or fewer with a negative `by`. */
export function withUnplaced(unplaced: Objective['unplaced'], priority: number, by: number): Objective['unplaced'] {
  const classes: [number, number, number, number, number] = [...unplaced];
  classes[priority - 1] = (classes[priority - 1] ?? 0) + by;
  return classes;
}

/** The two of them together. */
export function sumOf(a: Objective, b: Objective): Objective {
  const [p1, p2, p3, p4, p5] = a.unplaced;
  const [q1, q2, q3, q4, q5] = b.unplaced;
  return {
    open: [a.open[0] + b.open[0], a.open[1] + b.open[1]],
    unplaced: [p1 + q1, p2 + q2, p3 + q3, p4 + q4, p5 + q5],
    daysLate: a.daysLate + b.daysLate,
    holdDays: a.holdDays + b.holdDays,
    cost: a.cost + b.cost,
    moved: a.moved + b.moved,
  };
}

/** Below 0 when `a` is better. */
export function compareObjectives(a: Objective, b: Objective): number {
  if (a.open[0] !== b.open[0]) return a.open[0] - b.open[0];
  if (a.open[1] !== b.open[1]) return a.open[1] - b.open[1];
  for (let i = 0; i < 5; i++) {
    const difference = (a.unplaced[i] ?? 0) - (b.unplaced[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.daysLate - b.daysLate || a.holdDays - b.holdDays || a.cost - b.cost || a.moved - b.moved;
}

/** Names of the levels below unplaced work, as people see them. */
export const LEVELS = {
  exploited: 'days open to exploited holes',
  grave: 'days open to other grave holes',
  daysLate: 'days late',
  holdDays: 'hold days',
  cost: 'cost, thousandths of a day',
} as const;

/** The levels by name, in their order. What is only there to choose among equals is none of them. */
export function named(value: Objective): readonly (readonly [level: string, value: number])[] {
  return [
    [LEVELS.exploited, value.open[0]],
    [LEVELS.grave, value.open[1]],
    ...value.unplaced.map((count, index) => [`unplaced, priority ${index + 1}`, count] as const),
    [LEVELS.daysLate, value.daysLate],
    [LEVELS.holdDays, value.holdDays],
    [LEVELS.cost, value.cost],
  ];
}

/** The levels of a plan that a search to the end has found to be the best. */
export function levelsProven(value: Objective): readonly ObjectiveLevel[] {
  return named(value).map(([level, reached]) => ({ level, value: reached, bound: reached }));
}
