import type { Database } from 'better-sqlite3';
import type { Day } from '../../domain/day.ts';
import type { ProductId } from '../../domain/product.ts';
import type { SaveReading, StoredReading } from '../store.ts';

/** Counts up: a later visit has a higher id, whatever day it speaks of. */
export type ReadingId = number;

export interface ReadingRow {
  readonly id: ReadingId;
  readonly product: ProductId;
  readonly feed: string;
  readonly source: string;
  readonly via: 'bundle' | 'sync';
  readonly read_on: Day;
  readonly complete: 0 | 1;
  readonly accepted: number;
  readonly rejected: number;
  readonly target: string | null;
  readonly visited_on: Day | null;
}

export interface ReadingTable {
  /** Oldest first. */
  of(product: ProductId): readonly ReadingRow[];
  insert(save: SaveReading): ReadingId;
}

/** One row per visit to one place: the provenance of everything else. */
export function readingTable(db: Database): ReadingTable {
  const of = db.prepare<[string], ReadingRow>('SELECT * FROM reading WHERE product = ? ORDER BY id');
  const insert = db.prepare(`
    INSERT INTO reading (product, feed, source, via, read_on, complete, accepted, rejected, target, visited_on)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return {
    of: (product) => of.all(product),
    insert({ product, feed, via, readOn, reading, target, visitedOn }) {
      const { source, complete, accepted, rejected } = reading;
      const counts = [accepted.length, rejected.length];
      const visit = [target ?? null, visitedOn ?? null];
      return Number(
        insert.run(product, feed, source.id, via, readOn, Number(complete), ...counts, ...visit).lastInsertRowid,
      );
    },
  };
}

export function toStoredReading(row: ReadingRow): StoredReading {
  const { product, feed, target, source, via, accepted, rejected } = row;
  const days = { readOn: row.read_on, visitedOn: row.visited_on };
  return { product, feed, target, source, via, ...days, complete: row.complete === 1, accepted, rejected };
}
