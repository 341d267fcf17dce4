import type { Database } from 'better-sqlite3';
import type { Day } from '../../domain/day.ts';
import type { ProductId } from '../../domain/product.ts';
import type { ReadRelease } from '../../domain/reading.ts';
import { bulkInsert } from './bulk.ts';

export interface VersionRow {
  readonly version: string;
  readonly prerelease: 0 | 1;
  readonly told_by: string;
  readonly urgency: string | null;
  readonly urgency_by: string | null;
  readonly first_read: Day;
}

export interface VersionTable {
  /** In the order of the text, not of the versions. */
  of(product: ProductId): readonly VersionRow[];
  /** Begins to write versions; they are there after `flush`. */
  writer(): { insert(product: ProductId, release: ReadRelease, source: string, readOn: Day): void; flush(): void };
  /** Takes over what `source` may change; says whether anything did. */
  update(product: ProductId, row: VersionRow, release: ReadRelease, source: string): boolean;
}

/** What is known of a version beside its dates. */
export function versionTable(db: Database): VersionTable {
  const of = db.prepare<[string], VersionRow>(
    'SELECT version, prerelease, told_by, urgency, urgency_by, first_read FROM version WHERE product = ?',
  );
  const bulk = bulkInsert(db, 'version', 7);
  const update = db.prepare(
    'UPDATE version SET prerelease = ?, urgency = ?, urgency_by = ? WHERE product = ? AND version = ?',
  );
  return {
    of: (product) => of.all(product),
    writer() {
      const rows = bulk();
      const insert = (product: ProductId, release: ReadRelease, source: string, readOn: Day) => {
        const { version, prerelease, urgency } = release;
        rows.values.push(
          product,
          version,
          Number(prerelease),
          source,
          urgency,
          urgency === null ? null : source,
          readOn,
        );
        rows.next();
      };
      return { insert, flush: rows.flush };
    },
    update(product, row, release, source) {
      const prerelease = row.told_by === source ? Number(release.prerelease) : row.prerelease;
      const mayName = row.urgency_by === source || (row.urgency === null && release.urgency !== null);
      const urgency = mayName ? release.urgency : row.urgency;
      if (prerelease === row.prerelease && urgency === row.urgency) return false;
      update.run(prerelease, urgency, mayName ? source : row.urgency_by, product, row.version);
      return true;
    },
  };
}
