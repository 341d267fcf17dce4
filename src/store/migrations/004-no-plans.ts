import type { Migration } from './migration.ts';

/** Plans are remembered in neap.plan.yaml, which a team shares, and no longer in a database that it does not. */
export const noPlans: Migration = {
  version: 4,
  sql: 'DROP TABLE IF EXISTS plan;',
};
