import type { Command } from './command.ts';

export type Group = 'Move' | 'Look' | 'Decide' | 'Other';

/** One thing a key does. The table drives the dispatcher, the footer and the help. */
export interface Binding {
  /** Keys as normalised; two characters with a space between are pressed one after the other. */
  readonly keys: readonly string[];
  /** The keys as written in the help; `null` when the entry before tells of both. */
  readonly shown: string | null;
  readonly label: string;
  readonly group: Group;
  readonly command: Command;
  /** Place in the footer, lowest kept longest; absent: only in the help. */
  readonly hint?: { readonly priority: number; readonly text: string };
}

export const KEYMAP: readonly Binding[] = [
  bind(['h', 'left'], 'h l ← →', 'day; at week zoom a column', 'Move', { type: 'day', by: -1 }),
  bind(['l', 'right'], null, 'next day', 'Move', { type: 'day', by: 1 }),
  bind(['H'], 'H L', 'sprint', 'Move', { type: 'sprint', by: -1 }),
  bind(['L'], null, 'next sprint', 'Move', { type: 'sprint', by: 1 }),
  bind(['['], '[ ]', 'month', 'Move', { type: 'month', by: -1 }),
  bind([']'], null, 'next month', 'Move', { type: 'month', by: 1 }),
  bind(['{'], '{ }', 'quarter', 'Move', { type: 'month', by: -3 }),
  bind(['}'], null, 'next quarter', 'Move', { type: 'month', by: 3 }),
  bind(['j', 'down'], 'j k ↓ ↑', 'next, previous row', 'Move', { type: 'row', by: 1 }),
  bind(['k', 'up'], null, 'previous row', 'Move', { type: 'row', by: -1 }),
  bind(['n'], 'n N', 'next, previous window', 'Move', { type: 'window', by: 1 }, hint(3, 'n/N window')),
  bind(['N'], null, 'previous window', 'Move', { type: 'window', by: -1 }),
  bind(['t'], 't', 'today', 'Move', { type: 'today' }, hint(7, 't today')),
  bind(['g g', 'home'], 'gg G', 'first, last dated thing', 'Move', { type: 'edge', to: 'first' }),
  bind(['G', 'end'], null, 'last dated thing', 'Move', { type: 'edge', to: 'last' }),
  bind(['+', '='], '+ -', 'zoom in, out', 'Look', { type: 'zoom', by: -1 }, hint(8, '+/- zoom')),
  bind(['-', '_'], null, 'zoom out', 'Look', { type: 'zoom', by: 1 }),
  bind(['e'], 'e', 'show or hide the why-pane', 'Look', { type: 'detail' }, hint(6, 'e why')),
  bind(['enter'], 'enter', 'why at full height, and back', 'Look', { type: 'expand' }, hint(9, 'enter more')),
  bind([' ', 'pagedown'], 'space b', 'page through the why-pane', 'Look', { type: 'page', by: 1 }),
  bind(['b', 'pageup'], null, 'previous page', 'Look', { type: 'page', by: -1 }),
  bind(['a'], 'a', 'accept the window', 'Decide', { type: 'accept' }, hint(4, 'a accept')),
  bind(['x'], 'x', 'reject it, with a reason', 'Decide', { type: 'reject' }, hint(5, 'x reject')),
  bind(['escape'], 'esc', 'close what is open', 'Other', { type: 'close' }),
  bind(['?'], '?', 'this help', 'Other', { type: 'help' }, hint(2, '? help')),
  bind(['q', 'ctrl-c'], 'q', 'quit', 'Other', { type: 'quit' }, hint(1, 'q quit')),
];

/** What a key means after the keys still waiting for their second half: a command, a first half, or nothing. */
export function lookUp(pending: string | null, key: string): Command | 'first-half' | null {
  const pressed = pending === null ? key : `${pending} ${key}`;
  const binding = KEYMAP.find(({ keys }) => keys.includes(pressed));
  if (binding !== undefined) return binding.command;
  if (KEYMAP.some(({ keys }) => keys.some((sequence) => sequence.startsWith(`${pressed} `)))) return 'first-half';
  // A broken sequence gives its last key a meaning of its own.
  return pending === null ? null : lookUp(null, key);
}

function hint(priority: number, text: string): NonNullable<Binding['hint']> {
  return { priority, text };
}

function bind(
  keys: readonly string[],
  shown: string | null,
  label: string,
  group: Group,
  command: Command,
  hint?: Binding['hint'],
): Binding {
  const binding = { keys, shown, label, group, command };
  return hint === undefined ? binding : { ...binding, hint };
}
