import type { Day } from './day.ts';
import type { StoreId, WorkKind } from './plan.ts';
import type { FeedRef, ProductId, ProductKind, SchemeId } from './product.ts';
import type { RuleId } from './rule-ids.ts';

/** neap.yaml with every default filled in: what the pure core receives. Design.md section 4. */
export interface Config {
  readonly team: Team;
  readonly stack: readonly StackItem[];
  readonly policy: Policy;
  readonly freezes: readonly Freeze[];
  readonly modelChanges: readonly ModelChange[];
  readonly upgrades: readonly Upgrade[];
  readonly exceptions: readonly RuleException[];
  readonly gate: GateGlobs;
  /** Products neap does not ship with. */
  readonly products: readonly OwnProduct[];
}

export interface Team {
  readonly name: string;
  /** IANA zone; decides what `today` is and nothing else. */
  readonly timezone: string;
  /** ISO weekdays, 1 Monday to 7 Sunday, ascending. */
  readonly workdays: readonly number[];
  /** Public holidays, days before them and own days off, resolved for the years around the plan; ascending. */
  readonly daysOff: readonly Day[];
  readonly sprint: SprintRhythm;
}

/** Sprints tile both ways from `start`. */
export interface SprintRhythm {
  /** First day of the sprint numbered `first`. */
  readonly start: Day;
  /** Calendar days, at least 1. */
  readonly days: number;
  readonly first: number;
  /** Person-days; `null` when the team does not count. */
  readonly capacity: number | null;
  /** Sprints of another length, by their first day, ascending and after `start`; those after them tile on from their end. */
  readonly exceptions: readonly { readonly start: Day; readonly days: number }[];
}

export interface StackItem {
  /** Unique in the stack; the product's id unless given. Engines' ids are the team's stores. */
  readonly id: string;
  readonly product: ProductId;
  /** `null` when the team did not say. */
  readonly running: string | null;
  /** semver range that may reach the team without a decision; `null`: none given. */
  readonly range: string | null;
  /** The store it talks to. An engine is its own store; `null` for what belongs to none (a runtime). */
  readonly store: StoreId | null;
  readonly edition: string | null;
  readonly topology: string | null;
  readonly platform: string | null;
  readonly fcv: string | null;
}

export type Watch = 'vendor' | 'reach' | 'off';

export interface Policy {
  /** Largest acceptable collision probability, 0..1. */
  readonly tolerance: number;
  /** Days that a percentage point of collision risk is worth waiting. */
  readonly daysPerPoint: number;
  /** Days that moving a published proposal of this or the next sprint must be worth. */
  readonly steady: number;
  /** Working days that a proposal lies ahead at least, by kind of work; packages count as models do. */
  readonly lead: { readonly engine: number; readonly model: number };
  /** Days between a model change and the disruption of an engine upgrade of the same store. */
  readonly separation: number;
  /** Working days between a patch of an engine and a model change of its store. */
  readonly patchSeparation: number;
  readonly modelChanges: {
    /** Days before a coming feature release that a model change must be over. */
    readonly guard: number;
    /** Days a feature release is given to settle, its own day included. */
    readonly settle: number;
    /** Model changes of one store that may run on one day. */
    readonly perDay: number;
    /** Days from the end of a migration to the contract of the same change. */
    readonly contractAfter: number;
    /** Most days from the first of the first phase to the last of the contract, both included. */
    readonly maxSpan: number;
  };
  readonly engineUpgrades: {
    /** Days past a line's GA before the team moves to it. */
    readonly minAge: number;
    /** Patches the line must have had. */
    readonly minPatch: number;
    readonly burnIn: number;
    readonly soak: number;
    readonly leaveBeforeEol: number;
    /** Person-days of one hop. */
    readonly effort: number;
    /** Working days that the backup may be old at the point of no return. */
    readonly freshBackup: number;
    /** Working days around freezes and long runs of days off that are kept free of steps without a way back; 0: none. */
    readonly quietEdges: number;
  };
  readonly packages: {
    /** Days from the last major of a driver, ODM or runtime to the new binaries of their engine. */
    readonly settle: number;
  };
  /** By product id or kind, and `default`. */
  readonly watch: Readonly<Record<string, Watch>>;
  /** Days since a product's last complete reading after which its facts are stale. */
  readonly staleAfter: number;
  readonly neverRelax: readonly RuleId[];
}

/** What a freeze can forbid: kinds of work, and the time in which an engine is between two lines. */
export type FreezeScope = WorkKind | 'disruption';

/** Days in which kinds of work are forbidden, half-open. */
export interface Freeze {
  readonly name: string;
  readonly from: Day;
  readonly until: Day;
  /** `all` of neap.yaml is every kind of work; `disruption` is only there where it is written. */
  readonly blocks: readonly FreezeScope[];
  readonly allow: readonly string[];
  /** It comes again and again, on a weekday or in each sprint; a dated one has its days for a reason of its own. */
  readonly recurring: boolean;
}

export interface ModelChange {
  readonly id: string;
  readonly store: StoreId;
  readonly models: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly type: string | null;
  /** Working days, at least 1. */
  readonly days: number;
  /** Person-days. */
  readonly effort: number;
  /** 1 (highest) to 5. */
  readonly priority: number;
  readonly notBefore: Day | null;
  /** Last day, inclusive. */
  readonly deadline: Day | null;
  /** Ids of work that must be over first. */
  readonly after: readonly string[];
  readonly rerunnable: boolean | null;
  readonly rollback: string | null;
  readonly strategy: 'migration' | 'state';
  /** Whether a type that ships in phases gets a window for each; `together`: one for all. */
  readonly phases: 'apart' | 'together';
}

export interface Upgrade {
  readonly store: StoreId;
  /** Line wanted: `8.0`. */
  readonly to: string;
  /** Last day, inclusive. */
  readonly by: Day | null;
  readonly priority: number;
}

export interface RuleException {
  readonly rule: RuleId;
  readonly item: string;
  /** Last day a window that uses it may end. */
  readonly expires: Day;
  readonly reason: string;
}

/** Where the repository keeps what the gate looks for, as globs from its root; `null`: where data/changes/touched.json says. */
export interface GateGlobs {
  /** Files that hold models: whatever touches one is a model change. */
  readonly model: readonly string[] | null;
  readonly migrations: readonly string[] | null;
}

export interface OwnProduct {
  readonly id: ProductId;
  readonly name: string;
  readonly kind: ProductKind;
  readonly versioning: SchemeId;
  readonly feeds: readonly FeedRef[];
}
