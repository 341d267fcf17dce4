import type { Config } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { StoreId } from '../../domain/plan.ts';
import type { Product, ProductId } from '../../domain/product.ts';
import type { Store } from '../../store/store.ts';

/** One model change of the replay: where it went, and where two other teams would have put it. */
export interface ReplayedChange {
  readonly id: string;
  readonly store: StoreId;
  /** First day on which it could ship. */
  readonly arrived: Day;
  /** Its window, from the first day of its first phase to the end of its last; `null`: it had not shipped by the end. */
  readonly from: Day | null;
  readonly until: Day | null;
  /** Collision probability of its riskiest window when it was accepted; `null`: not accepted, or unknown of one of them. */
  readonly risk: number | null;
  /** The counted release that collided with it, known today; `null`: none. */
  readonly collided: string | null;
  /** Item of the upgrade whose disruption it lies too close to; `null`: none. See `Replay.separation`. */
  readonly closeTo: string | null;
  /** Days from its arrival to the end of its last day; `null`: it had not shipped by the end. */
  readonly doneDays: number | null;
  /** A team that ships at once: its days, and what they met; `null`: no day within half a year. */
  readonly atOnce: OtherWindow | null;
  /** A team that ships in any sprint of half a year alike. */
  readonly anySprint: {
    /** Sprints it could choose. */
    readonly sprints: number;
    /** In how many of them something collides. */
    readonly collided: number;
    /** How many of them lie too close to an upgrade. */
    readonly close: number;
    /** Mean of the days from arrival to the end of the last day; `null` without a sprint. */
    readonly doneDays: number | null;
  };
}

/** Where another team would have shipped a change. Half-open. */
export interface OtherWindow extends Interval {
  readonly collided: string | null;
  readonly closeTo: string | null;
  readonly doneDays: number;
}

/** The days in which an upgrade of the replay had an engine between two lines: from the new binaries to the end of the soak. */
export interface ReplayedDisruption extends Interval {
  readonly item: string;
  readonly store: StoreId;
}

export interface ReplayedUpgrade {
  readonly item: string;
  readonly store: StoreId;
  readonly from: Day;
  readonly until: Day;
  /** Day by which the policy wanted the old line gone; `null` where its end was not known. */
  readonly leaveBy: Day | null;
  readonly daysLate: number;
}

export interface ReplayedWeek {
  readonly asOf: Day;
  readonly waiting: number;
  readonly proposed: number;
  readonly unplaced: number;
  /** Proposals that are not where the plan of the week before had them. */
  readonly moved: number;
  /** Accepted windows that broke a rule under new facts and were planned anew. */
  readonly broken: number;
}

export interface Replay {
  readonly from: Day;
  readonly until: Day;
  /** What is taken for granted, in sentences. */
  readonly assumptions: readonly string[];
  /** What ran on the first day. */
  readonly stack: readonly { readonly id: string; readonly running: string | null; readonly range: string | null }[];
  readonly weeks: readonly ReplayedWeek[];
  readonly changes: readonly ReplayedChange[];
  readonly upgrades: readonly ReplayedUpgrade[];
  /** Those of upgrades that were still under way at the end included. By day. */
  readonly disruptions: readonly ReplayedDisruption[];
  /** Days that a change lies from a disruption of its store at least, or it counts as close to an upgrade. */
  readonly separation: number;
  /** Counted feature releases of each store, by day. */
  readonly releases: readonly { readonly store: StoreId; readonly name: string; readonly day: Day }[];
}

export interface ReplayInput {
  readonly store: Pick<Store, 'ledger'>;
  readonly products: ReadonlyMap<ProductId, Product>;
  /** The policy to try, with days off and freezes of all the years. */
  readonly config: Config;
  readonly from: Day;
  /** First day that is not replayed. */
  readonly until: Day;
}
