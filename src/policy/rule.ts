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

/** One window's worth of work: a model change or a phase of one, a patch, one step of an engine upgrade. */
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
  /** Pieces of the same item that it comes after. */
  readonly follows: readonly Follows[];
  /** First day the release to be installed is old enough for the policy, and why; `null` where age does not matter. */
  readonly ripe: { readonly from: Day; readonly because: string } | null;
  /** It mends a known security defect: a freeze that allows `security` lets it through. */
  readonly urgent: boolean;
  /** What neap.yaml says runs once it is done; absent: nothing changes, or the upgrade it belongs to says it. */
  readonly sets?: readonly RunningChange[];
  /** It brings a patch of the engine's own line; absent: no. */
  readonly patch?: boolean;
  /** It takes a driver, an ODM, a client, a queue or the runtime into another major; absent: no. */
  readonly major?: boolean;
  /** The grave holes it mends, and the version that does; absent: it is no patch against any. */
  readonly grave?: Grave;
  /** Once it is done the way back is a restore, or nothing; absent: it can be taken back. */
  readonly noWayBack?: boolean;
  /** Piece of the same item whose backup is the way back from this one; absent: it needs none. */
  readonly backup?: string;
  /** Models it changes; absent: nobody says. */
  readonly models?: readonly string[];
  /** Its type says that little can go wrong; absent: no, or nobody says. */
  readonly lowRisk?: boolean;
  /** What of its days counts in the cost of its item; absent: its end. */
  readonly part?: Part;
  /** First day after the last phase, where the piece is the first and the last is decided: what is left to choose is the span up to it. */
  readonly spansTo?: Day;
}

/** A piece that comes before another one of the same item. */
export interface Follows {
  readonly piece: string;
  /** The later one lies in a sprint after that of the earlier one. */
  readonly laterSprint: boolean;
  /** Calendar days between the two at least; absent: 0. */
  readonly lag?: number;
  /** Days from the first of the earlier one to the last of the later one, both included, at most; absent: any number. */
  readonly within?: number;
}

/** Grave defects of what runs, which a patch of its line mends. */
export interface Grave {
  /** At least one of them is known to be used by attackers. */
  readonly exploited: boolean;
  readonly advisories: readonly string[];
  /** The version that mends them. */
  readonly version: string;
}

/**
 * Which part of its item a piece is, for the cost of the item: `whole`: all of it. Of a change in phases the `first`, those in the `middle`
 * and the `last`; of an upgrade its `end`, and `other` steps, whose days cost nothing.
 */
export type Part = 'whole' | 'first' | 'middle' | 'last' | 'end' | 'other';

/** A run of days whose end may not be known: `until` is then `null`. Half-open. */
export interface OpenInterval {
  readonly from: Day;
  readonly until: Day | null;
}

/** A place for a piece, to be judged. */
export interface Candidate {
  readonly piece: Piece;
  readonly window: Interval;
  readonly sprint: Sprint;
  /** Collision probability of the window as far as it is known; 0 for work that is not a model change. */
  readonly risk: number;
  /** What the place adds to the cost of a plan, in thousandths of a day; see src/schedule/places/cost.ts. */
  readonly cost: number;
  /** Of new binaries: from their first day to the end of the soak. `null` for all other work, and before it is worked out. */
  readonly disruption: OpenInterval | null;
  /** Somebody decided it: rules for proposals do not speak of it. Absent: no. */
  readonly decided?: boolean;
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
  readonly disruption: OpenInterval | null;
  /** Somebody decided it; absent: it is proposed. */
  readonly decided?: boolean;
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
  /** First day of each published proposal by its id; absent: none is published. */
  readonly baseline?: ReadonlyMap<string, Day>;
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
   * What the gate asks it. `day`: whether this day is fit for the change; `order`: the same, but beside proposals too, for what it builds on
   * has not shipped while it is only proposed; `none`: it speaks of whole windows or of plans, and of decided windows it stands among the
   * findings.
   */
  readonly gate: 'day' | 'order' | 'none';
  /** The gate also asks it of what ships in the same change. Absent: no. */
  readonly together?: true;
  /** It keeps two apart, so that an exception of either lets both be. Absent: only that of the work itself lifts it. */
  readonly either?: true;
  /** How it may be relaxed, an exception for one item aside, which every rule allows but those that say otherwise. */
  readonly relax: readonly Relaxing[];
  /** Of a rule that looks at others: what it says of the piece and its days before it looks. Absent: nothing. */
  alone?(candidate: Candidate): Breach | null;
  /** `null` when the rule holds, and always for work it does not speak of. */
  check(candidate: Candidate, facts: RuleFacts): Breach | null;
}
