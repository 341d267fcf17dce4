import type { Claim } from './claim.ts';
import type { Day } from './day.ts';
import type { Precision, ProductId } from './product.ts';

/** What a release is within its versioning scheme. `development` series (odd MongoDB minors before 5.0) never reach a line. */
export type Level = 'major' | 'minor' | 'patch' | 'prerelease' | 'development';

/** One published version with the date neap believes. */
export interface Release {
  readonly product: ProductId;
  readonly version: string;
  /** The series it belongs to: `8.0`. */
  readonly line: string;
  readonly level: Level;
  /** First general release of its line, and the line is higher than all before: what patch-only periods are about. */
  readonly feature: boolean;
  /** Self-managed teams can run it. MongoDB's Atlas-only rapid releases are `false`. */
  readonly selfManaged: boolean;
  /** The effective date; `null` when no claim gives one. */
  readonly date: Day | null;
  readonly precision: Precision;
  /** The claim kind and source the date comes from; `null` when there is no date. */
  readonly dateFrom: Pick<Claim, 'of' | 'source'> | null;
  /** All claims about its date, in the order of the product's effective list, then source. */
  readonly claims: readonly Claim[];
  /** Upgrade urgency as the vendor names it (`SECURITY`, `HIGH`), or `null`. */
  readonly urgency: string | null;
}

/** A series that receives its own patches. */
export interface Line {
  readonly product: ProductId;
  readonly line: string;
  readonly selfManaged: boolean;
  /** Effective date of the first general release; `null` when unknown. */
  readonly ga: Day | null;
  readonly latest: { readonly version: string; readonly date: Day | null } | null;
  /** General releases known, the first included. */
  readonly releases: number;
  /** What the sources say of the ends; an absent key means that no source speaks of it. */
  readonly supportEnd: LineDate | null;
  readonly eol: LineDate | null;
}

/** The word believed on a line's date: the latest claim known, with where it is from. */
export interface LineDate {
  readonly state: Claim['state'];
  readonly day: Day | null;
  readonly source: string;
  readonly knownFrom: Day;
}

/** Everything neap believes of one product on one day, ready for the pure core. */
export interface History {
  readonly product: ProductId;
  /** Ordered by date, then by version; undated ones last. Prereleases included and marked. */
  readonly releases: readonly Release[];
  /** Highest first. */
  readonly lines: readonly Line[];
  /**
   * Day of the last complete reading: what is known to have happened and not to have happened by then.
   * `null` when there was none.
   */
  readonly observedThrough: Day | null;
}
