import { monthName, parts, weekdayDate } from '../dates.ts';
import { type Entry, entriesIn, entryIndex } from '../entries.ts';
import type { State } from '../state.ts';
import { truncate, widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import type { Grid, Rect } from './grid.ts';
import { signOf } from './signs.ts';

type Line = { readonly month: string } | { readonly entry: Entry; readonly index: number };

const DATE_WIDTH = 12;

/** Everything dated as a list by months, the cursor's entry a third from the top. */
export function drawAgenda(grid: Grid, body: Rect, state: State, theme: Theme): void {
  const entries = entriesIn(state);
  if (entries.length === 0) {
    grid.put(2, body.y + 1, 'Nothing matches the filter', 'dim');
    return;
  }
  const selected = entryIndex(state);
  const before = Math.floor(body.height / 3);
  const lines = linesAround(
    entries,
    Math.max(0, selected - before - 12),
    Math.min(entries.length, selected + body.height + 1),
  );
  const at = lines.findIndex((line) => 'entry' in line && line.index === selected);
  const top = Math.max(0, Math.min(at - before, lines.length - body.height));
  for (const [row, line] of lines.slice(top, top + body.height).entries()) {
    const y = body.y + row;
    if ('month' in line) grid.put(1, y, line.month, 'strong', body.width);
    else drawEntry(grid, y, body, line.entry, line.index === selected, state, theme);
  }
}

/** The days from the first to the last entry on screen have a heading for each month. */
function linesAround(entries: readonly Entry[], from: number, until: number): readonly Line[] {
  let last = '';
  return entries.slice(from, until).flatMap((entry, offset): readonly Line[] => {
    const { year, month } = parts(entry.from);
    const heading = `${monthName(month)} ${year}`;
    const line: Line = { entry, index: from + offset };
    if (heading === last) return [line];
    last = heading;
    return [{ month: heading }, line];
  });
}

function drawEntry(
  grid: Grid,
  y: number,
  body: Rect,
  entry: Entry,
  selected: boolean,
  state: State,
  theme: Theme,
): void {
  const { glyphs } = theme;
  const end = body.width - 1;
  if (selected) grid.put(0, y, glyphs.selected, 'cursor');
  const role = entry.from === state.model.today ? 'today' : entry.until <= state.model.today ? 'dim' : 'text';
  grid.put(2, y, weekdayDate(entry.from), role, end);
  const [sign, signRole] = signOf(entry, theme);
  grid.put(2 + DATE_WIDTH, y, sign, signRole, end);
  const x = 2 + DATE_WIDTH + 2;
  const room = end - x;
  // The note gives way first, down to nothing; then the title is cut.
  const title = truncate(entry.title, room, glyphs.ellipsis);
  const column = Math.max(widthOf(title) + 2, Math.min(46, Math.floor(room * 0.55)));
  grid.put(x, y, title, entry.what.kind === 'work' ? signRole : role === 'dim' ? 'dim' : 'text', end);
  if (column < room - 4) grid.put(x + column, y, truncate(entry.note, room - column, glyphs.ellipsis), 'dim', end);
  if (selected) grid.invert({ x: 0, y, width: x - 1, height: 1 });
}
