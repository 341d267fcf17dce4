import { widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import type { Grid } from './grid.ts';

/** The signs on one line, as many as fit. */
export function drawLegend(grid: Grid, y: number, width: number, { glyphs }: Theme): void {
  const entries = [
    `${glyphs.major}${glyphs.minor}${glyphs.patch} major/minor/patch`,
    `${glyphs.outer}${glyphs.inner}${glyphs.median} forecast p10, p25-p75, p50`,
    `${glyphs.calm.repeat(2)} patch-only`,
    `${glyphs.fit[0]}${glyphs.fit[7]} fit`,
    `${glyphs.bar} work ${glyphs.wait} wait`,
    `${glyphs.noReturn} no return`,
    `${glyphs.freeze} freeze`,
  ];
  let x = 1;
  for (const entry of entries) {
    if (x + widthOf(entry) > width - 1) return;
    x = grid.put(x, y, entry, 'dim', width) + 3;
  }
}
