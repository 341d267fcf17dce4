import type { Claim, Source } from '../domain/claim.ts';
import type { Day } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import type { ReadFact, Reading } from '../domain/reading.ts';

/** The memory of what vendors said. Only `save` writes claims. Methods throw a `Problem` when the file cannot be read or written. */
export interface Store {
  /** Path of the database file. */
  readonly path: string;
  /**
   * Everything known of a product on `asOf`: claims with `knownFrom <= asOf`. All claims when `asOf` is null.
   * Of several claims that one source made for the same thing on the same day, only its last word is given.
   */
  ledger(product: ProductId, asOf: Day | null): Ledger;
  /** Saves one reading whole or not at all, and says what it changed. Inside `transaction` it becomes part of that. */
  save(reading: SaveReading): Saved;
  /** What `save` would change, without changing it. */
  preview(reading: SaveReading): Saved;
  /** Runs `work` whole or not at all: when it throws, nothing it saved stays, and the error goes on to the caller. */
  transaction<T>(work: () => T): T;
  /** Sources by id. */
  sources(): ReadonlyMap<string, Source>;
  /** Readings of a product, oldest first: what `doctor` shows. */
  readings(product: ProductId): readonly StoredReading[];
  /** What places tell of a product beside dates, as somebody asking on `asOf` would have heard it; everything when it is null. */
  facts(product: ProductId, asOf: Day | null): readonly StoredFact[];
  /** Places whose last visit went wrong. */
  failures(product: ProductId): readonly FailedVisit[];
  noteFailure(failure: FailedVisit): void;
  /** Versions that a source named once and no longer does. */
  vanished(product: ProductId): readonly Vanished[];
  /** What the feeds of a product sent and neap would not take, each once. */
  rejected(product: ProductId): readonly StoredRejected[];
  /** Whether `markBundle(id)` was called on this database. Ids are free text: one per bundle, or one per bundle and product. */
  hasBundle(id: string): boolean;
  markBundle(id: string): void;
  close(): void;
}

/** What the database holds of one product. */
export interface Ledger {
  readonly product: ProductId;
  readonly versions: readonly LedgerVersion[];
  /** Claims on versions and lines, those of one thing by one source in the order in which they became known. */
  readonly claims: readonly Claim[];
  /**
   * Day up to which all releases are known: the newest complete reading that listed versions, or `asOf` when that comes first (a
   * later reading tells what had happened by then). `null` when there was no such reading.
   */
  readonly observedThrough: Day | null;
}

export interface LedgerVersion {
  readonly version: string;
  readonly prerelease: boolean;
  readonly urgency: string | null;
}

export interface SaveReading {
  readonly product: ProductId;
  /** Type of the feed. */
  readonly feed: string;
  readonly via: 'bundle' | 'sync';
  /** Day of the reading: `confirmed` of its claims. */
  readonly readOn: Day;
  /** What was read of the feed's kind; absent for bundles, as `visitedOn`. */
  readonly target?: string;
  /** The day of the visit by the clock. A reading that a clock gone wrong has put behind it does not make it a late one. */
  readonly visitedOn?: Day;
  readonly reading: Reading;
}

/** Counts of one saved reading; versions unless said otherwise. */
export interface Saved {
  readonly added: number;
  /** Versions known before that got a new claim, prerelease mark or urgency. */
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Claims new in this reading, those on lines included. */
  readonly newClaims: number;
  /** Facts new, changed or taken back. */
  readonly newFacts: number;
  /** Versions this place no longer names. */
  readonly vanished: number;
}

/** The provenance of claims: one visit to one place. */
export interface StoredReading {
  readonly product: ProductId;
  readonly feed: string;
  /** What was read of the feed's kind; `null` for bundles. */
  readonly target: string | null;
  /** Id of the source. */
  readonly source: string;
  readonly via: 'bundle' | 'sync';
  readonly readOn: Day;
  /** The day of the visit by the clock; `null` for bundles. */
  readonly visitedOn: Day | null;
  readonly complete: boolean;
  /** Entries taken and not taken. */
  readonly accepted: number;
  readonly rejected: number;
}

export interface StoredFact extends ReadFact {
  readonly source: string;
  /** Day of the reading that brought it. */
  readonly knownFrom: Day;
}

export interface Vanished {
  readonly version: string;
  readonly source: string;
  /** Day of the first reading that lacked it. */
  readonly since: Day;
}

export interface FailedVisit {
  readonly product: ProductId;
  readonly feed: string;
  readonly target: string;
  readonly visitedOn: Day;
  /** As it was shown. */
  readonly because: string;
}

export interface StoredRejected {
  readonly source: string;
  readonly what: string;
  readonly because: string;
  /** Day of the first reading that had it. */
  readonly since: Day;
}
