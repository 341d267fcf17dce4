import type { Claim, Source } from '../domain/claim.ts';
import type { Day } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import type { Reading } from '../domain/reading.ts';

/** The memory of what vendors said. Only `save` writes, one transaction a call. */
export interface Store {
  /** Path of the database file. */
  readonly path: string;
  /** Everything known of a product on `asOf`: claims with `knownFrom <= asOf`. All claims when `asOf` is null. */
  ledger(product: ProductId, asOf: Day | null): Ledger;
  /** Saves one reading whole or not at all, and says what it changed. */
  save(reading: SaveReading): Saved;
  sources(): ReadonlyMap<string, Source>;
  close(): void;
}

/** What the database holds of one product. */
export interface Ledger {
  readonly product: ProductId;
  readonly versions: readonly LedgerVersion[];
  /** Claims on versions and lines. */
  readonly claims: readonly Claim[];
  /** Day of the last complete reading on or before `asOf`; `null` when there was none. */
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
  readonly reading: Reading;
}

/** Counts of one saved reading; versions unless said otherwise. */
export interface Saved {
  readonly added: number;
  /** Versions known before that got a new claim. */
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Claims new in this reading. */
  readonly newClaims: number;
}
