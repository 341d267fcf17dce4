import type { LineRow } from '../row.ts';
import type { Theme } from '../theme.ts';
import type { Grid } from './grid.ts';
import { drawEnd, drawTick } from './lanes.ts';
import { columnsOf, type Scale } from './scale.ts';

/** One line's life: thin while it is supported, its releases upon it, its end. */
export function drawLine(grid: Grid, y: number, scale: Scale, row: LineRow, theme: Theme): void {
  const from = row.ga ?? row.ticks[0]?.day ?? null;
  const end = row.eol ?? Infinity;
  if (from !== null && from < end) {
    const columns = columnsOf(scale, { from, until: Math.min(end, scale.left + (scale.end - scale.x) * scale.zoom) });
    if (columns !== null && end > scale.left) {
      grid.put(columns.from, y, theme.glyphs.wait.repeat(columns.until - columns.from), 'dim', columns.until);
    }
  }
  for (const tick of row.ticks) drawTick(grid, y, scale, row, tick, theme);
  if (row.eol !== null) drawEnd(grid, y, scale, row.eol, '', theme);
}
