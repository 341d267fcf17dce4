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
  /** What the place tells beside dates; absent when the feed has no such thing. A complete reading without a fact it had takes it back. */
  readonly facts?: readonly ReadFact[];
  /**
   * The place dates nothing itself: the day on which a version first stands there is kept as a `first-seen` claim. It counts as evidence of
   * publication only where a reading at most 7 days older lacked the version, else it is suspect. Absent: false.
   */
  readonly marksFirstSeen?: boolean;
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

/** Something a place tells of a version, or of the product as a whole. */
export interface ReadFact {
  /** A version, or what the key says: the name of a dist-tag, the id of an advisory. */
  readonly subject: string;
  readonly key: FactKey;
  /** Cleaned text; for `advisory` a JSON object, see `Advisory`. Never empty. */
  readonly value: string;
}

/**
 * - `deprecated`: why its publisher advises against the version; `yanked` for one withdrawn from a registry.
 * - `dist-tag`: the version a registry's tag points to.
 * - `engines`: the range of runtimes, as `node >=18` or `python >=3.9`.
 * - `dependency:<package>`: the range of another followed package it is built on (mongoose's driver, BullMQ's ioredis).
 * - `available:<repository>`: the package version by which it can be installed from there.
 * - `advisory`: a published weakness.
 */
export type FactKey =
  | 'deprecated'
  | 'yanked'
  | 'dist-tag'
  | 'engines'
  | 'advisory'
  | `dependency:${string}`
  | `available:${string}`;

/** The value of an `advisory` fact. */
export interface Advisory {
  /** As its database words it, upper case: LOW, MODERATE, HIGH, CRITICAL; `null` when it gives none. */
  readonly severity: string | null;
  readonly summary: string;
  /** Versions concerned, as semver-like ranges (`>=8.0.0 <8.0.4`); empty when it lists none that can be read. */
  readonly affected: readonly string[];
  /** First versions that are not concerned, ascending. */
  readonly fixed: readonly string[];
  /** Days in UTC. */
  readonly published: Day | null;
  readonly withdrawn: Day | null;
}
