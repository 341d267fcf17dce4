import type { Database } from 'better-sqlite3';
import type { ProductId } from '../../domain/product.ts';
import type { Rejected } from '../../domain/reading.ts';
import type { StoredRejected } from '../store.ts';
import type { ReadingId } from './reading.ts';

export interface RejectedTable {
  of(product: ProductId): readonly StoredRejected[];
  /** Writes those not known yet; the same entry is rejected anew on every visit. */
  remember(product: ProductId, source: string, rejected: readonly Rejected[], reading: ReadingId): void;
}

/** What upstream sent and neap would not take, with the reason. */
export function rejectedTable(db: Database): RejectedTable {
  const insert = db.prepare<[string, string, string, string, number]>(
    'INSERT OR IGNORE INTO rejected VALUES (?, ?, ?, ?, ?)',
  );
  return {
    of: (product) =>
      db
        .prepare<[string], StoredRejected>(
          `SELECT rejected.source, what, because, read_on AS since FROM rejected JOIN reading ON reading.id = reading
           WHERE rejected.product = ? ORDER BY rejected.source, what, because`,
        )
        .all(product),
    remember(product, source, rejected, reading) {
      for (const { what, because } of rejected) insert.run(product, source, what, because, reading);
    },
  };
}
