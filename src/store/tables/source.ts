import type { Database } from 'better-sqlite3';
import type { Source } from '../../domain/claim.ts';

export interface SourceTable {
  all(): readonly Source[];
  /** Keeps the latest name, address and licence of a source; writes nothing when they are known already. */
  remember(source: Source): void;
}

/** Where claims come from. The row has the shape of `Source`. */
export function sourceTable(db: Database): SourceTable {
  const remember = db.prepare<[string, string, string | null, string | null]>(`
    INSERT INTO source (id, name, origin, licence) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, origin = excluded.origin, licence = excluded.licence
    WHERE (name, origin, licence) IS NOT (excluded.name, excluded.origin, excluded.licence)`);
  return {
    all: () => db.prepare<[], Source>('SELECT id, name, origin, licence FROM source ORDER BY id').all(),
    remember(source) {
      remember.run(source.id, source.name, source.origin, source.licence);
    },
  };
}
