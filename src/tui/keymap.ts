import type { Command, ExportFormat, JumpTarget, SimpleCommand } from './command.ts';
import { VIEW_TITLES, VIEWS } from './view.ts';

export type Group = 'Move' | 'Jump' | 'Look' | 'Decide' | 'Other';

/** Where a key means something: the calendar, or while a window is being moved. What is typed has keys of its own. */
export type Context = 'main' | 'move';

/** One thing a key does. The table drives the dispatcher, the footer, the help, the palette and the documentation. */
export interface Binding {
  /** Name in the user's file, and for people who read it. */
  readonly id: string;
  /** Keys as normalised; two with a space between are pressed one after the other. Empty: only in the palette. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly group: Group;
  readonly command: Command;
  readonly contexts: readonly Context[];
  /** The next binding is its counterpart and shares its line in the help. */
  readonly pair: boolean;
  /** Place in the footer, lowest kept longest, and its words; absent: only in the help. */
  readonly hint?: { readonly priority: number; readonly text: string; readonly context: Context };
}

export type Keymap = readonly Binding[];

type More = Partial<Pick<Binding, 'contexts' | 'pair' | 'hint'>>;

const BOTH: readonly Context[] = ['main', 'move'];

export const KEYMAP: Keymap = [
  bind('day-back', ['h', 'left'], 'day back; in the week view a week', 'Move', by('day', -1), {
    pair: true,
    contexts: BOTH,
    hint: hint(3, 'day', 'move'),
  }),
  bind('day-forward', ['l', 'right'], 'day forward', 'Move', by('day', 1), { contexts: BOTH }),
  bind('down', ['j', 'down'], 'next row, week or entry', 'Move', by('row', 1), { pair: true }),
  bind('up', ['k', 'up'], 'the one before', 'Move', by('row', -1)),
  bind('sprint-back', ['H'], 'sprint back', 'Move', by('sprint', -1), {
    pair: true,
    contexts: BOTH,
    hint: hint(4, 'sprint', 'move'),
  }),
  bind('sprint-forward', ['L'], 'sprint forward', 'Move', by('sprint', 1), { contexts: BOTH }),
  bind('month-back', ['['], 'month back', 'Move', by('month', -1), { pair: true, contexts: BOTH }),
  bind('month-forward', [']'], 'month forward', 'Move', by('month', 1), { contexts: BOTH }),
  bind('quarter-back', ['{'], 'quarter back', 'Move', by('month', -3), { pair: true, contexts: BOTH }),
  bind('quarter-forward', ['}'], 'quarter forward', 'Move', by('month', 3), { contexts: BOTH }),

  bind('today', ['t'], 'today', 'Jump', simple('today'), { contexts: BOTH, hint: hint(9, 'today') }),
  bind('go-to-date', ['g d'], 'a date: 2027-01-11 +3w S45 jan', 'Jump', simple('go-to-date')),
  bind('next-window', ['n'], 'next window', 'Jump', by('window', 1), { pair: true, hint: hint(3, 'window') }),
  bind('previous-window', ['N'], 'window before', 'Jump', by('window', -1)),
  bind('next-feature', ['f'], 'next feature release or forecast', 'Jump', jump('feature', 1), { pair: true }),
  bind('previous-feature', ['F'], 'feature release before', 'Jump', jump('feature', -1)),
  bind('next-release', ['v'], 'next release of this lane', 'Jump', jump('release', 1), { pair: true }),
  bind('previous-release', ['V'], 'release before', 'Jump', jump('release', -1)),
  bind('next-deadline', ['D'], 'next deadline or end of life', 'Jump', jump('deadline', 1)),
  bind('next-changed', ['c'], 'next that moved since the plan before', 'Jump', jump('changed', 1)),
  bind('first', ['g g', 'home'], 'first dated thing', 'Jump', { type: 'edge', to: 'first' }, { pair: true }),
  bind('last', ['G', 'end'], 'last dated thing', 'Jump', { type: 'edge', to: 'last' }),

  ...VIEWS.map((view, index) =>
    bind(`view-${view}`, [String(index + 1)], `${VIEW_TITLES[view]} view`, 'Look', { type: 'view', to: view }),
  ),
  bind('zoom-in', ['+', '='], 'zoom in', 'Look', by('zoom', -1), { pair: true, hint: hint(11, 'zoom') }),
  bind('zoom-out', ['-', '_'], 'zoom out', 'Look', by('zoom', 1)),
  bind('fold', ['z'], 'open into lines or steps, and close', 'Look', simple('fold')),
  bind('filter', ['/'], 'show only rows that match', 'Look', simple('filter'), { hint: hint(8, 'find') }),
  bind('why', ['e'], 'show or hide the why-pane', 'Look', simple('detail')),
  bind('why-full', ['enter'], 'why at full height, and back', 'Look', simple('expand'), { hint: hint(12, 'why') }),
  bind('why-day', ['d'], 'why-pane: the day, or the row', 'Look', simple('subject')),
  bind('why-not', ['w'], 'why not here, or a week before', 'Look', simple('why-not'), {
    hint: hint(10, 'why not'),
  }),
  bind('page-down', [' ', 'pagedown'], 'page down in the why-pane', 'Look', by('page', 1), { pair: true }),
  bind('page-up', ['b', 'pageup'], 'page up', 'Look', by('page', -1)),

  bind('accept', ['a'], 'accept the window', 'Decide', { type: 'decide', kind: 'accept' }, { hint: hint(4, 'accept') }),
  bind(
    'pin',
    ['p'],
    'pin it: it stays even if it breaks',
    'Decide',
    { type: 'decide', kind: 'pin' },
    { hint: hint(13, 'pin') },
  ),
  bind('move', ['m'], 'move it, the rules alongside', 'Decide', simple('move'), { hint: hint(5, 'move') }),
  bind(
    'reject',
    ['x'],
    'reject it, with a reason',
    'Decide',
    { type: 'decide', kind: 'reject' },
    { hint: hint(6, 'reject') },
  ),
  bind('done', ['X'], 'it is done', 'Decide', { type: 'decide', kind: 'done' }),
  bind('relax', ['o'], 'relax what keeps work from a place', 'Decide', simple('relax')),
  bind('undo', ['u'], 'undo the last decision', 'Decide', simple('undo'), { pair: true, hint: hint(7, 'undo') }),
  bind('redo', ['U'], 'redo it', 'Decide', simple('redo')),
  bind('publish', ['P'], 'publish the plan to neap.plan.yaml', 'Decide', simple('publish')),
  bind('drop', ['enter'], 'leave the window there', 'Decide', simple('drop'), {
    contexts: ['move'],
    hint: hint(2, 'drop', 'move'),
  }),

  bind('copy', ['y'], 'copy the window as Markdown', 'Other', { type: 'copy', as: 'markdown' }, { pair: true }),
  bind('copy-text', ['Y'], 'copy it as text', 'Other', { type: 'copy', as: 'text' }),
  bind('export-agenda', [], 'write the agenda to a file', 'Other', exportAs('agenda')),
  bind('export-window', [], 'write the window to a file', 'Other', exportAs('window')),
  bind('export-frame', [], 'write this screen to a file', 'Other', exportAs('frame')),
  bind('export-calendar', [], 'export the plan as a calendar (.ics)', 'Other', exportAs('calendar')),
  bind('export-table', [], 'export the plan as a table (.csv)', 'Other', exportAs('table')),
  bind('export-report', [], 'write the report of the week (.html)', 'Other', exportAs('report')),
  bind('sync', ['R'], 'sync: ask the vendors anew', 'Other', simple('sync')),
  bind('refresh', ['r'], 'read the files again', 'Other', simple('refresh')),
  bind('palette', [':'], 'any command, date or row by name', 'Other', simple('palette')),
  bind('help', ['?'], 'this help', 'Other', simple('help'), { contexts: BOTH, hint: hint(1, 'help') }),
  bind('close', ['escape'], 'close, then clear the filter', 'Other', simple('close'), {
    contexts: BOTH,
    hint: hint(1, 'cancel', 'move'),
  }),
  bind('suspend', ['ctrl-z'], 'suspend; fg comes back', 'Other', simple('suspend'), { contexts: BOTH }),
  bind('quit', ['q', 'ctrl-c'], 'quit', 'Other', simple('quit'), { contexts: BOTH, hint: hint(0, 'quit') }),
];

