import type { Rect } from './compose/grid.ts';
import type { TimelineModel } from './model.ts';
import type { Row } from './row.ts';
import type { State } from './state.ts';
import type { ViewName } from './view.ts';
import { rowsIn } from './visible.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export type DetailMode = 'pane' | 'full' | 'hidden';

export const SMALLEST: Size = { columns: 60, rows: 16 };

/** Where things stand on a screen of some size. */
export interface Layout {
  /** Columns of row labels before the chart. */
  readonly gutter: number;
  /** Rows carry a store prefix instead of standing under store headings. */
  readonly compact: boolean;
  readonly notices: number;
  /** Rows of the chart's head: title, months, days, sprints and, when there are any, freezes. */
  readonly headTop: number;
  readonly freezeRow: boolean;
  readonly body: Rect;
  /** `null` when the screen has no room for a legend. */
  readonly legendRow: number | null;
  /** `null` while hidden. */
  readonly detail: (Rect & { readonly side: 'right' | 'below' | 'full' }) | null;
  readonly footerRow: number;
  /** Columns of the timeline's chart, right of the gutter; 0 where there is none. */
  readonly chart: number;
}

/** Nothing of the calendar is drawn on a screen of this size. */
export function isTooSmall({ columns, rows }: Size): boolean {
  return columns < SMALLEST.columns || rows < SMALLEST.rows;
}

/** `null` when the screen is too small for a calendar. */
export function layoutOf(model: TimelineModel, size: Size, mode: DetailMode, view: ViewName): Layout | null {
  const { columns, rows } = size;
  if (isTooSmall(size)) return null;
  const compact = columns < 96 || rows < 28;
  const wide = columns >= 140;
  const notices = Math.min(model.overview.notices.length, compact ? 1 : 3);
  const footerRow = rows - 1;
  const headTop = 1 + notices;
  if (mode === 'full') {
    const body = { x: 0, y: headTop, width: columns, height: 0 };
    const detail = { x: 0, y: headTop, width: columns, height: footerRow - headTop, side: 'full' as const };
    return {
      gutter: 0,
      compact,
      notices,
      headTop,
      freezeRow: false,
      body,
      legendRow: null,
      detail,
      footerRow,
      chart: 0,
    };
  }
  const timeline = view === 'timeline';
  const freezeRow = timeline && (model.freezes.length > 0 || model.daysOff.length > 0);
  const below = mode === 'pane' && !wide ? (compact ? 6 : 8) : 0;
  const right = mode === 'pane' && wide ? 46 : 0;
  const legendRow = compact || !timeline ? null : footerRow - below - 1;
  const bodyTop = headTop + (timeline ? 4 : 1) + (freezeRow ? 1 : 0);
  const width = columns - right;
  const body = { x: 0, y: bodyTop, width, height: Math.max(1, (legendRow ?? footerRow - below) - bodyTop) };
  const gutter = !timeline ? 0 : compact ? 15 : wide ? 22 : 19;
  const detail =
    right > 0
      ? { x: width, y: headTop, width: right, height: footerRow - headTop, side: 'right' as const }
      : below > 0
        ? { x: 0, y: footerRow - below, width: columns, height: below, side: 'below' as const }
        : null;
  return {
    gutter,
    compact,
    notices,
    headTop,
    freezeRow,
    body,
    legendRow,
    detail,
    footerRow,
    chart: timeline ? width - gutter - (right > 0 ? 1 : 0) : 0,
  };
}

/** The rows a layout shows; store headings give way on small screens. */
export function shownRows(
  state: Pick<State, 'model' | 'expanded' | 'filter'>,
  layout: Pick<Layout, 'compact'>,
): readonly Row[] {
  const rows = rowsIn(state);
  return layout.compact ? rows.filter((row) => row.kind !== 'heading' || row.of === 'section') : rows;
}
