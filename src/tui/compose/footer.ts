import { type Context, continuations, type Keymap, spell } from '../keymap.ts';
import type { Ask } from '../mode.ts';
import { describe } from '../request.ts';
import type { State } from '../state.ts';
import { truncate, widthOf } from '../text.ts';
import type { Role, Theme } from '../theme.ts';
import type { Grid } from './grid.ts';

/** The last line: a question, else something said once, else the keys that mean something here. */
export function drawFooter(grid: Grid, y: number, state: State, theme: Theme): void {
  const width = grid.columns - 2;
  if (state.mode.kind === 'ask') {
    drawQuestion(grid, y, state.mode, width, theme);
    return;
  }
  const [text, role] = words(state, width);
  const shown = theme.ascii ? text.replace(/[←→↑↓]/g, '') : text;
  grid.put(1, y, truncate(shown, width, theme.glyphs.ellipsis), role);
}

function words(state: State, width: number): readonly [string, Role] {
  if (state.toast !== null) return [state.toast, 'toast'];
  if (state.request !== null) return [describe(state.request), 'toast'];
  if (state.pending !== null) {
    const more = continuations(state.keymap, state.pending).map(([key, label]) => `${spell(key)} ${label}`);
    return [`${state.pending} ...   ${more.join('   ')}`, 'toast'];
  }
  return [hints(state.keymap, state.mode.kind === 'move' ? 'move' : 'main', width), 'dim'];
}

/** As many hints as fit; the most needed stay longest, and all stand in the order of the table. */
export function hints(keymap: Keymap, context: Context, width: number): string {
  const all = keymap.flatMap((binding, index) => {
    const { hint, keys, pair, contexts } = binding;
    const shown =
      hint !== undefined &&
      (hint.context === context || (context === 'move' && hint.priority <= 1 && contexts.includes('move')));
    const [key] = keys;
    if (hint === undefined || !shown || key === undefined) return [];
    const other = pair ? keymap[index + 1]?.keys[0] : undefined;
    return [
      { priority: hint.priority, text: `${spell(key)}${other === undefined ? '' : `/${spell(other)}`} ${hint.text}` },
    ];
  });
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

/** What is asked, what was typed so far (its end stays in sight), and the keys that answer. */
function drawQuestion(grid: Grid, y: number, ask: Ask, width: number, theme: Theme): void {
  const [question, keys] = questionOf(ask);
  const room = width - widthOf(keys) - 1;
  const x = grid.put(1, y, truncate(question, Math.floor(room * 0.7), theme.glyphs.ellipsis), 'toast');
  let shown = Array.from(ask.text);
  while (widthOf(shown.join('')) > 1 + room - x) shown = shown.slice(1);
  const end = grid.put(x, y, shown.join(''), 'text');
  grid.put(end, y, '_', 'cursor');
  grid.put(grid.columns - 1 - widthOf(keys), y, keys, 'dim');
}

function questionOf({ about, windowId, offer }: Ask): readonly [string, string] {
  switch (about) {
    case 'reason':
      return [`Reject ${windowId}, why? `, '   enter: reject   esc: keep'];
    case 'filter':
      return ['Show only: ', '   enter: keep   esc: all'];
    case 'date':
      return ['Go to (2027-01-11, +3w, S45, jan): ', '   enter: go   esc: stay'];
    case 'relax':
      return [`Which would do it for ${windowId}? Its number: `, '   enter: write it to neap.yaml   esc: none'];
    case 'offer':
      return [
        `neap.yaml becomes ${
          offer?.lines
            .filter((line) => line.startsWith('+'))
            .map((line) => line.slice(1).trim())
            .join('; ') ?? ''
        } (y/N)? `,
        '   enter',
      ];
  }
}
