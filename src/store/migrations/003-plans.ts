import type { Migration } from './migration.ts';

/** Plans as they were made, by the configuration they are of: what `neap plan --diff` compares with. `snapshot` is JSON. */
export const plans: Migration = {
  version: 3,
  columns: [],
  sql: `
    CREATE TABLE IF NOT EXISTS plan (
      team TEXT NOT NULL,
      number INTEGER NOT NULL,
      made_on TEXT NOT NULL,
      snapshot TEXT NOT NULL,
      PRIMARY KEY (team, number)
    ) STRICT, WITHOUT ROWID;
  `,
};
