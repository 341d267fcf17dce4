import type { DayNumber } from '../domain/day.ts';
import { layoutOf, type Size, shownRows } from './layout.ts';
import { isSelectable } from './row.ts';
import type { State } from './state.ts';

/** The first day and the first body row on screen. */
export interface Viewport {
  readonly left: DayNumber;
  readonly top: number;
}

/** Columns kept between cursor and edge, so that one sees where one goes. */
const MARGIN = 4;
/** Rows kept below the selection. */
const ROWS_BELOW = 2;

/** Scrolls as little as brings cursor and selected row into view. The same answer for reducer and compose. */
export function viewportOf(state: State, size: Size): Viewport {
  const layout = layoutOf(state.model, size, state.detail, state.view);
  if (layout === null || layout.chart <= 0) return { left: state.left, top: state.top };
  const rows = shownRows(state, layout);
  const selected = rows.findIndex((row) => isSelectable(row) && row.id === state.selected);
  // The heading above the first row of a group comes along.
  const above = rows[selected - 1]?.kind === 'heading' ? selected - 1 : selected;
  return {
    left: scrolledDays(state, layout.chart),
    top: scrolled(state.top, above, selected, layout.body.height, rows.length),
  };
}

function scrolledDays({ left, cursor, zoom, model }: State, chart: number): DayNumber {
  // Columns start on whole steps from today, or zoomed columns would change their content as one scrolls.
  const column = (day: DayNumber) => Math.floor((day - model.today) / zoom);
  const margin = Math.min(MARGIN, Math.floor((chart - 1) / 2));
  const at = column(cursor);
  let start = column(left);
  if (at < start + margin) start = at - margin;
  if (at > start + chart - 1 - margin) start = at - (chart - 1 - margin);
  return model.today + start * zoom;
}

function scrolled(top: number, above: number, selected: number, height: number, count: number): number {
  let start = top;
  if (selected >= 0) {
    if (above < start) start = height > 1 ? above : selected;
    const below = Math.min(ROWS_BELOW, Math.floor((height - 1) / 3), count - 1 - selected);
    if (selected + below > start + height - 1) start = selected + below - height + 1;
  }
  return Math.max(0, Math.min(start, count - height));
}
