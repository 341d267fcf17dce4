import type { Database } from 'better-sqlite3';
import type { Day } from '../../domain/day.ts';
import type { ProductId } from '../../domain/product.ts';
import type { FactKey } from '../../domain/reading.ts';
import { bulkInsert } from './bulk.ts';
import type { ReadingId } from './reading.ts';

export interface FactRow {
  readonly source: string;
  readonly subject: string;
  readonly key: FactKey;
  readonly reading: ReadingId;
  readonly known_from: Day;
  /** `null` where the source took it back. */
  readonly value: string | null;
}

export interface FactTable {
  /** All words on a product, those of one source on one thing in the order in which they were read. */
  of(product: ProductId): readonly FactRow[];
  /** Begins to write facts; they are there after `flush`. */
  writer(): { insert(product: ProductId, row: FactRow): void; flush(): void };
}

/** What places tell beside dates: a change is a new row. */
export function factTable(db: Database): FactTable {
  const of = db.prepare<[string], FactRow>(
    `SELECT source, subject, key, reading, known_from, value FROM fact WHERE product = ?
     ORDER BY source, subject, key, reading`,
  );
  const bulk = bulkInsert(db, 'fact', 7);
  return {
    of: (product) => of.all(product),
    writer() {
      const rows = bulk();
      const insert = (product: ProductId, { source, subject, key, reading, known_from, value }: FactRow) => {
        rows.values.push(product, source, subject, key, reading, known_from, value);
        rows.next();
      };
      return { insert, flush: rows.flush };
    },
  };
}
