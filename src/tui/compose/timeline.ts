import { fullDate, longDate, shortDate, weekdayDate } from '../dates.ts';
import { type Layout, shownRows } from '../layout.ts';
import type { Row } from '../row.ts';
import type { State } from '../state.ts';
import { widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import { triedRows } from '../tried-rows.ts';
import type { Viewport } from '../viewport.ts';
import { drawDays, drawFreezes, drawMonths, drawSprints } from './axis.ts';
import type { Grid } from './grid.ts';
import { drawGutter } from './gutter.ts';
import { drawCalm, drawLane } from './lanes.ts';
import { drawLine } from './line.ts';
import { columnOf, dayAt, type Scale } from './scale.ts';
import { drawTitle } from './title.ts';
import { drawGhosts, drawUnplaced, drawUpgrade, drawWindow } from './work.ts';

/** The chart: axis on top, one row for each thing, cursor column last. */
export function drawTimeline(grid: Grid, state: State, layout: Layout, view: Viewport, theme: Theme): void {
  const { body, gutter, headTop } = layout;
  const { model, cursor } = state;
  const scale: Scale = {
    x: gutter,
    end: body.width - (layout.detail?.side === 'right' ? 1 : 0),
    left: view.left,
    zoom: state.zoom,
  };
  const cursorColumn = columnOf(scale, cursor);

  drawTitle(grid, headTop, scale.end, state, rangeOf(scale, state));
  grid.put(1, headTop + 1, dateFor(cursor, gutter - 2), 'cursor', gutter);
  drawMonths(grid, headTop + 1, scale);
  const day = cursor - model.today;
  const distance = day === 0 ? 'today' : `${day > 0 ? '+' : ''}${day} d`;
  grid.put(1, headTop + 2, distance, 'dim', gutter);
  drawDays(grid, headTop + 2, scale, model, theme);
  grid.put(1, headTop + 3, `sprint S${model.sprints.numberOf(cursor)}`, 'dim', gutter);
  drawSprints(grid, headTop + 3, scale, model, theme);
  if (layout.freezeRow) {
    grid.put(1, headTop + 4, 'freezes', 'dim', gutter);
    drawFreezes(grid, headTop + 4, scale, model, theme);
  }
  const rows = shownRows(state, layout);
  const tried = triedRows(state);
  for (let y = body.y; y < body.y + body.height; y++) {
    const row = rows[view.top + y - body.y];
    if (row === undefined) continue;
    const there = tried.get(row.id) ?? row;
    drawRow(grid, y, scale, there, state, theme);
    if (there !== row) drawGhosts(grid, y, scale, row, theme);
    drawUprights(grid, y, scale, model.today, cursorColumn, theme);
    drawGutter(grid, y, row, state, layout, theme);
  }
  drawMore(grid, layout, view.top, rows.length);
  const shade = headTop + 2;
  grid.invert({ x: cursorColumn, y: shade, width: 1, height: body.y + body.height - shade });
}

function rangeOf(scale: Scale, { zoom }: State): string {
  return `${shortDate(scale.left)} - ${fullDate(dayAt(scale, scale.end) - 1)}  ${zoom} d/col`;
}

/** The cursor's date, without the year where the gutter is narrow: the axis has it. */
function dateFor(cursor: number, width: number): string {
  const long = longDate(cursor);
  return long.length <= width ? long : weekdayDate(cursor);
}

function drawRow(grid: Grid, y: number, scale: Scale, row: Row, state: State, theme: Theme): void {
  switch (row.kind) {
    case 'heading':
      grid.fill({ x: scale.x, y, width: scale.end - scale.x, height: 1 }, theme.glyphs.heading, 'dim');
      break;
    case 'calm':
      drawCalm(grid, y, scale, row, theme);
      break;
    case 'lane':
      drawLane(grid, y, scale, row, theme);
      if (row.band === null) drawBare(grid, y, scale, state.model.today, row.bare);
      break;
    case 'line':
      drawLine(grid, y, scale, row, theme);
      break;
    case 'window':
      drawWindow(grid, y, scale, row, theme);
      break;
    case 'upgrade':
      drawUpgrade(grid, y, scale, row, theme);
      break;
    case 'unplaced':
      drawUnplaced(grid, y, scale, row, theme);
      break;
    case 'later':
      grid.put(scale.x, y, row.when, 'dim', scale.end);
      break;
  }
}

/** Says on a lane without a band why it has none. */
function drawBare(grid: Grid, y: number, scale: Scale, today: number, bare: 'unknown' | 'none'): void {
  const x = columnOf(scale, today) + 2;
  const text = bare === 'none' ? 'none expected' : 'no forecast';
  const room = Array.from({ length: text.length }, (_, i) => x + i);
  if (x >= scale.x && x + text.length < scale.end && room.every((column) => grid.isBlank(column, y))) {
    grid.put(x, y, text, 'dim', scale.end);
  }
}

/** Today and the cursor run through whatever is blank. */
function drawUprights(grid: Grid, y: number, scale: Scale, today: number, cursor: number, theme: Theme): void {
  const marks = [
    [columnOf(scale, today), theme.glyphs.todayLine, 'today'],
    [cursor, theme.glyphs.cursorLine, 'cursor'],
  ] as const;
  for (const [x, glyph, role] of marks) {
    if (x >= scale.x && x < scale.end && grid.isBlank(x, y)) grid.put(x, y, glyph, role, scale.end);
  }
}

/** How many rows lie above and below what is shown. */
function drawMore(grid: Grid, { body }: Layout, top: number, count: number): void {
  const below = count - top - body.height;
  const notes = [
    [top, body.y, `${top} more above`],
    [below, body.y + body.height - 1, `${below} more below`],
  ] as const;
  for (const [hidden, y, text] of notes) {
    if (hidden > 0) grid.put(body.width - widthOf(text) - 2, y, ` ${text} `, 'dim', body.width);
  }
}
