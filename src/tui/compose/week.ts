import { weekdayOf } from '../../domain/day.ts';
import { weekdayDate } from '../dates.ts';
import { type Entry, entriesIn, rank } from '../entries.ts';
import type { State } from '../state.ts';
import { truncate, widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import { calmSigns } from './calm-signs.ts';
import type { Grid, Rect } from './grid.ts';
import { signOf } from './signs.ts';

/** Seven days one below the other with everything that lies on them. Days that are full lend no room; those that are empty do. */
export function drawWeek(grid: Grid, body: Rect, state: State, theme: Theme): void {
  const monday = state.cursor - weekdayOf(state.cursor) + 1;
  const days = Array.from({ length: 7 }, (_, i) => ({
    day: monday + i,
    entries: shownOn(state, monday + i),
  }));
  const heights = share(
    days.map(({ entries }) => entries.length),
    body.height - 7,
  );
  let y = body.y;
  for (const [index, { day, entries }] of days.entries()) {
    const room = heights[index] ?? 0;
    drawHead(grid, y, body, day, state, theme);
    const hidden = entries.length - room;
    for (const [line, entry] of entries.slice(0, hidden > 0 ? room - 1 : room).entries()) {
      drawEntry(grid, y + 1 + line, body, day, entry, theme);
    }
    if (hidden > 0 && room > 0) grid.put(6, y + room, `+${hidden + 1} more`, 'dim', body.width);
    y += 1 + room;
  }
}

/** What the day holds; periods and sprints stand in its head instead. */
function shownOn(state: State, day: number): readonly Entry[] {
  return entriesIn(state)
    .filter(
      ({ from, until, what }) =>
        from <= day && day < until && what.kind !== 'sprint' && what.kind !== 'calm' && what.kind !== 'unknown-calm',
    )
    .sort((a, b) => rank(a) - rank(b));
}

/** Deals out lines one after another to the days that still want one. */
function share(wanted: readonly number[], lines: number): readonly number[] {
  const given = wanted.map(() => 0);
  let left = Math.max(0, lines);
  let want = true;
  while (left > 0 && want) {
    want = false;
    for (const [index, count] of wanted.entries()) {
      if (left > 0 && (given[index] ?? 0) < count) {
        given[index] = (given[index] ?? 0) + 1;
        left--;
        want = true;
      }
    }
  }
  return given;
}

function drawHead(grid: Grid, y: number, body: Rect, day: number, state: State, theme: Theme): void {
  const { model, cursor } = state;
  const { glyphs } = theme;
  const end = body.width - 1;
  const today = day === model.today;
  grid.put(0, y, day === cursor ? glyphs.selected : ' ', 'cursor');
  const x = grid.put(
    1,
    y,
    `${weekdayDate(day)}${today ? ` ${glyphs.today} today` : ''}`,
    today ? 'today' : 'strong',
    end,
  );
  const number = model.sprints.numberOf(day);
  const sprint = `${model.sprints.startOf(number) === day ? 'begins ' : ''}S${number}`;
  const signs = calmSigns(model, day, theme);
  const width = signs.reduce((sum, { name }) => sum + widthOf(name) + 3, 0) + widthOf(sprint) + 2;
  let at = end - width;
  if (at > x + 3) {
    grid.put(x + 1, y, glyphs.heading.repeat(at - x - 2), 'dim', end);
    for (const { name, sign, role } of signs) {
      at = grid.put(at, y, `${sign} `, role, end);
      at = grid.put(at, y, `${name} `, 'dim', end);
    }
    grid.put(at + 1, y, sprint, 'dim', end);
  }
  if (day === cursor) grid.invert({ x: 0, y, width: x, height: 1 });
}

function drawEntry(grid: Grid, y: number, body: Rect, day: number, entry: Entry, theme: Theme): void {
  const { glyphs } = theme;
  const end = body.width - 1;
  const [sign, role] = signOf(entry, theme);
  grid.put(4, y, sign, role, end);
  const length = entry.until - entry.from;
  const nth = length > 1 ? ` (day ${day - entry.from + 1} of ${length})` : '';
  const text = `${entry.title}${nth}`;
  const x = grid.put(6, y, truncate(text, end - 6, glyphs.ellipsis), entry.what.kind === 'work' ? role : 'text', end);
  if (x + 6 < end) grid.put(x + 2, y, truncate(entry.note, end - x - 2, glyphs.ellipsis), 'dim', end);
}
