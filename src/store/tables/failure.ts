import type { Database } from 'better-sqlite3';
import type { ProductId } from '../../domain/product.ts';
import type { FailedVisit } from '../store.ts';

export interface FailureTable {
  of(product: ProductId): readonly FailedVisit[];
  /** Replaces what went wrong there before. */
  note(failure: FailedVisit): void;
  /** Writes nothing when nothing had gone wrong. */
  clear(product: ProductId, feed: string, target: string): void;
}

/** Places whose last visit went wrong. */
export function failureTable(db: Database): FailureTable {
  const of = db.prepare<[string], FailedVisit>(
    `SELECT product, feed, target, visited_on AS visitedOn, because FROM failure WHERE product = ? ORDER BY feed, target`,
  );
  const note = db.prepare('INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?)');
  const clear = db.prepare('DELETE FROM failure WHERE product = ? AND feed = ? AND target = ?');
  return {
    of: (product) => of.all(product),
    note({ product, feed, target, visitedOn, because }) {
      note.run(product, feed, target, visitedOn, because);
    },
    clear(product, feed, target) {
      clear.run(product, feed, target);
    },
  };
}
