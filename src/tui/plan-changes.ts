import { toNumber } from '../domain/day.ts';
import type { Plan } from '../domain/plan.ts';
import { shortDate } from './dates.ts';

/** What is otherwise in one plan than in another, apart from one window. */
export interface PlanChanges {
  /** `orders-split: 7 Dec -> 14 Dec` */
  readonly moved: readonly string[];
  /** Items without a place that had one. */
  readonly lost: readonly string[];
  /** Items with a place that had none. */
  readonly gained: readonly string[];
}

export function planChanges(before: Plan, after: Plan, except: string): PlanChanges {
  const old = new Map(before.windows.map(({ id, from }) => [id, from]));
  const moved = after.windows.flatMap(({ id, from }) => {
    const was = old.get(id);
    if (id === except || was === undefined || was === from) return [];
    return [`${id}: ${shortDate(toNumber(was))} -> ${shortDate(toNumber(from))}`];
  });
  const [unplaced, still] = [before, after].map((plan) => new Set(plan.unplaced.map(({ item }) => item)));
  return {
    moved,
    lost: [...(still ?? [])].filter((item) => !unplaced?.has(item)),
    gained: [...(unplaced ?? [])].filter((item) => !still?.has(item)),
  };
}
