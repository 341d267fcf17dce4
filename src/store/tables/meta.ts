import type { Database } from 'better-sqlite3';

export interface MetaTable {
  has(key: string): boolean;
  /** Sets a key; what it was before is replaced. */
  set(key: string, value: string): void;
}

/** Small facts about the database itself, such as the bundles it has taken in. */
export function metaTable(db: Database): MetaTable {
  return {
    has: (key) => db.prepare('SELECT 1 FROM meta WHERE key = ?').get(key) !== undefined,
    set(key, value) {
      db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
        key,
        value,
      );
    },
  };
}
