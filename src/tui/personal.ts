import { KEYMAP, type Keymap, rebound } from './keymap.ts';
import type { Moved } from './shell.ts';
import type { Settings } from './theme.ts';

/** What may differ from one user to the next, and from one start to the next. */
export interface Personal {
  readonly keymap: Keymap;
  readonly changed: readonly Moved[];
}

export function personalOf({ keys }: Pick<Settings, 'keys'>, changed: readonly Moved[] = []): Personal {
  return { keymap: keys === undefined ? KEYMAP : rebound(KEYMAP, keys).keymap, changed };
}
