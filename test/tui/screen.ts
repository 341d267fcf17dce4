import { compose } from '../../src/tui/compose/compose.ts';
import type { Size } from '../../src/tui/layout.ts';
import { initialState, reduce, type State } from '../../src/tui/state.ts';
import { type Settings, themeFor } from '../../src/tui/theme.ts';
import { anOverview } from '../support/overview.ts';

export const PLAIN: Settings = { colorLevel: 'none', ascii: false };

/** The state after some keys, single characters or names. */
export function pressing(
  keys: readonly string[],
  size: Size = { columns: 100, rows: 30 },
  overview = anOverview(),
): State {
  return keys.reduce((state, key) => reduce(state, { type: 'key', key }), initialState(overview, size));
}

/** The lines on screen. */
export function screen(state: State, settings: Settings = PLAIN, size: Size = state.size): readonly string[] {
  return compose(state.model, state, size, themeFor(settings));
}

export function withoutSgr(text: string): string {
  return text.replace(/\x1b\[[0-9;]*m/g, '');
}

/** As a person reads it. */
export function text(state: State): string {
  return screen(state).map(withoutSgr).join('\n');
}
