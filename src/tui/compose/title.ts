import type { State } from '../state.ts';
import { widthOf } from '../text.ts';
import { VIEW_TITLES, VIEWS } from '../view.ts';
import type { Grid } from './grid.ts';

/** The line above every view: which one it is, what else is going on, and the days it shows. */
export function drawTitle(grid: Grid, y: number, end: number, state: State, range: string): void {
  let x = grid.put(1, y, 'neap', 'strong') + 2;
  for (const [index, view] of VIEWS.entries()) {
    const here = view === state.view;
    const text = `${index + 1} ${VIEW_TITLES[view]}`;
    // Brackets, so that it shows without colour and in a copy as well.
    x = grid.put(x, y, here ? `[${text}]` : ` ${text} `, here ? 'strong' : 'dim', end);
  }
  const going = activity(state);
  const room = end - x - 2;
  // What goes on is worth more than the days, which the axis shows as well.
  const all = [[going, range].filter((text) => text !== '').join('   '), going, range];
  const text = all.find((one) => one !== '' && widthOf(one) <= room);
  if (text !== undefined) grid.put(end - 1 - widthOf(text), y, text, 'dim', end);
}

function activity({ sync, filter }: State): string {
  const parts: string[] = [];
  if (sync !== null) parts.push(sync.of === 0 ? 'syncing' : `syncing ${sync.done}/${sync.of} ${sync.at}`);
  if (filter !== '') parts.push(`only "${filter}"`);
  return parts.join('   ');
}
