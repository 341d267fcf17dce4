import { type DayNumber, weekdayOf } from '../../domain/day.ts';
import { fullDate, monthName, parts } from '../dates.ts';
import { entriesIn, entryIndex } from '../entries.ts';
import { type Layout, layoutOf, type Size } from '../layout.ts';
import type { TimelineModel } from '../model.ts';
import type { State } from '../state.ts';
import { truncate } from '../text.ts';
import type { Theme } from '../theme.ts';
import { viewportOf } from '../viewport.ts';
import { drawAgenda } from './agenda.ts';
import { drawDetail } from './detail.ts';
import { drawFooter } from './footer.ts';
import { Grid } from './grid.ts';
import { drawHelp } from './help.ts';
import { drawLegend } from './legend.ts';
import { drawMonth, weekNumber } from './month.ts';
import { drawPalette } from './palette.ts';
import { drawTimeline } from './timeline.ts';
import { drawTitle } from './title.ts';
import { drawTooSmall } from './too-small.ts';
import { drawWeek } from './week.ts';

/** The whole screen: exactly `size.rows` lines, each at most `size.columns` wide. Pure. */
export function compose(model: TimelineModel, state: State, size: Size, theme: Theme): string[] {
  return composeGrid(model, state, size, theme).lines(theme);
}

/** The whole screen as cells, to be compared with the one before. Pure. */
export function composeGrid(model: TimelineModel, state: State, size: Size, theme: Theme): Grid {
  const grid = new Grid(size.columns, size.rows);
  const current: State = state.model === model ? state : { ...state, model };
  const layout = layoutOf(model, size, current.detail, current.view);
  if (layout === null) {
    drawTooSmall(grid, size);
    return grid;
  }
  try {
    drawScreen(grid, current, layout, size, theme);
    return grid;
  } catch (error) {
    return drawnBroken(error, current, size, theme);
  }
}

/** What cannot be drawn must not take the calendar down: another view, another row or `q` may still help. */
function drawnBroken(error: unknown, state: State, size: Size, theme: Theme): Grid {
  const grid = new Grid(size.columns, size.rows);
  const { ellipsis } = theme.glyphs;
  const message = error instanceof Error ? error.message : String(error);
  const told = [
    'A defect of neap: this cannot be drawn.',
    message,
    'Another view (1 to 4) may work. Please report it.',
  ];
  for (const [row, line] of told.entries()) grid.put(1, row, truncate(line, size.columns - 2, ellipsis), 'notice');
  drawFooter(grid, size.rows - 1, { ...state, mode: { kind: 'none' } }, theme);
  return grid;
}

function drawScreen(grid: Grid, state: State, layout: Layout, size: Size, theme: Theme): void {
  const { overview } = state.model;
  const { ellipsis } = theme.glyphs;
  const width = size.columns - 2;
  grid.put(1, 0, truncate(overview.status, width, ellipsis), 'status');
  for (const [index, notice] of overview.notices.slice(0, layout.notices).entries()) {
    grid.put(1, 1 + index, truncate(notice, width, ellipsis), 'notice');
  }
  if (layout.body.height > 0) drawView(grid, state, layout, size, theme);
  if (layout.legendRow !== null) drawLegend(grid, layout.legendRow, layout.body.width, theme);
  if (layout.detail !== null) drawDetail(grid, layout.detail, state, theme);
  drawFooter(grid, layout.footerRow, state, theme);
  if (state.mode.kind === 'help') drawHelp(grid, state, state.mode.top, theme);
  if (state.mode.kind === 'palette') drawPalette(grid, state, state.mode, theme);
}

function drawView(grid: Grid, state: State, layout: Layout, size: Size, theme: Theme): void {
  const { body, headTop } = layout;
  const end = body.width - (layout.detail?.side === 'right' ? 1 : 0);
  const inside = { ...body, width: end };
  const { cursor, view } = state;
  switch (view) {
    case 'timeline':
      drawTimeline(grid, state, layout, viewportOf(state, size), theme);
      break;
    case 'month':
      drawTitle(grid, headTop, end, state, monthOf(cursor));
      drawMonth(grid, inside, state, theme);
      break;
    case 'agenda':
      drawTitle(
        grid,
        headTop,
        end,
        state,
        `${monthOf(cursor)}   ${entryIndex(state) + 1} of ${entriesIn(state).length}`,
      );
      drawAgenda(grid, inside, state, theme);
      break;
    case 'week': {
      const monday = cursor - weekdayOf(cursor) + 1;
      drawTitle(grid, headTop, end, state, `week ${weekNumber(monday)}, from ${fullDate(monday)}`);
      drawWeek(grid, inside, state, theme);
      break;
    }
  }
}

function monthOf(day: DayNumber): string {
  const { month, year } = parts(day);
  return `${monthName(month)} ${year}`;
}
