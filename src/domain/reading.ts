import type { Claim, Source } from './claim.ts';
import type { Day } from './day.ts';

/** What a feed understood and what it did not. `accepted.length + rejected.length` is what upstream sent. */
export interface Reading {
  readonly source: Source;
  readonly accepted: readonly ReadRelease[];
  readonly rejected: readonly Rejected[];
  /** Claims on lines (EOL and the like); empty where a feed has none. */
  readonly lineClaims: readonly ReadClaim[];
  /** The feed lists everything the place has, so what is absent did not happen. */
  readonly complete: boolean;
}

export interface ReadRelease {
  readonly version: string;
  readonly prerelease: boolean;
  readonly claims: readonly ReadClaim[];
  /** Upgrade urgency as the vendor words it, or `null`. */
  readonly urgency: string | null;
}

/** A claim without what the reading itself tells (product, confirmed, source). `knownFrom: null` means: by the rule of section 5. */
export type ReadClaim = Pick<Claim, 'subject' | 'of' | 'state' | 'day' | 'precision' | 'suspect'> & {
  readonly knownFrom: Day | null;
};

export interface Rejected {
  /** What upstream called it, cleaned of control characters. */
  readonly what: string;
  readonly because: string;
}
