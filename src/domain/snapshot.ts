import type { FreezeScope } from './config.ts';
import type { Day } from './day.ts';
import type { Decision } from './decision.ts';
import type { Hold, PlannedWindow, StoreId } from './plan.ts';

/** What a plan was made from, by what it is about. Values keep their structure, so that a change of one can be said in words. */
export interface InputValues {
  /** The day of the plan. */
  readonly day: Day;
  /** A number or word of the policy, a field of the team or of the sprint. */
  readonly policy: Scalar;
  readonly calendar: Scalar;
  /** Every time a freeze of this name comes. */
  readonly freeze: {
    readonly days: readonly { readonly from: Day; readonly until: Day }[];
    readonly blocks: readonly FreezeScope[];
    readonly allow: readonly string[];
  };
  readonly exception: { readonly rule: string; readonly expires: Day };
  /** A model change or an upgrade: its fields as the configuration names them. */
  readonly work: Readonly<Record<string, Scalar>>;
  readonly decision: Pick<Decision, 'state' | 'from' | 'until' | 'by'>;
  /** What runs, by field: `running`, `range`, `fcv`. */
  readonly stack: Readonly<Record<string, Scalar>>;
  /** The day of a feature release that counts. */
  readonly release: Day;
  /** What is forecast of a product's next feature release; days are `null` where a quantile lies beyond all that is forecast. */
  readonly forecast: {
    readonly line: string | null;
    readonly p10: Day | null;
    readonly p50: Day | null;
    readonly p90: Day | null;
  };
  /** Why nobody can say when the next feature release comes. */
  readonly unknown: string;
}

/** A value without structure; a list stands in one text, its entries joined by commas. */
export type Scalar = string | number | boolean | null;

export type InputKind = keyof InputValues;

/** Something a plan was made from, by name. */
export type SnapshotInput = { readonly [K in InputKind]: Input<K> }[InputKind];

interface Input<K extends InputKind> {
  readonly kind: K;
  /** Its name among those of its kind and store: `tolerance`, `Year end`, a window's id. */
  readonly key: string;
  readonly value: InputValues[K];
  /** The store it speaks of; `null`: none, or all. */
  readonly store: StoreId | null;
  /** The work it speaks of; `null`: none, or all. */
  readonly item: string | null;
}

/** A plan with what made it, to be compared with another. */
export interface PlanSnapshot {
  readonly asOf: Day;
  readonly windows: readonly Pick<PlannedWindow, 'id' | 'item' | 'store' | 'title' | 'state' | 'from' | 'until'>[];
  /** Items without a place. */
  readonly unplaced: readonly string[];
  readonly holds: readonly Hold[];
  readonly inputs: readonly SnapshotInput[];
}
