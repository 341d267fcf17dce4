import type { Database } from 'better-sqlite3';
import type { Claim } from '../../domain/claim.ts';
import type { Day } from '../../domain/day.ts';
import type { ClaimKind, Precision, ProductId } from '../../domain/product.ts';
import type { ReadClaim } from '../../domain/reading.ts';
import { bulkInsert } from './bulk.ts';
import type { ReadingId } from './reading.ts';

export interface ClaimRow {
  readonly source: string;
  readonly subject: string;
  readonly kind: ClaimKind;
  readonly known_from: Day;
  /** Counts the words of one source for one thing that became known on the same day, from 0. */
  readonly seq: number;
  readonly state: Claim['state'];
  readonly day: Day | null;
  readonly precision: Precision;
  readonly suspect: string | null;
  readonly reading: ReadingId;
}

export interface ClaimTable {
  /** All claims on a product, grouped by source, subject and kind, within that in the order in which they became known. */
  of(product: ProductId): readonly ClaimRow[];
  /** Those of one source, same order. */
  ofSource(product: ProductId, source: string): readonly ClaimRow[];
  /** Begins to write claims; they are there after `flush`. */
  writer(): { insert(product: ProductId, row: ClaimRow): void; flush(): void };
}

// Prefixes of the primary key, so no sorting takes place.
const ORDER = 'ORDER BY source, subject, kind, known_from, seq';
const COLUMNS = 'source, subject, kind, known_from, seq, state, day, precision, suspect, reading';

export function claimTable(db: Database): ClaimTable {
  const of = db.prepare<[string], ClaimRow>(`SELECT ${COLUMNS} FROM claim WHERE product = ? ${ORDER}`);
  const ofSource = db.prepare<[string, string], ClaimRow>(
    `SELECT ${COLUMNS} FROM claim WHERE product = ? AND source = ? ${ORDER}`,
  );
  const bulk = bulkInsert(db, `claim (product, ${COLUMNS})`, 11);
  return {
    of: (product) => of.all(product),
    ofSource: (product, source) => ofSource.all(product, source),
    writer() {
      const rows = bulk();
      const insert = (product: ProductId, row: ClaimRow) => {
        const { source, subject, kind, known_from, seq, state, day, precision, suspect, reading } = row;
        rows.values.push(product, source, subject, kind, known_from, seq, state, day, precision, suspect, reading);
        rows.next();
      };
      return { insert, flush: rows.flush };
    },
  };
}

/** Whether a claim read now says what a stored one said. When it became known is not compared. */
export function saysTheSame(row: ClaimRow, claim: ReadClaim): boolean {
  return (
    row.state === claim.state &&
    row.day === claim.day &&
    row.precision === claim.precision &&
    row.suspect === claim.suspect
  );
}
