import type { CalmRow, LaneRow, Tick } from '../row.ts';
import { widthOf } from '../text.ts';
import type { Role, Theme } from '../theme.ts';
import { fitSign } from './calm-signs.ts';
import type { Grid } from './grid.ts';
import { putBeside } from './label.ts';
import { columnOf, columnsOf, dayAt, type Scale } from './scale.ts';

/** Urgencies, as vendors write them, that call for an upgrade at once. */
const GRAVE = /^(security|critical)$/i;

const HUES = ['hue0', 'hue1', 'hue2'] as const;

export function hueOf(row: { readonly hue: number }): Role {
  return HUES[row.hue % HUES.length] ?? 'hue2';
}

/**
 * A line where the days are patch-only, elsewhere how well each day would do: 1 − turbulence in eight steps. A column of several days
 * shows the worst of them.
 */
export function drawCalm(grid: Grid, y: number, scale: Scale, row: CalmRow, theme: Theme): void {
  const { glyphs } = theme;
  for (let x = scale.x; x < scale.end; x++) {
    let worst = -1;
    for (let day = dayAt(scale, x); day < dayAt(scale, x + 1); day++) {
      worst = Math.max(worst, row.outlook.turbulence[day - row.from] ?? -1);
    }
    if (worst < 0) continue;
    const [sign, role] = fitSign(worst, glyphs.fit);
    grid.put(x, y, sign, role);
  }
  for (const { from, until, period } of row.periods) {
    const columns = columnsOf(scale, { from, until });
    if (columns === null) continue;
    const glyph = period.kind === 'unknown' ? glyphs.uncertain : glyphs.calm;
    for (let x = columns.from; x < columns.until; x++) {
      const whole = dayAt(scale, x) >= from && dayAt(scale, x + 1) <= until;
      if (whole || columns.until - columns.from === 1) grid.put(x, y, glyph, 'calm');
    }
  }
}

/** Releases that happened, advisories that what runs is open to, and the band of the next feature release. */
export function drawLane(grid: Grid, y: number, scale: Scale, row: LaneRow, theme: Theme): void {
  for (const hold of row.holds) {
    const columns = columnsOf(scale, hold);
    if (columns !== null)
      grid.put(columns.from, y, theme.glyphs.hold.repeat(columns.until - columns.from), 'calm', columns.until);
  }
  if (row.band !== null) drawBand(grid, y, scale, row.band, theme);
  // The bigger release wins a column that several share.
  for (const level of ['patch', 'minor', 'major'] as const) {
    for (const tick of row.ticks) if (tick.release.level === level) drawTick(grid, y, scale, row, tick, theme);
  }
  for (const { day } of row.advisories) {
    const x = columnOf(scale, day);
    if (x >= scale.x && x < scale.end) grid.put(x, y, theme.glyphs.advisory, 'alarm');
  }
  if (row.eol !== null) drawEnd(grid, y, scale, row.eol.day, row.eol.line, theme);
  for (const tick of row.ticks) if (tick.label !== null) drawTickLabel(grid, y, scale, tick, tick.label);
}

function drawBand(grid: Grid, y: number, scale: Scale, band: NonNullable<LaneRow['band']>, theme: Theme): void {
  const { glyphs } = theme;
  const outer = columnsOf(scale, { from: band.p10, until: band.p90 + 1 });
  if (outer === null) return;
  const inner = columnsOf(scale, { from: band.p25, until: band.p75 + 1 });
  grid.put(outer.from, y, glyphs.outer.repeat(outer.until - outer.from), 'band', outer.until);
  if (inner !== null) grid.put(inner.from, y, glyphs.inner.repeat(inner.until - inner.from), 'band', inner.until);
  const median = columnOf(scale, band.p50);
  if (median >= scale.x && median < scale.end) grid.put(median, y, glyphs.median, 'median');
  putBeside(grid, scale, theme, { y, from: outer.from, until: outer.until, text: band.label, role: 'median' });
}

/** The end of life of a line, named where there is room. */
export function drawEnd(grid: Grid, y: number, scale: Scale, day: number, line: string, theme: Theme): void {
  const x = columnOf(scale, day);
  if (x < scale.x || x >= scale.end) return;
  grid.put(x, y, theme.glyphs.eol, 'alarm', scale.end);
  const room = Array.from({ length: widthOf(line) }, (_, i) => x + 1 + i);
  if (line !== '' && x + 1 + widthOf(line) <= scale.end && room.every((column) => grid.isBlank(column, y))) {
    grid.put(x + 1, y, line, 'alarm', scale.end);
  }
}

export function drawTick(
  grid: Grid,
  y: number,
  scale: Scale,
  row: { readonly hue: number },
  tick: Tick,
  theme: Theme,
): void {
  const x = columnOf(scale, tick.day);
  if (x < scale.x || x >= scale.end) return;
  const { level, urgency } = tick.release;
  if (urgency !== null && GRAVE.test(urgency)) {
    grid.put(x, y, theme.glyphs.security, 'alarm');
    return;
  }
  const glyph = level === 'major' || level === 'minor' ? theme.glyphs[level] : theme.glyphs.patch;
  grid.put(x, y, glyph, level === 'patch' ? 'text' : hueOf(row));
}

/** Only over blanks: a line's name is worth less than any release. */
function drawTickLabel(grid: Grid, y: number, scale: Scale, tick: Tick, label: string): void {
  const x = columnOf(scale, tick.day);
  if (x < scale.x || x + 1 + widthOf(label) > scale.end) return;
  const room = Array.from({ length: widthOf(label) }, (_, i) => x + 1 + i);
  if (room.every((column) => grid.isBlank(column, y))) grid.put(x + 1, y, label, 'strong', scale.end);
}
