import { stringify } from 'csv-stringify/sync';
import { withoutControls } from '../domain/clean-text.ts';

/** A cell; `null` is an empty one. */
export type Cell = string | number | null;

/**
 * A table as CSV (RFC 4180), its first row the names. UTF-8 with a byte order mark, without which spreadsheets read it as something else. Text that a spreadsheet would calculate has `'` before it.
 */
export function csvText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cleaned = rows.map((row) =>
    row.map((value) => (typeof value === 'string' ? withoutControls(value).trim() : value)),
  );
  return stringify([[...columns], ...cleaned], { bom: true, record_delimiter: 'windows', escape_formulas: true });
}
