import { weekdayOf } from '../../domain/day.ts';
import { monthName, parts } from '../dates.ts';
import type { TimelineModel } from '../model.ts';
import { widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import type { Grid } from './grid.ts';
import { columnOf, columnsOf, dayAt, type Scale } from './scale.ts';

/** Months, with the year where it begins and at the left edge. A name that would run into the next is left out. */
export function drawMonths(grid: Grid, y: number, scale: Scale): void {
  let free = scale.x;
  let shownYear = 0;
  for (let x = scale.x; x < scale.end; x++) {
    const first = parts(dayAt(scale, x));
    const last = parts(dayAt(scale, x + 1) - 1);
    const begins = last.date <= scale.zoom && (first.month !== last.month || first.date === 1);
    if (x !== scale.x && !begins) continue;
    const text = last.year === shownYear ? monthName(last.month) : `${monthName(last.month)} ${last.year}`;
    if (x < free || x + widthOf(text) > scale.end) continue;
    // At the left edge a month nearly over gives way to the next.
    if (x === scale.x && parts(dayAt(scale, x + widthOf(text) + 1)).month !== last.month) continue;
    free = grid.put(x, y, text, 'strong', scale.end) + 1;
    shownYear = last.year;
  }
}

/** Columns a date on the axis takes at least, the gap to the next one included. */
const DATE_PITCH = 4;

/** Dates of Mondays, every so many weeks as fit, in step with the sprints; today's mark above all. */
export function drawDays(grid: Grid, y: number, scale: Scale, model: TimelineModel, theme: Theme): void {
  const today = columnOf(scale, model.today);
  const weeks = [1, 2, 4, 8, 16].find((count) => (count * 7) / scale.zoom >= DATE_PITCH) ?? 32;
  const origin = mondayOnOrAfter(model.sprints.startOf(0));
  const pitch = weeks * 7;
  const first = origin + Math.ceil((scale.left - origin) / pitch) * pitch;
  for (let monday = first; columnOf(scale, monday) < scale.end; monday += pitch) {
    const x = columnOf(scale, monday);
    const text = String(parts(monday).date);
    const hidden = today >= x - 1 && today <= x + text.length;
    if (!hidden && x + text.length <= scale.end) grid.put(x, y, text, 'dim', scale.end);
  }
  if (today >= scale.x && today < scale.end) grid.put(today, y, theme.glyphs.today, 'today');
}

function mondayOnOrAfter(day: number): number {
  return day + ((8 - weekdayOf(day)) % 7);
}

/** A mark where each sprint starts, its number beside it where there is room. */
export function drawSprints(grid: Grid, y: number, scale: Scale, { sprints }: TimelineModel, theme: Theme): void {
  const last = sprints.numberOf(dayAt(scale, scale.end) - 1);
  for (let number = sprints.numberOf(scale.left); number <= last; number++) {
    const start = columnOf(scale, sprints.startOf(number));
    const next = columnOf(scale, sprints.startOf(number + 1));
    if (next - start < 2) {
      if (start >= scale.x) grid.put(start, y, theme.glyphs.sprint, 'dim', scale.end);
      continue;
    }
    if (start >= scale.x) grid.put(start, y, theme.glyphs.sprint, 'dim', scale.end);
    const from = Math.max(start + 1, scale.x);
    grid.put(from, y, theme.glyphs.rule.repeat(Math.max(0, next - from)), 'dim', scale.end);
    const text = `S${number}`;
    if (from + text.length <= Math.min(next, scale.end)) grid.put(from, y, text, 'text', scale.end);
  }
}

/** Days off and frozen days, each freeze named where its name fits beside it. */
export function drawFreezes(
  grid: Grid,
  y: number,
  scale: Scale,
  { freezes, daysOff }: TimelineModel,
  theme: Theme,
): void {
  for (const day of daysOff) {
    const x = columnOf(scale, day);
    if (x >= scale.x && x < scale.end) grid.put(x, y, theme.glyphs.dayOff, 'dim');
  }
  for (const freeze of freezes) {
    const columns = columnsOf(scale, freeze);
    if (columns === null) continue;
    grid.put(columns.from, y, theme.glyphs.freeze.repeat(columns.until - columns.from), 'freeze', columns.until);
  }
  for (const freeze of freezes) {
    const columns = columnsOf(scale, freeze);
    if (columns === null) continue;
    const width = widthOf(freeze.name) + 2;
    const room = Array.from({ length: width }, (_, i) => columns.until + i);
    if (columns.until + width <= scale.end && room.every((x) => grid.isBlank(x, y))) {
      grid.put(columns.until + 1, y, freeze.name, 'freeze', scale.end);
    }
  }
}
