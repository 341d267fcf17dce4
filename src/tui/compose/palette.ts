import { matchesIn } from '../palette.ts';
import type { State } from '../state.ts';
import { truncate, widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import type { Grid } from './grid.ts';

/** What the typed words find, over the calendar: a line to type on, then the matches with the keys that do the same. */
export function drawPalette(
  grid: Grid,
  state: State,
  { text, index }: { readonly text: string; readonly index: number },
  theme: Theme,
): void {
  const { glyphs } = theme;
  const matches = matchesIn(state, text);
  const width = Math.min(grid.columns - 4, 76);
  const height = Math.min(grid.rows - 4, 16);
  const x = Math.floor((grid.columns - width) / 2);
  const y = 1;
  const until = x + width;
  grid.fill({ x, y, width, height }, ' ', 'text');
  grid.put(x, y, glyphs.rule.repeat(width), 'dim', until);
  grid.put(x + 2, y, ' A command, a date or a row   enter: do it   esc: back ', 'strong', until);
  grid.put(x, y + height - 1, glyphs.rule.repeat(width), 'dim', until);
  let typed = Array.from(text);
  while (widthOf(typed.join('')) > width - 6) typed = typed.slice(1);
  const end = grid.put(grid.put(x + 1, y + 1, ': ', 'toast', until), y + 1, typed.join(''), 'text', until);
  grid.put(end, y + 1, '_', 'cursor', until);
  const room = height - 3;
  const top = Math.max(0, Math.min(index - Math.floor(room / 2), matches.length - room));
  for (const [line, match] of matches.slice(top, top + room).entries()) {
    const row = y + 2 + line;
    const chosen = top + line === index;
    if (chosen) grid.put(x, row, glyphs.selected, 'cursor');
    const keys = truncate(match.keys, 14, glyphs.ellipsis);
    grid.put(x + 2, row, truncate(match.text, width - 20, glyphs.ellipsis), 'text', until);
    grid.put(until - 1 - widthOf(keys), row, keys, 'dim', until);
    if (chosen) grid.invert({ x, y: row, width, height: 1 });
  }
  if (matches.length === 0) grid.put(x + 2, y + 2, 'nothing matches', 'dim', until);
}
