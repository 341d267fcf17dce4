import type { DayNumber } from '../domain/day.ts';
import type { Overview } from '../domain/overview.ts';
import type { Command } from './command.ts';
import type { DecideRequest } from './decide.ts';
import { lookUp } from './keymap.ts';
import type { DetailMode, Size } from './layout.ts';
import { type TimelineModel, timelineModel } from './model.ts';
import { isSelectable } from './row.ts';
import { run } from './run-command.ts';
import { isDecidable } from './selection.ts';
import { cells } from './text.ts';
import { viewportOf } from './viewport.ts';
import type { Zoom } from './zoom.ts';

/** Everything the calendar remembers. Other views add theirs to `view` and share cursor and selection. */
export interface State {
  readonly model: TimelineModel;
  readonly size: Size;
  readonly view: 'timeline';
  readonly cursor: DayNumber;
  /** Id of a row; `''` when there is none to select. */
  readonly selected: string;
  readonly zoom: Zoom;
  /** First day and first body row on screen, as last settled by the viewport. */
  readonly left: DayNumber;
  readonly top: number;
  readonly detail: DetailMode;
  /** Lines of the why-pane scrolled past. */
  readonly detailTop: number;
  readonly help: boolean;
  /** First half of a two-key command. */
  readonly pending: string | null;
  /** A rejection being typed: its window and the reason so far. */
  readonly prompt: { readonly windowId: string; readonly text: string } | null;
  /** What to say once, until the next key. */
  readonly toast: string | null;
  /** A decision on its way to the disk; one at a time. */
  readonly request: DecideRequest | null;
  readonly leaving: boolean;
}

export type Action =
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'resize'; readonly size: Size }
  /** The answer to `state.request`; `overview` is `null` when nothing was written. */
  | { readonly type: 'decided'; readonly overview: Overview | null; readonly message: string };

/** The calendar as it opens: today under the cursor, the first window selected. */
export function initialState(overview: Overview, size: Size): State {
  const model = timelineModel(overview);
  const rows = model.rows.filter(isSelectable);
  const first = rows.find(isDecidable) ?? rows[0];
  const state: State = {
    model,
    size,
    view: 'timeline',
    cursor: model.today,
    selected: first?.id ?? '',
    zoom: 2,
    left: model.today - 14,
    top: 0,
    detail: 'pane',
    detailTop: 0,
    help: false,
    pending: null,
    prompt: null,
    toast: null,
    request: null,
    leaving: false,
  };
  return settle(state);
}

/** The next state; pure, and total over keys. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'key':
      return settle(press({ ...state, toast: null }, action.key));
    case 'paste':
      return state.prompt === null ? state : type(state, action.text);
    case 'resize':
      return settle({ ...state, size: action.size });
    case 'decided':
      return settle(decided(state, action.overview, action.message));
  }
}

function press(state: State, key: string): State {
  if (state.prompt !== null) return answer(state, state.prompt, key);
  const found = lookUp(state.pending, key);
  const next = { ...state, pending: null };
  if (found === 'first-half') return { ...state, pending: key };
  return found === null ? next : command(next, found);
}

function command(state: State, command: Command): State {
  if (command.type === 'quit') return { ...state, leaving: true };
  if (command.type === 'help') return { ...state, help: !state.help };
  if (command.type === 'close' && state.help) return { ...state, help: false };
  // Under the help nothing moves unseen.
  if (state.help) return state;
  return run(state, command);
}

function answer(state: State, prompt: NonNullable<State['prompt']>, key: string): State {
  if (key === 'escape') return { ...state, prompt: null, toast: 'Nothing was rejected' };
  if (key === 'ctrl-c') return { ...state, leaving: true };
  if (key === 'backspace')
    return { ...state, prompt: { ...prompt, text: Array.from(prompt.text).slice(0, -1).join('') } };
  if (key !== 'enter') return Array.from(key).length === 1 ? type(state, key) : state;
  const reason = prompt.text.trim();
  const request = { kind: 'reject' as const, windowId: prompt.windowId, reason: reason === '' ? null : reason };
  return { ...state, prompt: null, request };
}

const LONGEST_REASON = 200;

function type(state: State, text: string): State {
  if (state.prompt === null) return state;
  const clean = cells(text)
    .map((cell) => cell.text)
    .join('');
  const all = Array.from(state.prompt.text + clean)
    .slice(0, LONGEST_REASON)
    .join('');
  return { ...state, prompt: { ...state.prompt, text: all } };
}

function decided(state: State, overview: Overview | null, toast: string): State {
  if (overview === null) return { ...state, request: null, toast };
  const model = timelineModel(overview);
  const before = state.model.rows.filter(isSelectable).findIndex((row) => row.id === state.selected);
  const rows = model.rows.filter(isSelectable);
  const same = rows.find((row) => row.id === state.selected) ?? rows[Math.min(Math.max(0, before), rows.length - 1)];
  return { ...state, model, selected: same?.id ?? '', request: null, toast, detailTop: 0 };
}

/** Brings everything back in range after any change. */
function settle(state: State): State {
  const { first, last } = state.model;
  const bounded = { ...state, cursor: Math.min(Math.max(state.cursor, first), last) };
  return { ...bounded, ...viewportOf(bounded, bounded.size) };
}
