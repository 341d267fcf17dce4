import type { Config } from '../domain/config.ts';
import type { Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Interval } from '../domain/interval.ts';
import type { RunningChange, StoreId, WorkKind } from '../domain/plan.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import type { StepName } from '../domain/step-name.ts';
import type { Sprint } from './calendar.ts';
import type { ExposedProduct, Margins } from './collision.ts';
import type { Relaxing } from './relaxing.ts';

/** One window's worth of work: a model change, or one step of an engine upgrade. */
export interface Piece {
  /** Its item, and `item/step` where the item has several. */
  readonly id: string;
  readonly item: string;
  readonly step: StepName | null;
  readonly title: string;
  readonly kind: WorkKind;
  readonly store: StoreId;
  /** Working days, at least 1. */
  readonly days: number;
  /** Person-days. */
  readonly effort: number;
  readonly priority: number;
  readonly notBefore: Day | null;
  /** Last day, inclusive. */
  readonly deadline: Day | null;
  /** Ids of items that must be over first. */
  readonly after: readonly string[];
  /** Ids of pieces of the same item that must be over first, because this one cannot run without them: newer drivers. */
  readonly needs: readonly string[];
  /** Pieces of the same item that it comes after; `laterSprint`: in a sprint after theirs. */
  readonly follows: readonly { readonly piece: string; readonly laterSprint: boolean }[];
  /** First day the release to be installed is old enough for the policy, and why; `null` where age does not matter. */
  readonly ripe: { readonly from: Day; readonly because: string } | null;
  /** It mends a known security defect: a freeze that allows `security` lets it through. */
  readonly urgent: boolean;
  /** What neap.yaml says runs once it is done; absent: nothing changes, or the upgrade it belongs to says it. */
  readonly sets?: readonly RunningChange[];
}

/** A place for a piece, to be judged. */
export interface Candidate {
  readonly piece: Piece;
  readonly window: Interval;
  readonly sprint: Sprint;
  /** Collision probability of the window; 0 for work that is not a model change. */
  readonly risk: number;
  /** `risk` as plans compare it: whole millionths, in the policy's steps. */
  readonly cost: number;
  /** Of new binaries: from their first day to the end of the soak. `null` for all other work, and before it is worked out. */
  readonly disruption: Interval | null;
}

/** Work that has its place already. */
export interface Placed {
  readonly piece: Piece;
  readonly window: Interval;
  readonly sprint: Sprint;
  /**
   * From the first day of new binaries to the end of the soak of the upgrade this step belongs to; `null` for work that disrupts
   * nothing. Carried by the binaries step alone.
   */
  readonly disruption: Interval | null;
}

/** Everything a rule may know. */
export interface RuleFacts {
  readonly config: Config;
  readonly asOf: Day;
  readonly margins: Margins;
  /** Products whose feature releases count for each store. */
  readonly exposed: ReadonlyMap<StoreId, readonly ExposedProduct[]>;
  readonly decisions: readonly Decision[];
  readonly placed: readonly Placed[];
  /** Items that have no place, so that what waits for them has none either. */
  readonly unplaced: ReadonlySet<string>;
}

/** Why a rule says no: one sentence with the numbers in it, and the numbers. */
export interface Breach {
  readonly because: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A hard rule: it holds, or the work does not go there. Named as people say it; one file each in rules/. */
export interface Rule {
  readonly id: RuleId;
  /** One sentence saying why teams want it. */
  readonly intent: string;
  /** What a breach is measured in. */
  readonly unit: string;
  /** `alone`: depends on the piece and its days only. `others`: also on where other work is. */
  readonly scope: 'alone' | 'others';
  /**
   * What the gate asks it. `day`: whether this day is fit for the change, which rules that look at others are also asked of what ships
   * together; `order`: the same, but beside proposals too, for what it builds on has not shipped while it is only proposed; `none`: it speaks
   * of whole windows or of plans, and of decided windows it stands among the findings.
   */
  readonly gate: 'day' | 'order' | 'none';
  /** How it may be relaxed, an exception for one item aside, which every rule allows but those that say otherwise. */
  readonly relax: readonly Relaxing[];
  /** Of a rule that looks at others: what it says of the piece and its days before it looks. Absent: nothing. */
  alone?(candidate: Candidate): Breach | null;
  /** `null` when the rule holds, and always for work it does not speak of. */
  check(candidate: Candidate, facts: RuleFacts): Breach | null;
}
