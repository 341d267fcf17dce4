import type { Database } from 'better-sqlite3';
import type { ClaimKind, ProductId } from '../../domain/product.ts';
import { LINE_KINDS } from '../line-kinds.ts';
import type { Vanished } from '../store.ts';
import type { ReadingId } from './reading.ts';

export interface AbsenceRow {
  readonly source: string;
  readonly subject: string;
  readonly kind: ClaimKind;
  readonly gone: ReadingId;
}

export interface AbsenceTable {
  /** What is absent now. */
  of(product: ProductId): readonly AbsenceRow[];
  /** Versions among them, each once per source. */
  versions(product: ProductId): readonly Vanished[];
  begin(product: ProductId, row: AbsenceRow): void;
  end(product: ProductId, row: AbsenceRow, back: ReadingId): void;
}

/** From which complete reading to which a source no longer spoke of something it had spoken of, such as an unpublished version. */
export function absenceTable(db: Database): AbsenceTable {
  const of = db.prepare<[string], AbsenceRow>(
    'SELECT source, subject, kind, gone FROM absence WHERE product = ? AND back IS NULL',
  );
  const versions = db.prepare<[string], Vanished>(
    `SELECT subject AS version, absence.source, min(read_on) AS since
     FROM absence JOIN reading ON reading.id = gone
     WHERE absence.product = ? AND back IS NULL AND kind NOT IN (${[...LINE_KINDS].map((kind) => `'${kind}'`).join()})
     GROUP BY subject, absence.source ORDER BY absence.source, subject`,
  );
  const begin = db.prepare('INSERT INTO absence VALUES (?, ?, ?, ?, ?, NULL)');
  const end = db.prepare(
    'UPDATE absence SET back = ? WHERE product = ? AND source = ? AND subject = ? AND kind = ? AND gone = ?',
  );
  return {
    of: (product) => of.all(product),
    versions: (product) => versions.all(product),
    begin(product, row) {
      begin.run(product, row.source, row.subject, row.kind, row.gone);
    },
    end(product, row, back) {
      end.run(back, product, row.source, row.subject, row.kind, row.gone);
    },
  };
}
