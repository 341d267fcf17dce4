import type { Baseline } from '../domain/baseline.ts';
import type { Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Interval } from '../domain/interval.ts';
import type { Overview } from '../domain/overview.ts';
import type { Plan, Refusal, Relaxation, RunningChange } from '../domain/plan.ts';
import type { ExportFormat, PlanFormat } from './command.ts';

export type { PlanFormat };

/** A person's decision on its way to neap.plan.yaml. */
export interface DecideRequest {
  readonly kind: 'accept' | 'pin' | 'reject' | 'done' | 'move';
  /** Id of a window; of an item when all its steps are decided on as a whole. */
  readonly windowId: string;
  readonly reason: string | null;
  /** First day wanted, of a move only. */
  readonly to?: Day;
  /** The windows as they were on screen: what is not there any more is refused instead of decided unseen. */
  readonly seen: readonly Seen[];
}

export interface Seen extends Interval {
  readonly id: string;
}

/** What was written to neap.plan.yaml: enough to take it back and to do it again. */
export interface Change {
  /** `accepted session-ttl` */
  readonly label: string;
  /** The work that was decided on; empty text where the plan was published. */
  readonly item: string;
  /** The decisions on that work. */
  readonly before: readonly Decision[];
  readonly after: readonly Decision[];
  /** What was published before, and then; absent where something was decided. */
  readonly published?: { readonly before: Baseline | null; readonly after: Baseline };
}

export type Answer =
  | {
      readonly ok: true;
      readonly picture: Picture;
      readonly message: string;
      /** `null` when nothing was written that could be undone. */
      readonly change: Change | null;
      /** What else could be written, if the person agrees. */
      readonly offer?: Offer;
    }
  | { readonly ok: false; readonly message: string };

/** Lines of neap.yaml that what was done makes untrue. */
export interface Offer {
  readonly changes: readonly RunningChange[];
  /** `- old`, `+ new` */
  readonly lines: readonly string[];
}

/** What the calendar shows: the overview, and what is different since somebody looked last. */
export interface Picture {
  readonly overview: Overview;
  /** What moved since the plan was published, else in a week. */
  readonly changed: readonly Moved[];
}

/** One window that is not where it was. */
export interface Moved {
  /** Id of the window. */
  readonly id: string;
  /** `was 7 Dec, now 14 Dec: next of mongoose changed` */
  readonly text: string;
}

/** A window tried on a day. */
export interface Trial {
  /** Its days there; `null` when it cannot begin on that day, see `problem`. */
  readonly place: Interval | null;
  readonly problem: string | null;
  /** The rules it breaks there once it is fixed there and everything else has moved as it can. */
  readonly refusals: readonly Refusal[];
  /** The rules that keep it from there with everything else where it is: why not there. */
  readonly against: readonly Refusal[];
  /** First day from there on that no rule is against; `null`: none within the horizon. */
  readonly free: Day | null;
  /** Collision probability there; `null` for work that is no model change. */
  readonly risk: number | null;
  /** The whole plan with the window fixed there; `null` without a place. */
  readonly plan: Plan | null;
}

export interface SyncProgress {
  readonly done: number;
  readonly of: number;
  /** What is being read. */
  readonly at: string;
}

/** Everything the calendar asks of the world. None of these throws for what a user can mend; that is said in the answer. */
export interface Shell {
  /** Writes the decision and plans again. */
  readonly decide: (request: DecideRequest) => Promise<Answer>;
  /** Writes the plan's proposals to neap.plan.yaml, from which later plans move only for a gain. */
  readonly publish: () => Promise<Answer>;
  /** Puts the decisions on an item, or what was published, back to before or after a change; refused when somebody wrote otherwise since. */
  readonly restore: (change: Change, to: 'before' | 'after') => Promise<Answer>;
  /** Writes what runs now to neap.yaml. */
  readonly writeRunning: (changes: readonly RunningChange[]) => Promise<Answer>;
  /** Plans with the window fixed from that day on, and writes nothing. */
  readonly tryOn: (windowId: string, day: Day) => Promise<Trial>;
  /** What would free work that has no place, each verified by planning with it, least change first. */
  readonly relaxations: (item: string) => Promise<readonly Relaxation[]>;
  /** Writes a relaxation to neap.yaml. */
  readonly relax: (relaxation: Relaxation) => Promise<Answer>;
  /** The picture anew when the day or a file is another, when it is first known what moved since the plan before, or `always`; else `null`. */
  readonly refresh: (always: boolean) => Promise<Answer | null>;
  readonly sync: (report: (progress: SyncProgress) => void, signal: AbortSignal) => Promise<Answer>;
  /** Writes to a file that was not there; says which. */
  readonly save: (as: Exclude<ExportFormat, PlanFormat>, text: string) => Promise<Answer>;
  /** Writes the plan to a new file for other programs. */
  readonly savePlan: (as: PlanFormat) => Promise<Answer>;
}
