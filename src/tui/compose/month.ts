import { short, WEEKDAYS } from '../../domain/calendar-names.ts';
import { type DayNumber, weekdayOf } from '../../domain/day.ts';
import { monthName, parts } from '../dates.ts';
import { type Entry, entriesIn, rank } from '../entries.ts';
import type { State } from '../state.ts';
import { truncate, widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import { calmSigns } from './calm-signs.ts';
import type { Grid, Rect } from './grid.ts';
import { signOf } from './signs.ts';

/** Columns of the week numbers. */
const NUMBERS = 5;

/** Days of the month view, half-open: whole weeks around the cursor's month. */
function monthSpan(cursor: DayNumber): { readonly from: DayNumber; readonly until: DayNumber } {
  const { date } = parts(cursor);
  const first = cursor - date + 1;
  const from = first - weekdayOf(first) + 1;
  const next = first + daysInMonth(first);
  return { from, until: next + ((8 - weekdayOf(next)) % 7) };
}

/** A month of weeks: in each day its date, freeze and calm of each store; below, what lies on it, as bars over their days. */
export function drawMonth(grid: Grid, body: Rect, state: State, theme: Theme): void {
  const { from, until } = monthSpan(state.cursor);
  const weeks = (until - from) / 7;
  const width = Math.floor((body.width - NUMBERS - 1) / 7);
  const column = (day: DayNumber) => NUMBERS + (day - from - 7 * Math.floor((day - from) / 7)) * width;
  for (const [index, name] of WEEKDAYS.entries())
    grid.put(NUMBERS + index * width, body.y, short(name), 'dim', body.width);
  const height = Math.floor((body.height - 1) / weeks);
  // Lines over go to the first weeks, so that nothing is left blank at the foot.
  const spare = body.height - 1 - height * weeks;
  const entries = entriesIn(state).filter((entry) => entry.from < until && entry.until > from && isShown(entry));
  let y = body.y + 1;
  for (let week = 0; week < weeks; week++) {
    const monday = from + 7 * week;
    const rows = height + (week < spare ? 1 : 0);
    const number = `w${weekNumber(monday)}`;
    grid.put(0, y, number, 'dim', NUMBERS);
    for (let day = monday; day < monday + 7; day++) drawDay(grid, y, column(day), width, day, state, theme);
    drawBars(grid, y + 1, rows - 1, monday, width, entries, theme);
    if (monday <= state.cursor && state.cursor < monday + 7) {
      grid.put(column(state.cursor) - 1, y, theme.glyphs.selected, 'cursor');
      grid.invert({ x: column(state.cursor) - 1, y, width: width - 1, height: 1 });
    }
    y += rows;
  }
}

/** Releases of patches are too many for a month, and periods stand with the dates. */
function isShown({ what }: Entry): boolean {
  if (what.kind === 'release') return what.level !== 'patch';
  return !['sprint', 'freeze', 'day-off', 'calm', 'unknown-calm'].includes(what.kind);
}

function drawDay(grid: Grid, y: number, x: number, width: number, day: DayNumber, state: State, theme: Theme): void {
  const { model, cursor } = state;
  const { glyphs } = theme;
  const { date, month } = parts(day);
  const end = x + width - 1;
  const other = month !== parts(cursor).month;
  const today = day === model.today;
  const text = `${String(date).padStart(2)}${date === 1 && width > 9 ? ` ${monthName(month)}` : ''}${today ? glyphs.today : ''}`;
  let at = grid.put(x, y, text, today ? 'today' : other ? 'dim' : 'strong', end);
  const frozen = model.freezes.some(({ from, until }) => from <= day && day < until);
  if (frozen) at = grid.put(at, y, glyphs.freeze, 'freeze', end);
  else if (model.daysOff.includes(day)) at = grid.put(at, y, glyphs.dayOff, 'dim', end);
  at += 1;
  for (const { sign, role } of calmSigns(model, day, theme)) at = grid.put(at, y, sign, role, end);
  const number = model.sprints.numberOf(day);
  if (model.sprints.startOf(number) === day) grid.put(at + 1, y, `S${number}`, 'dim', end);
}

interface Bar {
  readonly entry: Entry;
  /** Weekdays it covers, 0 to 6, half-open. */
  readonly start: number;
  readonly end: number;
}

/** Work first. Bars take the highest free line over all their days; what finds none is counted beside the date. */
function drawBars(
  grid: Grid,
  y: number,
  lines: number,
  monday: DayNumber,
  width: number,
  entries: readonly Entry[],
  theme: Theme,
): void {
  const bars = entries
    .map((entry): Bar => ({ entry, start: Math.max(0, entry.from - monday), end: Math.min(7, entry.until - monday) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => rank(a.entry) - rank(b.entry) || a.start - b.start);
  const taken: boolean[][] = Array.from({ length: Math.max(0, lines) }, () => new Array<boolean>(7).fill(false));
  const over = new Array<number>(7).fill(0);
  const fits = ({ start, end }: Bar, line: number) => !taken[line]?.slice(start, end).some(Boolean);
  for (const bar of bars) {
    const line = taken.findIndex((_, index) => fits(bar, index));
    if (line < 0) for (let day = bar.start; day < bar.end; day++) over[day] = (over[day] ?? 0) + 1;
    else {
      taken[line]?.fill(true, bar.start, bar.end);
      drawBar(grid, y + line, bar, width, theme);
    }
  }
  for (const [day, count] of over.entries()) {
    if (count === 0) continue;
    const text = ` +${count}`;
    const end = NUMBERS + (day + 1) * width - 1;
    grid.put(end - widthOf(text), y - 1, text, 'notice', end);
  }
}

function drawBar(grid: Grid, y: number, { entry, start, end }: Bar, width: number, theme: Theme): void {
  const { glyphs } = theme;
  const [sign, role] = signOf(entry, theme);
  const x = NUMBERS + start * width;
  const until = NUMBERS + end * width - 1;
  const filler =
    entry.what.kind === 'work'
      ? glyphs.bar
      : entry.what.kind === 'wait'
        ? glyphs.wait
        : entry.what.kind === 'hold'
          ? glyphs.hold
          : '';
  const text = truncate(`${sign}${entry.title}`, until - x, glyphs.ellipsis);
  const at = grid.put(x, y, text, role, until);
  if (filler !== '' && end - start > 1) grid.put(at, y, filler.repeat(Math.max(0, until - at)), role, until);
}

function daysInMonth(first: DayNumber): number {
  let length = 28;
  while (parts(first + length).date !== 1) length++;
  return length;
}

/** ISO 8601: week 1 holds the year's first Thursday. */
export function weekNumber(monday: DayNumber): number {
  const thursday = monday + 3;
  const { year } = parts(thursday);
  let january = thursday;
  while (parts(january - 7).year === year) january -= 7;
  return (thursday - january) / 7 + 1;
}
