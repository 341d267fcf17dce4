import type { Migration } from './migration.ts';

/**
 * What feeds tell beside dates, and how their visits went.
 *
 * - `fact.value` is NULL where a source took the fact back. Rows are never changed.
 * - `reading.target` is what was read of the feed's kind (a package, a path, a repository); `visited_on` the day by the clock of the
 *   visit, which is not `read_on` where a place says that it was written earlier. Both are NULL for bundles.
 * - `failure` holds the last visit of a place that went wrong; the row goes when a visit goes well.
 */
export const feeds: Migration = {
  version: 2,
  columns: [
    { table: 'reading', name: 'target', type: 'TEXT' },
    { table: 'reading', name: 'visited_on', type: 'TEXT' },
  ],
  sql: `
    CREATE TABLE IF NOT EXISTS fact (
      product TEXT NOT NULL,
      source TEXT NOT NULL REFERENCES source (id),
      subject TEXT NOT NULL,
      key TEXT NOT NULL,
      reading INTEGER NOT NULL REFERENCES reading (id),
      known_from TEXT NOT NULL,
      value TEXT,
      PRIMARY KEY (product, source, subject, key, reading)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS failure (
      product TEXT NOT NULL,
      feed TEXT NOT NULL,
      target TEXT NOT NULL,
      visited_on TEXT NOT NULL,
      because TEXT NOT NULL,
      PRIMARY KEY (product, feed, target)
    ) STRICT, WITHOUT ROWID;
  `,
};
