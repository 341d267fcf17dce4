import type { Day } from './day.ts';
import type { StoreId } from './plan.ts';

/** A maximal run of days of one store whose turbulence is at most the tolerance. Half-open. Design.md section 6. */
export interface PatchOnlyPeriod {
  readonly store: StoreId;
  readonly from: Day;
  readonly until: Day;
  /** `observed`: wholly past. `announced`: bounded by dates a vendor gave. `unknown`: rests on stale or missing facts. */
  readonly kind: 'observed' | 'announced' | 'forecast' | 'unknown';
  /** 1 − the greatest daily turbulence in it. */
  readonly confidence: number;
  /** Why it starts there, and why it ends there. */
  readonly startsBecause: string;
  readonly endsBecause: string;
}

/** A feature release that counts for a store. */
export interface KnownRelease {
  /** Day on which it reaches the team; later than today: announced. */
  readonly day: Day;
  /** As people say it: `mongoose 9.12`. */
  readonly name: string;
}

/** A feature release that is expected, with the day by which it is out with a chance of one half. */
export interface ComingRelease extends KnownRelease {
  /**
   * Chance (0..1) that it is out by today although nobody has seen it: what nobody has looked at since the last complete
   * reading. `null` while `day` lies ahead.
   */
  readonly overdue: number | null;
}

/** Calm and turbulence of one store over a run of days. */
export interface StoreOutlook {
  readonly store: StoreId;
  /** First day of `turbulence`. */
  readonly from: Day;
  /** Collision probability of each one-day window, 0..1. */
  readonly turbulence: readonly number[];
  readonly periods: readonly PatchOnlyPeriod[];
  /** The counted releases that collide with one of its days; by day. */
  readonly releases: readonly KnownRelease[];
  /** The counted release whose median comes first, a median that has passed included; `null`: none is expected. */
  readonly next: ComingRelease | null;
  /** Products whose facts are missing or older than `staleAfter`, with the reason. */
  readonly unknown: readonly { readonly product: string; readonly because: string }[];
}
