import { ledger } from './001-ledger.ts';
import { feeds } from './002-feeds.ts';
import { plans } from './003-plans.ts';
import { noPlans } from './004-no-plans.ts';
import type { Migration } from './migration.ts';

/** All migrations in order. Append only: a released one is never edited, moved or removed. */
export const migrations: readonly Migration[] = [ledger, feeds, plans, noPlans];
