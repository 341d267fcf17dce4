import { truncate, widthOf } from '../text.ts';
import type { Role, Theme } from '../theme.ts';
import type { Grid } from './grid.ts';
import type { Scale } from './scale.ts';

interface Beside {
  readonly y: number;
  /** Columns of the thing named, half-open. */
  readonly from: number;
  readonly until: number;
  readonly text: string;
  readonly role: Role;
  /** Shortest text worth showing cut; the whole text when absent. */
  readonly least?: number;
}

/** Names a thing right of it where there is room, else left of it, else cut short on the roomier side. */
export function putBeside(grid: Grid, scale: Scale, theme: Theme, label: Beside): void {
  const { y, from, until, text, role } = label;
  const width = widthOf(text);
  const right = scale.end - (until + 1);
  const left = from - 1 - scale.x;
  if (width <= right) grid.put(until + 1, y, text, role, scale.end);
  else if (width <= left) grid.put(from - 1 - width, y, text, role, scale.end);
  else if (Math.max(left, right) >= (label.least ?? width)) {
    const cut = truncate(text, Math.max(left, right), theme.glyphs.ellipsis);
    grid.put(right >= left ? until + 1 : from - 1 - widthOf(cut), y, cut, role, scale.end);
  }
}

/** Something lies outside the chart: an arrow at the edge, and its name. */
export function putAtEdge(
  grid: Grid,
  scale: Scale,
  theme: Theme,
  y: number,
  side: 'left' | 'right',
  text: string,
): void {
  const cut = truncate(text, Math.max(0, scale.end - scale.x - 2), theme.glyphs.ellipsis);
  if (side === 'left') grid.put(scale.x, y, `< ${cut}`, 'dim', scale.end);
  else grid.put(Math.max(scale.x, scale.end - widthOf(cut) - 2), y, `${cut} >`, 'dim', scale.end);
}
