import type { WindowState } from '../../domain/plan.ts';
import type { Row, UnplacedRow, UpgradeRow, WindowRow } from '../row.ts';
import { stepsOf } from '../selection.ts';
import { truncate } from '../text.ts';
import type { Role, Theme } from '../theme.ts';
import type { Grid } from './grid.ts';
import { putAtEdge, putBeside } from './label.ts';
import { columnOf, columnsOf, type Scale } from './scale.ts';

export function roleOfState(state: WindowState): Role {
  return state === 'proposed' ? 'proposed' : state === 'done' ? 'done' : 'decided';
}

export function drawWindow(grid: Grid, y: number, scale: Scale, row: WindowRow, theme: Theme): void {
  const role = roleOfState(row.state);
  const columns = columnsOf(scale, row);
  if (columns === null) {
    drawOutside(grid, y, scale, row, theme);
    return;
  }
  grid.put(columns.from, y, theme.glyphs.bar.repeat(columns.until - columns.from), role, columns.until);
  drawNoReturn(grid, y, scale, row.noReturnFrom, theme);
  putBeside(grid, scale, theme, { y, ...columns, text: row.title, role, least: 6 });
}

/** One bar for all steps: work solid, burn-in and soak dotted, the point of no return marked. */
export function drawUpgrade(grid: Grid, y: number, scale: Scale, row: UpgradeRow, theme: Theme): void {
  const role = roleOfState(row.state);
  const all = columnsOf(scale, row);
  if (all === null) {
    drawOutside(grid, y, scale, row, theme);
    return;
  }
  for (const wait of row.waits) {
    const columns = columnsOf(scale, wait);
    if (columns === null) continue;
    grid.put(columns.from, y, theme.glyphs.wait.repeat(columns.until - columns.from), role, columns.until);
  }
  for (const step of row.steps) {
    const columns = columnsOf(scale, step);
    if (columns === null) continue;
    const own = roleOfState(step.window.state);
    grid.put(columns.from, y, theme.glyphs.bar.repeat(columns.until - columns.from), own, columns.until);
  }
  for (const step of row.steps) drawNoReturn(grid, y, scale, step.noReturnFrom, theme);
  putBeside(grid, scale, theme, { y, ...all, text: row.title, role, least: 6 });
}

/** Nowhere in the chart, so the row says in words which rule keeps it out. */
export function drawUnplaced(grid: Grid, y: number, scale: Scale, row: UnplacedRow, theme: Theme): void {
  const [first] = row.entry.blockers;
  const text = first === undefined ? 'no place found' : `${first.rule}: ${first.because}`;
  grid.put(scale.x, y, truncate(text, scale.end - scale.x, theme.glyphs.ellipsis), 'alarm', scale.end);
}

/** Where a row's windows were, under where they would be. */
export function drawGhosts(grid: Grid, y: number, scale: Scale, row: Row, theme: Theme): void {
  if (row.kind !== 'window' && row.kind !== 'upgrade') return;
  for (const step of stepsOf(row)) {
    const columns = columnsOf(scale, step);
    if (columns === null) continue;
    for (let x = columns.from; x < columns.until; x++)
      if (grid.isBlank(x, y)) grid.put(x, y, theme.glyphs.ghost, 'dim');
  }
}

function drawNoReturn(grid: Grid, y: number, scale: Scale, day: number | null, theme: Theme): void {
  if (day === null) return;
  const x = columnOf(scale, day);
  if (x >= scale.x && x < scale.end) grid.put(x, y, theme.glyphs.noReturn, 'alarm');
}

function drawOutside(grid: Grid, y: number, scale: Scale, row: WindowRow | UpgradeRow, theme: Theme): void {
  putAtEdge(grid, scale, theme, y, row.until <= scale.left ? 'left' : 'right', row.title);
}
