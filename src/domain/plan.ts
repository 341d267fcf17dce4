import type { Day } from './day.ts';
import type { ProductId } from './product.ts';
import type { RuleId } from './rule-ids.ts';
import type { StepName } from './step-name.ts';

/** Kinds of work, also the scopes of a freeze. */
export type WorkKind = 'model' | 'engine' | 'package';

/** The datastore of the team a piece of work belongs to: the `id` of an engine in the stack. */
export type StoreId = string;

/** Why one rule says no to one place for one piece of work. */
export interface Refusal {
  readonly rule: RuleId;
  readonly item: string;
  /** One sentence with the numbers in it. */
  readonly because: string;
  readonly facts: Readonly<Record<string, string | number>>;
  /** First day on which this rule alone would let the work start; `null` when none within the horizon. */
  readonly freeFrom: Day | null;
}

export type WindowState = 'proposed' | 'accepted' | 'pinned' | 'done';

/** The days proposed for one piece of work, half-open. */
export interface PlannedWindow {
  /** Its item, and `item/step` where the item has several. */
  readonly id: string;
  readonly item: string;
  readonly step: StepName | null;
  readonly title: string;
  readonly kind: WorkKind;
  readonly store: StoreId;
  readonly from: Day;
  readonly until: Day;
  /** Number of the sprint it lies in. */
  readonly sprint: number;
  readonly state: WindowState;
  /** Collision probability 0..1; 0 for work that is not a model change. */
  readonly risk: number;
  /** Days past a policy's own day; 0 when in time. */
  readonly daysLate: number;
  /** Sentences: what pushed it here. */
  readonly reasons: readonly string[];
  /** How to go back, in a sentence; `null` when it was not stated. */
  readonly wayBack: string | null;
  /** First day after which the way back is a restore, or nothing; `null` when there is none in this window. */
  readonly noReturnFrom: Day | null;
  readonly needs: readonly string[];
  /** What neap.yaml says runs, once the work is done. */
  readonly sets: readonly RunningChange[];
  /** Rules that a decided window breaks under today's facts. */
  readonly findings: readonly Refusal[];
}

/** One value of one item of the stack: what runs after a step is done. */
export interface RunningChange {
  /** Id in the stack. */
  readonly id: string;
  readonly key: 'running' | 'fcv' | 'platform';
  readonly value: string;
}

export interface Wait {
  /** Id of the window it follows. */
  readonly after: string;
  readonly kind: 'burn-in' | 'soak';
  readonly from: Day;
  readonly until: Day;
}

export interface Hold {
  readonly product: ProductId;
  readonly range: string;
  readonly from: Day;
  readonly until: Day;
}

export interface Unplaced {
  readonly item: string;
  readonly title: string;
  readonly kind: WorkKind;
  readonly store: StoreId;
  /** The rules that block it, each with the first day it would pass. */
  readonly blockers: readonly Refusal[];
  /** What would free it, least change first; each verified by planning again. Empty also where nobody asked for them. */
  readonly relaxations: readonly Relaxation[];
}

/** The smallest change of its kind that gives the work a place and takes none from other work. */
export interface Relaxation {
  readonly kind: string;
  /** The rule that is relaxed; never one of `neverRelax`. */
  readonly rule: RuleId;
  /** In words: `tolerance 0.2 → 0.26`. */
  readonly text: string;
  /** What of neap.yaml is changed: `policy.tolerance`, `freezes[Year end].until`. */
  readonly key: string;
  /** The value now and then; `null`: none, or not there. */
  readonly from: string | number | null;
  readonly to: string | number | null;
}

export interface ObjectiveLevel {
  readonly level: string;
  readonly value: number;
  /** Best value that is not ruled out; equal to `value` when proven optimal. `null` when nothing is proven. */
  readonly bound: number | null;
}

export interface Plan {
  readonly asOf: Day;
  readonly horizon: { readonly from: Day; readonly until: Day };
  readonly observedThrough: Readonly<Record<ProductId, Day | null>>;
  readonly windows: readonly PlannedWindow[];
  readonly waits: readonly Wait[];
  readonly holds: readonly Hold[];
  readonly unplaced: readonly Unplaced[];
  readonly later: readonly string[];
  readonly objective: readonly ObjectiveLevel[];
}
