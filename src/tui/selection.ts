import type { DayNumber } from '../domain/day.ts';
import type { PlannedWindow } from '../domain/plan.ts';
import { entriesIn, entryIndex } from './entries.ts';
import type { TimelineModel } from './model.ts';
import { isSelectable, type SelectableRow, type Step, type UpgradeRow, type WindowRow } from './row.ts';
import type { Seen } from './shell.ts';
import type { State } from './state.ts';
import { rowsIn } from './visible.ts';

export type DecidableRow = WindowRow | UpgradeRow;

/** The row under the selection; `null` when there is nothing to select. */
export function selectedRow(state: Pick<State, 'model' | 'selected' | 'expanded' | 'filter'>): SelectableRow | null {
  const found =
    rowsIn(state).find((row) => row.id === state.selected) ?? state.model.rows.find((row) => row.id === state.selected);
  return found !== undefined && isSelectable(found) ? found : null;
}

export function isDecidable(row: SelectableRow): row is DecidableRow {
  return row.kind === 'window' || row.kind === 'upgrade';
}

/**
 * The row a decision is about: in the agenda that of the entry marked; else the selected one, or the only one on the cursor's day where the
 * why-pane is about the day. `null` where that is no window, or several lie there and none of them is selected.
 */
export function decidableRow(state: State): DecidableRow | null {
  const selected = selectedRow(state);
  const own = selected !== null && isDecidable(selected) ? selected : null;
  if (state.view === 'agenda') {
    const marked = entriesIn(state)[entryIndex(state)]?.rowId ?? null;
    return (
      state.model.rows
        .filter(isSelectable)
        .filter(isDecidable)
        .find(({ id }) => id === marked) ?? null
    );
  }
  if (state.subject === 'row') return own;
  const here = state.model.rows
    .filter(isSelectable)
    .filter(isDecidable)
    .filter((row) => stepsOf(row).some(covers(state.cursor)));
  return here.find((row) => row === own) ?? (here.length === 1 ? (here[0] ?? null) : null);
}

/** The windows of a row in order of time. */
export function stepsOf(row: DecidableRow): readonly Step[] {
  return row.kind === 'upgrade' ? row.steps : [row];
}

/** The step of a row that lies on the day; `null` when none does. */
export function stepOn(row: DecidableRow, day: DayNumber): Step | null {
  return stepsOf(row).find(covers(day)) ?? null;
}

/** The one window meant where only one can be: the step under the cursor, else the first that is not done. */
export function windowOf(row: DecidableRow, cursor: DayNumber): PlannedWindow | null {
  const steps = stepsOf(row);
  const step = stepOn(row, cursor) ?? steps.find(({ window }) => window.state !== 'done') ?? steps[0];
  return step?.window ?? null;
}

/** Where the windows of an id (a window's, or an item's) stand on screen. */
export function seenOf({ overview }: TimelineModel, windowId: string): readonly Seen[] {
  return overview.plan.windows
    .filter(({ id, item }) => id === windowId || item === windowId)
    .map(({ id, from, until }) => ({ id, from, until }));
}

function covers(day: DayNumber) {
  return ({ from, until }: { readonly from: DayNumber; readonly until: DayNumber }) => from <= day && day < until;
}
