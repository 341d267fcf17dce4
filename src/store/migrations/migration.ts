/** One step of the schema. Never edited once released; re-runnable (`IF NOT EXISTS`, `IF EXISTS`); run in one transaction with its number. */
export interface Migration {
  /** Counts up from 1 without gaps; becomes the database's `user_version`. */
  readonly version: number;
  readonly sql: string;
  /** Columns of earlier tables, added where they are not there yet. */
  readonly columns?: readonly { readonly table: string; readonly name: string; readonly type: string }[];
}