/** What a key means after the keys still waiting for their second half: a command, a first half, or nothing. */
export function lookUp(
  keymap: Keymap,
  context: Context,
  pending: string | null,
  key: string,
): Command | 'first-half' | null {
  const pressed = pending === null ? key : `${pending} ${key}`;
  const here = keymap.filter(({ contexts }) => contexts.includes(context));
  const binding = here.find(({ keys }) => keys.includes(pressed));
  if (binding !== undefined) return binding.command;
  if (here.some(({ keys }) => keys.some((sequence) => sequence.startsWith(`${pressed} `)))) return 'first-half';
  // A broken sequence gives its last key a meaning of its own.
  return pending === null ? null : lookUp(keymap, context, null, key);
}

/** What may follow a first half: the key, and what it does. */
export function continuations(keymap: Keymap, pending: string): readonly (readonly [string, string])[] {
  return keymap.flatMap(({ keys, label }) =>
    keys.flatMap((sequence) =>
      sequence.startsWith(`${pending} `) ? [[sequence.slice(pending.length + 1), label] as const] : [],
    ),
  );
}

const SPOKEN: Readonly<Record<string, string>> = {
  ' ': 'space',
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
  escape: 'esc',
  pagedown: 'pgdn',
  pageup: 'pgup',
};

/** A key as people write it: `space`, `←`, `gg`, `^R`. */
export function spell(sequence: string): string {
  if (sequence === ' ') return 'space';
  return sequence
    .split(' ')
    .map((key) => SPOKEN[key] ?? (key.startsWith('ctrl-') ? `^${key.slice(5).toUpperCase()}` : key))
    .join('');
}

