import { isSelectable, type SelectableRow } from './row.ts';
import type { State } from './state.ts';

/** The row under the selection; `null` when there is nothing to select. */
export function selectedRow(state: Pick<State, 'model' | 'selected'>): SelectableRow | null {
  return state.model.rows.filter(isSelectable).find((row) => row.id === state.selected) ?? null;
}

export function isDecidable(row: SelectableRow): row is Extract<SelectableRow, { kind: 'window' | 'upgrade' }> {
  return row.kind === 'window' || row.kind === 'upgrade';
}
