import type { Layout } from '../layout.ts';
import type { State } from '../state.ts';
import { truncate, widthOf, wrap } from '../text.ts';
import type { Role, Theme } from '../theme.ts';
import { content, type Fact } from '../why/facts.ts';
import type { Grid } from './grid.ts';

type DetailArea = NonNullable<Layout['detail']>;
type Line = readonly [label: string, text: string, role: Role];

const LABEL_WIDTH = 10;

/** The why-pane: what the selected row is and why, at the cursor's day. */
export function drawDetail(grid: Grid, area: DetailArea, state: State, theme: Theme): void {
  const { glyphs } = theme;
  const { title, facts } = content(state);
  const { right, x, until, height } = inside(area);
  if (right) for (let y = area.y; y < area.y + area.height; y++) grid.put(area.x, y, glyphs.todayLine, 'dim');
  else grid.fill({ x: area.x, y: area.y, width: area.width, height: 1 }, glyphs.rule, 'dim');
  const heading = truncate(title, until - x - 4, glyphs.ellipsis);
  grid.put(right ? x : area.x + 2, area.y, right ? heading : ` ${heading} `, 'strong', until);

  const lines = linesOf(facts, until - x);
  const top = Math.max(0, Math.min(state.detailTop, lines.length - height));
  for (const [index, [label, text, role]] of lines.slice(top, top + height).entries()) {
    const y = area.y + 1 + index;
    grid.put(x, y, label, 'dim', until);
    grid.put(x + LABEL_WIDTH, y, text, role, until);
  }
  drawRest(grid, area, until, lines.length - top - height);
}

/** How many lines the pane can be scrolled; 0 when all of them show. */
export function detailOverflow(area: DetailArea, state: State): number {
  const { x, until, height } = inside(area);
  return Math.max(0, linesOf(content(state).facts, until - x).length - height);
}

function inside(area: DetailArea) {
  const right = area.side === 'right';
  const last = right ? 1 : 0;
  return {
    right,
    x: area.x + (right ? 2 : 1),
    until: area.x + area.width - (right ? 0 : 1),
    // At the right, the last line says how many more there are.
    height: Math.max(1, area.height - 1 - last),
  };
}

function drawRest(grid: Grid, area: DetailArea, until: number, rest: number): void {
  if (rest <= 0) return;
  const text = ` ${rest} more: space `;
  const y = area.side === 'right' ? area.y + area.height - 1 : area.y;
  grid.put(until - widthOf(text) - 1, y, text, 'dim', until);
}

function linesOf(facts: readonly Fact[], width: number): readonly Line[] {
  let last = '';
  return facts.flatMap(({ label, text, role }) => {
    const shown = label === last ? '' : label;
    last = label;
    return wrap(text, width - LABEL_WIDTH).map((line, i): Line => [i === 0 ? shown : '', line, role ?? 'text']);
  });
}
