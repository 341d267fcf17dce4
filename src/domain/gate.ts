import type { RuleException } from './config.ts';
import type { Day } from './day.ts';
import type { ComingRelease } from './period.ts';
import type { Refusal, StoreId, WorkKind } from './plan.ts';
import type { ProductId } from './product.ts';

/** May this kind of change of this store ship? Design.md section 11. */
export interface GateQuestion {
  readonly kind: WorkKind;
  /** `null`: it belongs to no store (a runtime), and only freezes speak of it. */
  readonly store: StoreId | null;
  /** Of an engine: it stays within its line, so that it disrupts nothing. */
  readonly patch: boolean;
  /** Work of the configuration, or one of its windows (`mongodb-8.0/binaries`), whose decisions and exceptions count; `null`: none is named. */
  readonly item: string | null;
}

/** Work that the touched files show. */
export interface TouchedWork {
  readonly kind: WorkKind;
  /** The file of the change that shows it, from the root of the repository. */
  readonly file: string;
  /** Line of it, 1 the first; `null` when it has no place in the file as it is now. */
  readonly line: number | null;
  /** As people say it: `mongoose schema`, `mongoose 8.19.1 → 8.20.0`. */
  readonly what: string;
  /** Products one of which it is about: of a model change the engines; `null`: whatever the team has. */
  readonly products: readonly ProductId[] | null;
  /** Version before and after, as exact as the file is; `null` where it has none. */
  readonly before: string | null;
  readonly after: string | null;
}

export type GateState = 'open' | 'closed' | 'unknown';

export interface GateAnswer {
  readonly question: GateQuestion;
  readonly day: Day;
  /** `unknown` where facts are missing or stale: never taken for open. A rule that says no closes whatever else is unknown. */
  readonly state: GateState;
  /** The rules that say no, each with the first later day on which it alone would let the change ship. */
  readonly refusals: readonly Refusal[];
  /** Sentences: what is not known. */
  readonly unknown: readonly string[];
  /** Exceptions without which it would be closed. */
  readonly lifted: readonly RuleException[];
  /** First day on which the state is another; `null` when it stays to the end of the days looked at. */
  readonly until: Day | null;
  /** When it is open: now, or next. `until`: first day on which it is not; `null` as above. `null`: on none of the days looked at. */
  readonly opens: { readonly from: Day; readonly until: Day | null } | null;
  /** First day that is not looked at. */
  readonly horizon: Day;
  /** The feature release expected next for the store; `null`: none. */
  readonly next: ComingRelease | null;
  /** Sentences: proposals that would close it once accepted, the decision that opens it. */
  readonly notes: readonly string[];
}
