import type { Layout } from '../layout.ts';
import { isSelectable, type Row, type SelectableRow } from '../row.ts';
import { stepsOf } from '../selection.ts';
import type { State } from '../state.ts';
import { truncate } from '../text.ts';
import type { Role, Theme } from '../theme.ts';
import type { Grid } from './grid.ts';
import { hueOf } from './lanes.ts';
import { roleOfState } from './work.ts';

/** What stands left of the chart: the selection, a mark, the row's name. */
export function drawGutter(grid: Grid, y: number, row: Row, state: State, layout: Layout, theme: Theme): void {
  const { gutter, compact } = layout;
  const { glyphs } = theme;
  if (row.kind === 'heading') {
    const role = row.of === 'store' ? hueOf(row) : 'strong';
    grid.put(1, y, truncate(row.label, gutter - 2, glyphs.ellipsis), role, gutter);
    return;
  }
  const selected = row.id === state.selected;
  if (selected) grid.put(0, y, glyphs.selected, 'cursor');
  const [mark, role] = markOf(row, state, compact, theme);
  const x = mark === '' ? 2 : grid.put(1, y, mark, role) + 1;
  grid.put(x, y, truncate(labelOf(row, state, theme), gutter - x - 1, glyphs.ellipsis), 'text', gutter);
  if (selected) grid.invert({ x: 0, y, width: gutter - 1, height: 1 });
}

/** A stale lane and what moved since the plan before keep their sign even where the name is cut. */
function labelOf(row: SelectableRow, { model }: State, { glyphs }: Theme): string {
  if (row.kind === 'line') return `  ${row.label}`;
  if (row.kind === 'window' || row.kind === 'upgrade') {
    const moved = stepsOf(row).some(({ window }) => model.changed.some(({ id }) => id === window.id));
    return moved ? `${glyphs.changed}${row.label}` : row.label;
  }
  return row.kind === 'lane' && row.lane.stale ? `~${row.label}` : row.label;
}

/** Decision marks; on small screens the first letter of the store, whose heading gave way. */
function markOf(row: SelectableRow, state: State, compact: boolean, theme: Theme): readonly [string, Role] {
  const { glyphs } = theme;
  if (row.kind === 'later') return [glyphs.later, 'dim'];
  if (row.kind === 'line') return [row.runs ? glyphs.marks.accepted : '', 'decided'];
  if (row.kind === 'window' || row.kind === 'upgrade') return [glyphs.marks[row.state], roleOfState(row.state)];
  if (row.kind === 'unplaced') return [glyphs.unplaced, 'alarm'];
  if (!compact) return ['', 'text'];
  const above = state.model.rows.slice(0, state.model.rows.indexOf(row)).findLast((other) => !isSelectable(other));
  return [Array.from(above?.label ?? '')[0] ?? '', hueOf(row)];
}
