import type { FreezeScope, RuleException } from './config.ts';
import type { Day } from './day.ts';
import type { Interval } from './interval.ts';
import type { PatchOnlyPeriod } from './period.ts';
import type { CarriedPatch, Hold, LaterWork, NoWay, PlannedWindow, Refusal } from './plan.ts';
import type { Level } from './release.ts';
import type { Week } from './week.ts';

/** Everything the weekly report says, worked out once; each format only writes it down. Data only. */
export interface WeeklyReport {
  readonly week: Week;
  readonly asOf: Day;
  /** The day the report before spoke as of: a week earlier. What is new became known after it. */
  readonly since: Day;
  readonly team: string;
  /** May models change, until when, what comes next. */
  readonly status: string;
  readonly stores: readonly WeeklyStore[];
  /** Sentences to show above everything; upgrades that neap knows no way for are among them. */
  readonly notices: readonly string[];
  readonly released: readonly WeeklyRelease[];
  /** Dates that a source rewrote. */
  readonly redated: readonly WeeklyRedate[];
  /** Ends of lines that moved, advisories, deprecations. */
  readonly told: readonly WeeklyWord[];
  readonly coming: readonly WeeklyForecast[];
  /** This sprint and the next, each with the windows that lie in it. */
  readonly sprints: readonly WeeklySprint[];
  /** Windows after those sprints. */
  readonly later: readonly PlannedWindow[];
  /** What `moved` is told against: the proposals published last, or the plan of a week ago; and its day. */
  readonly compared: { readonly with: 'baseline' | 'week'; readonly on: Day };
  readonly moved: readonly WeeklyMove[];
  /** What may have moved windows, each once, surest first, with the ids of those windows. */
  readonly causes: readonly { readonly text: string; readonly moved: readonly string[] }[];
  readonly ends: readonly WeeklyEnd[];
  readonly holds: readonly Hold[];
  readonly unplaced: readonly WeeklyUnplaced[];
  /** Work that waits for a later plan, with the day on which it may find a place. */
  readonly beyond: readonly LaterWork[];
  /** Upgrades that neap knows no way for. */
  readonly noWay: readonly NoWay[];
  /** Patches against grave defects that newer binaries bring. */
  readonly carried: readonly CarriedPatch[];
  readonly exceptions: readonly RuleException[];
  readonly data: readonly { readonly product: string; readonly readThrough: Day | null; readonly stale: boolean }[];
  readonly periods: readonly PatchOnlyPeriod[];
  readonly freezes: readonly (Interval & { readonly name: string; readonly blocks: readonly FreezeScope[] })[];
  /** Last day the plan covers, exclusive. */
  readonly horizon: Day;
  /** How the feature releases of each product went beside what was forecast; products without a forecast that came true are left out. */
  readonly records: readonly WeeklyRecord[];
}

/** Feature releases of one product in the years before the report, and what was forecast of each when only the ones before were known. */
export interface WeeklyRecord {
  readonly product: string;
  /** Ascending. */
  readonly releases: readonly WeeklyPastRelease[];
  /** Forecasts made every seventh day of those years. */
  readonly forecasts: number;
  /** For each probability, in how many of them the release had come by the day stated. */
  readonly cameBy: readonly { readonly stated: number; readonly came: number }[];
}

export interface WeeklyPastRelease {
  readonly day: Day;
  /** Days after the one before. */
  readonly gap: number;
  /** As forecast on the day of the one before. */
  readonly band: WeeklyBand;
}

export interface WeeklyStore {
  readonly store: string;
  readonly state: 'open' | 'closed' | 'unknown';
  /** First day on which the state is different; `null` when it stays. */
  readonly until: Day | null;
  /** 0..1; `null` unless open. */
  readonly confidence: number | null;
  readonly because: string;
}

export interface WeeklyRelease {
  readonly product: string;
  readonly version: string;
  readonly level: Level;
  /** Whether patch-only periods end at it. */
  readonly feature: boolean;
  readonly date: Day | null;
  /** As the vendor names it; `null` when it named none. */
  readonly urgency: string | null;
}

export interface WeeklyRedate {
  readonly product: string;
  readonly version: string;
  readonly from: Day | null;
  readonly to: Day | null;
  /** Who says so; `null` when nobody gives a date any more. */
  readonly source: string | null;
}

export interface WeeklyWord {
  readonly product: string;
  readonly about: string;
  /** What was said before; `null`: nothing. */
  readonly from: string | null;
  readonly to: string;
}

/** Days of the quantiles; `null` where a quantile has no day. */
export interface WeeklyBand {
  readonly p10: Day | null;
  readonly p25: Day | null;
  readonly p50: Day | null;
  readonly p75: Day | null;
  readonly p90: Day | null;
}

export interface WeeklyForecast {
  readonly product: string;
  readonly store: string | null;
  readonly known: boolean;
  readonly next: string | null;
  readonly mostLikely: Day | null;
  readonly band: WeeklyBand;
  /** A week before; `null` when it was unknown then. */
  readonly before: WeeklyBand | null;
  /** Days by which the middle moved, later is positive; `null` where there is none to compare. */
  readonly shift: number | null;
  /** Whether the release that was waited for came, so that another one is waited for now. */
  readonly came: boolean;
  readonly because: string;
}

export interface WeeklySprint extends Interval {
  readonly number: number;
  readonly windows: readonly PlannedWindow[];
}

export interface WeeklyMove {
  readonly id: string;
  readonly title: string;
  /** `again`: its first day passed undecided, and it is proposed anew. */
  readonly fate: 'moved' | 'new' | 'gone' | 'unplaced' | 'again';
  /** Its first day; `null`: it had no place, or has none now. */
  readonly before: Day | null;
  readonly after: Day | null;
}

export interface WeeklyEnd {
  readonly product: string;
  readonly running: string;
  readonly line: string;
  /** `null` where only the state is known. */
  readonly day: Day | null;
  readonly state: string;
  /** Days from `asOf`; negative when it is over. */
  readonly daysLeft: number | null;
}

export interface WeeklyUnplaced {
  readonly item: string;
  readonly title: string;
  readonly blockers: readonly Pick<Refusal, 'rule' | 'because' | 'freeFrom'>[];
  /** What would free it, least change first. Empty: nothing that was tried does. `null`: that was not worked out. */
  readonly wouldFree: readonly string[] | null;
}
