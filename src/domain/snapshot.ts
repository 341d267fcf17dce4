import type { Day } from './day.ts';
import type { Hold, PlannedWindow, StoreId } from './plan.ts';

/** Something a plan was made from, by name: kept to say later what moved it. */
export interface SnapshotInput {
  readonly kind: 'day' | 'rule' | 'calendar' | 'work' | 'decision' | 'fact' | 'forecast';
  readonly key: string;
  readonly value: string;
  /** The store it speaks of; `null`: none, or all. */
  readonly store: StoreId | null;
  /** The work it speaks of; `null`: none, or all. */
  readonly item: string | null;
}

/** A plan as it is remembered. */
export interface PlanSnapshot {
  readonly asOf: Day;
  readonly windows: readonly Pick<PlannedWindow, 'id' | 'item' | 'store' | 'title' | 'state' | 'from' | 'until'>[];
  readonly unplaced: readonly string[];
  readonly holds: readonly Hold[];
  readonly inputs: readonly SnapshotInput[];
}
