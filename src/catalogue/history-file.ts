import type { Day } from '../domain/day.ts';
import type { ClaimKind } from '../domain/product.ts';

/** data/histories/<product>.json as it is written; data/README.md explains it to people. */
export interface HistoryFile {
  readonly schemaVersion: 1;
  readonly product: string;
  readonly sources: readonly SourceRow[];
  readonly releases: readonly ReleaseRow[];
  readonly lines: readonly LineRow[];
}

export interface SourceRow {
  readonly id: string;
  readonly name: string;
  /** Repository and commit, or address. */
  readonly origin: string;
  readonly licence: string;
  /** Day of the stored copy read. */
  readonly readOn: Day;
  /** It lists every release, so what it lacks on that day had not happened. */
  readonly complete: boolean;
}

export interface ReleaseRow {
  readonly v: string;
  readonly pre?: true;
  readonly urgency?: string;
  readonly claims?: readonly ClaimRow[];
}

export interface LineRow {
  readonly line: string;
  readonly claims: readonly ClaimRow[];
}

/**
 * What it is of; the day, `null` (unknown), `true` (over, day unknown) or `false` (there is no such phase); the source; from when it was
 * known, left out where that is the day itself; why it is suspect.
 */
export type ClaimRow = readonly [
  of: ClaimKind,
  value: Day | null | boolean,
  source: string,
  knownFrom?: Day | null,
  suspect?: string,
];
