import type { Overview } from '../domain/overview.ts';
import { compose } from './compose/compose.ts';
import type { Size } from './layout.ts';
import { personalOf } from './personal.ts';
import { initialState } from './state.ts';
import { type Settings, themeFor } from './theme.ts';

/** The first frame as text, lines parted by `\r\n`, none after the last. Pure. */
export function earlyPaint(overview: Overview, size: Size, settings: Settings): string {
  const state = initialState(overview, size, personalOf(settings));
  return compose(state.model, state, size, themeFor(settings)).join('\r\n');
}
