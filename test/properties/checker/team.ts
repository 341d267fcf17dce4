import type { Config } from '../../../src/domain/config.ts';
import type { Day } from '../../../src/domain/day.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import type { StoreId, WorkKind } from '../../../src/domain/plan.ts';
import type { StepName } from '../../../src/domain/step-name.ts';

/** A team as the judge knows it: what it wrote, and what neap was told of its vendors and engines. */
export interface Team {
  readonly asOf: Day;
  readonly config: Config;
  readonly decisions: readonly Decision[];
  /** Products whose feature releases count, by store. */
  readonly vendors: ReadonlyMap<StoreId, readonly Vendor[]>;
  readonly hops: readonly Hop[];
  readonly patches: readonly Patch[];
}

/** A product in a form that one can count with by hand. */
export interface Vendor {
  readonly product: string;
  /** Days of feature releases that are known, past or announced. */
  readonly known: readonly Day[];
  /** Chance of one on each day after `asOf`, independent of all others. */
  readonly daily: number;
  /** A hold keeps its releases away. */
  readonly reach: boolean;
  /** Its facts are missing or too old. */
  readonly unknown: boolean;
}

/** One hop of an upgrade. */
export interface Hop {
  readonly item: string;
  readonly store: StoreId;
  /** Items that must be over first: the hop before it in its chain. */
  readonly after: readonly string[];
  /** The work that is left of it, in order. */
  readonly steps: readonly Step[];
  /** Steps without which the binaries cannot run: packages that cover both lines. */
  readonly needed: readonly StepName[];
  readonly hasFcv: boolean;
  /** First step after which the way back is a restore, or nothing; `null`: none. */
  readonly noReturn: string | null;
  /** The new binaries run already. */
  readonly begun: boolean;
  /** Last day, inclusive. */
  readonly by: Day | null;
  /** First day that the policy lets its binaries come; `null`: at once; `never`: not as far as anybody knows. */
  readonly ripe: Day | 'never' | null;
}

export interface Step {
  readonly step: StepName;
  readonly kind: WorkKind;
  /** Working days. */
  readonly days: number;
  readonly effort: number;
}

/** A patch of what runs, as work of its own. */
export interface Patch {
  readonly item: string;
  readonly store: StoreId;
  readonly kind: WorkKind;
  readonly days: number;
  readonly effort: number;
  /** It mends a grave hole: urgent. */
  readonly grave: boolean;
}
