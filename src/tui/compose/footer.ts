import { KEYMAP } from '../keymap.ts';
import type { State } from '../state.ts';
import { truncate, widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';
import type { Grid } from './grid.ts';

/** The last line: a question, else something said once, else the keys. */
export function drawFooter(grid: Grid, y: number, state: State, theme: Theme): void {
  const width = grid.columns - 2;
  const { ellipsis } = theme.glyphs;
  if (state.prompt !== null) {
    drawPrompt(grid, y, state.prompt, width, theme);
    return;
  }
  const said =
    state.toast ?? (state.request === null ? null : `Writing: ${state.request.kind} ${state.request.windowId}`);
  if (said !== null) {
    grid.put(1, y, truncate(said, width, ellipsis), 'toast');
    return;
  }
  if (state.pending !== null) {
    grid.put(1, y, `${state.pending} ...`, 'toast');
    return;
  }
  grid.put(1, y, hints(width), 'dim');
}

/** As many hints as fit; the most needed stay longest, and all stand in the order of the table. */
export function hints(width: number): string {
  const all = KEYMAP.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
  const byNeed = [...all].sort((a, b) => a.priority - b.priority);
  for (let count = byNeed.length; count > 0; count--) {
    const kept = new Set(byNeed.slice(0, count));
    const line = all
      .filter((hint) => kept.has(hint))
      .map(({ text }) => text)
      .join('   ');
    if (widthOf(line) <= width) return line;
  }
  return '';
}

/** The end of the reason stays in sight while it is typed. */
function drawPrompt(grid: Grid, y: number, prompt: NonNullable<State['prompt']>, width: number, theme: Theme): void {
  const question = `Reject ${prompt.windowId}, why? `;
  const keys = '   enter: reject   esc: keep';
  const room = width - widthOf(keys) - 1;
  const x = grid.put(1, y, truncate(question, Math.floor(room * 0.7), theme.glyphs.ellipsis), 'toast');
  let shown = Array.from(prompt.text);
  while (widthOf(shown.join('')) > 1 + room - x) shown = shown.slice(1);
  const end = grid.put(x, y, shown.join(''), 'text');
  grid.put(end, y, '_', 'cursor');
  grid.put(grid.columns - 1 - widthOf(keys), y, keys, 'dim');
}
