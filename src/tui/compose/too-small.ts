import { type Size, SMALLEST } from '../layout.ts';
import type { Grid } from './grid.ts';

/** What is needed, and the command that says the same as text. */
export function drawTooSmall(grid: Grid, size: Size): void {
  grid.put(0, 0, `neap needs ${SMALLEST.columns}x${SMALLEST.rows}, here are ${size.columns}x${size.rows}.`, 'strong');
  grid.put(0, 1, 'As text: neap agenda   q quit');
}
