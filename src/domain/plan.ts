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
  /** Collision probability 0..1 of a model change; `null` for all other work, and where facts are missing or stale. */
  readonly risk: number | null;
  /** Days past the policy's own day on which the old line still runs; 0 when in time, and for all steps but the binaries. */
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
  /** What would free it, least change first; each verified by planning again. `null`: that was not worked out. */
  readonly relaxations: readonly Relaxation[] | null;
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

/** Work without a place that is not missed yet. */
export interface LaterWork {
  readonly item: string;
  readonly title: string;
  /** First day on which it may be placed, as far as anybody can say; `null`: nobody can. */
  readonly from: Day | null;
  /** One sentence. */
  readonly because: string;
}

export interface NoWay {
  readonly item: string;
  readonly title: string;
  readonly store: StoreId;
  /** One sentence, with the rows that forbid it. */
  readonly because: string;
}

/** A patch that is no work of its own. */
export interface CarriedPatch {
  readonly item: string;
  readonly title: string;
  readonly store: StoreId;
  /** Id of the window of the binaries that bring it. */
  readonly by: string;
}

/** The time in which an engine is between two lines. */
export interface Disruption {
  readonly item: string;
  readonly store: StoreId;
  readonly from: Day;
  /** First day after the soak; `null` while the last step has no window, so that nobody can say. */
  readonly until: Day | null;
  /** `proposed`: its new binaries neither run nor are decided. */
  readonly state: 'proposed' | 'decided';
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
  /** Work that waits for a later plan: due beyond the horizon, or of a line that is not ripe. By item. */
  readonly later: readonly LaterWork[];
  /** Upgrades that neap knows no way for: no work, but to be said. */
  readonly noWay: readonly NoWay[];
  /** Patches against grave defects that newer binaries bring, which come so soon that nobody patches before. By item. */
  readonly carried: readonly CarriedPatch[];
  /** From the first new binaries of each hop that runs, is decided or is proposed to the end of its soak. By item. */
  readonly disruptions: readonly Disruption[];
  readonly objective: readonly ObjectiveLevel[];
}
