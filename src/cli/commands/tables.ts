import { freshTables } from '../../upgrade/fresh.ts';
import { TABLES, type Tables } from '../../upgrade/tables.ts';
import type { Session } from '../session.ts';

/** The tables that ship, with what the feeds told since of these products. */
export function tablesIn({ store, asOf }: Session, products: Iterable<string>): Tables {
  return freshTables(TABLES, new Map([...new Set(products)].map((id) => [id, store.facts(id, asOf)])));
}
