import type { DayNumber } from '../domain/day.ts';
import type { Overview } from '../domain/overview.ts';
import type { Relaxation } from '../domain/plan.ts';
import { ask } from './asking.ts';
import { KEYMAP, type Keymap } from './keymap.ts';
import type { DetailMode, Size } from './layout.ts';
import { type Mode, NO_MODE, type Tried } from './mode.ts';
import { type TimelineModel, timelineModel } from './model.ts';
import type { Personal } from './personal.ts';
import { press } from './press.ts';
import type { Request } from './request.ts';
import { isSelectable } from './row.ts';
import { isDecidable } from './selection.ts';
import type { Answer, Change, SyncProgress, Trial } from './shell.ts';
import { typed } from './typing.ts';
import type { ViewName } from './view.ts';
import { viewportOf } from './viewport.ts';
import { rowsIn } from './visible.ts';
import type { Zoom } from './zoom.ts';

/** Everything the calendar remembers. The views share cursor and selection. */
export interface State {
  readonly model: TimelineModel;
  readonly keymap: Keymap;
  readonly size: Size;
  readonly view: ViewName;
  readonly cursor: DayNumber;
  /** Id of a row; `''` when there is none to select. */
  readonly selected: string;
  /** Id of the agenda's entry under the cursor; `''`: the first one of the cursor's day, or after it. */
  readonly entry: string;
  /** What the why-pane is about. */
  readonly subject: 'row' | 'day';
  /** Lanes opened into their lines, by row id. */
  readonly expanded: ReadonlySet<string>;
  /** Only rows and entries that match are shown; `''`: all. */
  readonly filter: string;
  readonly zoom: Zoom;
  /** First day and first body row on screen, as last settled by the viewport. */
  readonly left: DayNumber;
  readonly top: number;
  readonly detail: DetailMode;
  /** Lines of the why-pane scrolled past. */
  readonly detailTop: number;
  readonly mode: Mode;
  /** The window last tried on some day; shown until something else is selected. */
  readonly tried: Tried | null;
  /** What would free an item without a place; `found` is `null` while it is worked out. */
  readonly relaxed: { readonly item: string; readonly found: readonly Relaxation[] | null } | null;
  /** First half of a two-key command. */
  readonly pending: string | null;
  /** What to say once, until the next key. */
  readonly toast: string | null;
  /** Something the shell is asked for; one at a time. */
  readonly request: Request | null;
  /** `null` while nothing is being fetched. */
  readonly sync: SyncProgress | null;
  /** Decisions of this session that can be taken back and done again, newest last. */
  readonly undo: readonly Change[];
  readonly redo: readonly Change[];
  readonly leaving: boolean;
}

export type Action =
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'resize'; readonly size: Size }
  /** The answer to `state.request`. */
  | { readonly type: 'answered'; readonly answer: Answer }
  | { readonly type: 'tried'; readonly windowId: string; readonly day: DayNumber; readonly trial: Trial }
  | { readonly type: 'relaxed'; readonly item: string; readonly found: readonly Relaxation[] }
  /** Files or the day changed while nobody asked. */
  | { readonly type: 'refreshed'; readonly answer: Answer }
  | { readonly type: 'syncing'; readonly progress: SyncProgress }
  | { readonly type: 'synced'; readonly answer: Answer };

const SHIPPED: Personal = { keymap: KEYMAP, changed: [] };

/** The calendar as it opens: today under the cursor, the first window selected. */
export function initialState(overview: Overview, size: Size, { keymap, changed }: Personal = SHIPPED): State {
  const model = timelineModel(overview, changed);
  const rows = model.rows.filter(isSelectable);
  const first = rows.find(isDecidable) ?? rows[0];
  const state: State = {
    model,
    keymap,
    size,
    view: 'timeline',
    cursor: model.today,
    selected: first?.id ?? '',
    entry: '',
    subject: 'row',
    expanded: new Set(),
    filter: '',
    zoom: 2,
    left: model.today - 14,
    top: 0,
    detail: 'pane',
    detailTop: 0,
    mode: NO_MODE,
    tried: null,
    relaxed: null,
    pending: null,
    toast: null,
    request: null,
    sync: null,
    undo: [],
    redo: [],
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
      return settle(typed(state, action.text));
    case 'resize':
      return settle({ ...state, size: action.size });
    case 'answered':
      return settle(answered({ ...state, request: null }, action.answer, state.request));
    case 'refreshed':
      return settle(answered(state, action.answer, null));
    case 'syncing':
      return { ...state, sync: action.progress };
    case 'synced':
      return settle(answered({ ...state, sync: null }, action.answer, null));
    case 'relaxed':
      return state.relaxed?.item === action.item
        ? { ...state, relaxed: { item: action.item, found: action.found } }
        : state;
    case 'tried':
      return tried(state, action);
  }
}

function tried(state: State, { windowId, day, trial }: Extract<Action, { type: 'tried' }>): State {
  // The keys went on while the planner thought.
  if (state.tried?.windowId !== windowId || state.tried.day !== day) return state;
  return { ...state, tried: { windowId, day, trial } };
}

function answered(state: State, answer: Answer, request: Request | null): State {
  const next = { ...state, toast: answer.message === '' ? state.toast : answer.message };
  if (!answer.ok) return next;
  const { overview, changed } = answer.picture;
  const model =
    overview === state.model.overview && changed === state.model.changed
      ? state.model
      : timelineModel(overview, changed);
  return ask(history(moveInto(next, model), answer.change, request), answer.offer ?? null);
}

/** Takes another plan in: what was selected stays so, or its neighbour is; today's cursor stays on today. */
function moveInto(state: State, model: TimelineModel): State {
  if (model === state.model) return state;
  const before = rowsIn(state)
    .filter(isSelectable)
    .findIndex((row) => row.id === state.selected);
  const rows = rowsIn({ ...state, model }).filter(isSelectable);
  const same = rows.find((row) => row.id === state.selected) ?? rows[Math.min(Math.max(0, before), rows.length - 1)];
  const follows = state.cursor === state.model.today;
  return {
    ...state,
    model,
    selected: same?.id ?? '',
    cursor: follows ? model.today : state.cursor,
    // A window that is being moved may be gone; better to begin again than to drop it blindly.
    mode: state.mode.kind === 'move' ? NO_MODE : state.mode,
    tried: null,
    relaxed: null,
    detailTop: 0,
  };
}

function history(state: State, change: Change | null, request: Request | null): State {
  if (change === null) return state;
  if (request?.type !== 'restore') return { ...state, undo: [...state.undo, change], redo: [] };
  // What was taken back may lie anywhere: the selection goes there.
  const row = state.model.rows
    .filter(isSelectable)
    .filter(isDecidable)
    .find(({ id }) => id === `window:${change.item}`);
  const there = row === undefined ? state : { ...state, selected: row.id, cursor: row.from, subject: 'row' as const };
  return request.to === 'before'
    ? { ...there, undo: state.undo.slice(0, -1), redo: [...state.redo, change] }
    : { ...there, redo: state.redo.slice(0, -1), undo: [...state.undo, change] };
}

/** Brings everything back in range after any change. */
function settle(state: State): State {
  const { first, last } = state.model;
  const bounded = { ...state, cursor: Math.min(Math.max(state.cursor, first), last) };
  return { ...bounded, ...viewportOf(bounded, bounded.size) };
}