const WRITTEN: Readonly<Record<string, string>> = {
  space: ' ',
  esc: 'escape',
  return: 'enter',
  pgdn: 'pagedown',
  pgup: 'pageup',
};
const NAMED = [
  'enter',
  'escape',
  'tab',
  'backspace',
  'left',
  'right',
  'up',
  'down',
  'home',
  'end',
  'pagedown',
  'pageup',
];

/** A key as a person writes it in a file (`A`, `ctrl-r`, `space`, `g d`) as the calendar knows it; `null` when there is no such key. */
export function keyFrom(text: string): string | null {
  const keys = text
    .trim()
    .split(/ +/)
    .map((word) => WRITTEN[word.toLowerCase()] ?? word);
  const known = (key: string) => Array.from(key).length === 1 || NAMED.includes(key) || /^ctrl-[a-z]$/.test(key);
  return keys.length >= 1 && keys.length <= 2 && keys.every(known) ? keys.join(' ') : null;
}

/** The keymap with a user's keys in place of the shipped ones. Names nobody knows and clashes are said, the rest holds. */
export function rebound(
  keymap: Keymap,
  keys: Readonly<Record<string, readonly string[]>>,
): { readonly keymap: Keymap; readonly problems: readonly string[] } {
  const problems = Object.keys(keys)
    .filter((id) => !keymap.some((binding) => binding.id === id))
    .map((id) => `there is no key binding named ${id}`);
  const changed = keymap.map((binding) => ({ ...binding, keys: keys[binding.id] ?? binding.keys }));
  // A key the user gave away is no longer the shipped one's.
  const given = new Map(Object.entries(keys).flatMap(([id, own]) => own.map((key) => [key, id] as const)));
  const settled = changed.map((binding) => ({
    ...binding,
    keys: binding.keys.filter((key) => {
      const owner = given.get(key);
      const other = changed.find(({ id }) => id === owner);
      return other === undefined || owner === binding.id || !other.contexts.some((c) => binding.contexts.includes(c));
    }),
  }));
  for (const id of ['quit', 'help']) {
    const binding = settled.find((one) => one.id === id);
    if (binding !== undefined && binding.keys.length === 0) problems.push(`${id} has lost all its keys`);
  }
  return { keymap: settled, problems };
}

function hint(priority: number, text: string, context: Context = 'main'): NonNullable<Binding['hint']> {
  return { priority, text, context };
}

function by(type: Extract<Command, { by: number }>['type'], by: number): Command {
  return { type, by } as Command;
}

function simple(type: SimpleCommand): Command {
  return { type };
}

function jump(to: JumpTarget, by: number): Command {
  return { type: 'jump', to, by };
}

function exportAs(as: ExportFormat): Command {
  return { type: 'export', as };
}

function bind(
  id: string,
  keys: readonly string[],
  label: string,
  group: Group,
  command: Command,
  more: More = {},
): Binding {
  return { id, keys, label, group, command, contexts: more.contexts ?? ['main'], pair: more.pair ?? false, ...more };
}
