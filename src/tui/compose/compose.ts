import { type Layout, layoutOf, type Size } from '../layout.ts';
import type { TimelineModel } from '../model.ts';
import type { State } from '../state.ts';
import { truncate } from '../text.ts';
import type { Theme } from '../theme.ts';
import { viewportOf } from '../viewport.ts';
import { drawDetail } from './detail.ts';
import { drawFooter } from './footer.ts';
import { Grid } from './grid.ts';
import { drawHelp } from './help.ts';
import { drawLegend } from './legend.ts';
import { drawTimeline } from './timeline.ts';
import { drawTooSmall } from './too-small.ts';

/** The whole screen: exactly `size.rows` lines, each at most `size.columns` wide. Pure. */
export function compose(model: TimelineModel, state: State, size: Size, theme: Theme): string[] {
  const grid = new Grid(size.columns, size.rows);
  const current: State = state.model === model ? state : { ...state, model };
  const layout = layoutOf(model, size, current.detail);
  if (layout === null) drawTooSmall(grid, size);
  else drawScreen(grid, current, layout, size, theme);
  return grid.lines(theme);
}

function drawScreen(grid: Grid, state: State, layout: Layout, size: Size, theme: Theme): void {
  const { overview } = state.model;
  const { ellipsis } = theme.glyphs;
  const width = size.columns - 2;
  grid.put(1, 0, truncate(overview.status, width, ellipsis), 'status');
  for (const [index, notice] of overview.notices.slice(0, layout.notices).entries()) {
    grid.put(1, 1 + index, truncate(notice, width, ellipsis), 'notice');
  }
  if (layout.chart > 0) drawTimeline(grid, state, layout, viewportOf(state, size), theme);
  if (layout.legendRow !== null) drawLegend(grid, layout.legendRow, layout.body.width, theme);
  if (layout.detail !== null) drawDetail(grid, layout.detail, state, theme);
  drawFooter(grid, layout.footerRow, state, theme);
  if (state.help) drawHelp(grid, theme);
}
