import type { Config } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
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
  /** Collision probability of its riskiest window when it was accepted. */
  readonly risk: number | null;
  /** The counted release that collided with it, known today; `null`: none. */
  readonly collided: string | null;
  readonly waitDays: number | null;
  /** A team that ships at once: its first day, and what collided; `null`: no day within half a year. */
  readonly atOnce: { readonly from: Day; readonly collided: string | null } | null;
  /** A team that ships in any sprint of half a year alike: sprints it could choose, and in how many of them something collides. */
  readonly anySprint: { readonly sprints: number; readonly collided: number };
}

export interface ReplayedUpgrade {
  readonly item: string;
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
