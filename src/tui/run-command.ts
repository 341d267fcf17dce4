import type { DayNumber } from '../domain/day.ts';
import type { Command } from './command.ts';
import { detailOverflow } from './compose/detail.ts';
import { addMonths } from './dates.ts';
import { decide, probe, publish, relax, takeBack } from './deciding.ts';
import { entriesIn, entryIndex } from './entries.ts';
import { jump } from './jump.ts';
import { layoutOf } from './layout.ts';
import { NO_MODE } from './mode.ts';
import { isSelectable } from './row.ts';
import { startMove } from './run-move.ts';
import { isDecidable, selectedRow } from './selection.ts';
import type { State } from './state.ts';
import { isStepOf } from './step-rows.ts';
import type { ViewName } from './view.ts';
import { rowsIn } from './visible.ts';
import { zoomed } from './zoom.ts';

/** What a command does to the calendar with nothing open above it. Ranges are settled by the caller. */
export function run(state: State, command: Command): State {
  const { model, cursor } = state;
  switch (command.type) {
    case 'day':
      return goTo(state, cursor + command.by * daysOfStep(state));
    case 'sprint':
      return goTo(state, cursor + command.by * model.sprints.days);
    case 'month':
      return goTo(state, addMonths(cursor, command.by));
    case 'today':
      return goTo(state, model.today);
    case 'edge':
      return goTo(state, command.to === 'first' ? model.first : model.last);
    case 'row':
      return byRows(state, command.by);
    case 'window':
      return byWindows(state, command.by);
    case 'jump':
      return jump(state, command.to, command.by);
    case 'zoom':
      return { ...state, zoom: zoomed(state.zoom, command.by) };
    case 'view':
      return inView(state, command.to);
    case 'page':
      return paged(state, command.by);
    case 'decide':
      return decide(state, command.kind);
    case 'copy':
      return { ...state, request: state.request ?? { type: 'copy', as: command.as } };
    case 'export':
      return { ...state, request: state.request ?? { type: 'save', as: command.as } };
    default:
      return simple(state, command.type);
  }
}

function simple(state: State, type: Extract<Command, { type: string }>['type']): State {
  switch (type) {
    case 'detail':
      return { ...state, detail: state.detail === 'hidden' ? 'pane' : 'hidden', detailTop: 0 };
    case 'expand':
      return { ...state, detail: state.detail === 'full' ? 'pane' : 'full', detailTop: 0 };
    case 'subject':
      return { ...state, subject: state.subject === 'day' ? 'row' : 'day', detailTop: 0 };
    case 'fold':
      return folded(state);
    case 'close':
      return closed(state);
    case 'why-not':
      return probe(state);
    case 'move':
      return startMove(state);
    case 'relax':
      return relax(state);
    case 'undo':
      return takeBack(state, 'before');
    case 'redo':
      return takeBack(state, 'after');
    case 'publish':
      return publish(state);
    case 'go-to-date':
      return asking(state, 'date');
    case 'filter':
      return asking(state, 'filter');
    case 'palette':
      return { ...state, mode: { kind: 'palette', text: '', index: 0 } };
    case 'refresh':
      return { ...state, request: state.request ?? { type: 'refresh' } };
    case 'sync':
      return state.sync === null
        ? { ...state, sync: { done: 0, of: 0, at: '' } }
        : { ...state, toast: 'Already syncing' };
    default:
      return state;
  }
}

/** The cursor on another day; in month and week the why-pane is about that day. */
export function goTo(state: State, cursor: DayNumber): State {
  const byDay = state.view === 'month' || state.view === 'week';
  return { ...state, cursor, entry: '', detailTop: 0, tried: null, subject: byDay ? 'day' : state.subject };
}

/** Columns of a zoomed timeline and weeks of the week view are steps of their own. */
function daysOfStep({ view, zoom }: State): number {
  if (view === 'week') return 7;
  return view === 'timeline' && zoom >= 7 ? zoom : 1;
}

function byRows(state: State, by: number): State {
  if (state.view === 'month') return goTo(state, state.cursor + 7 * by);
  if (state.view === 'week') return goTo(state, state.cursor + by);
  if (state.view === 'agenda') return byEntries(state, by);
  const rows = rowsIn(state).filter(isSelectable);
  const index = rows.findIndex((row) => row.id === state.selected) + by;
  const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
  return row === undefined ? state : { ...state, selected: row.id, subject: 'row', detailTop: 0, tried: null };
}

function byEntries(state: State, by: number): State {
  const entries = entriesIn(state);
  const entry = entries[Math.min(Math.max(entryIndex(state) + by, 0), entries.length - 1)];
  if (entry === undefined) return state;
  const { id, from, rowId } = entry;
  return {
    ...goTo(state, from),
    entry: id,
    selected: rowId ?? state.selected,
    subject: rowId === null ? 'day' : 'row',
  };
}

function byWindows(state: State, by: number): State {
  const rows = rowsIn(state).filter(isSelectable);
  const windows = rows.filter(isDecidable);
  const here = rows.findIndex((row) => row.id === state.selected);
  const next =
    by > 0 ? windows.find((row) => rows.indexOf(row) > here) : windows.findLast((row) => rows.indexOf(row) < here);
  const row = next ?? (by > 0 ? windows[0] : windows.at(-1));
  if (row === undefined) return { ...state, toast: 'There is no window to go to' };
  const toast = next === undefined ? (by > 0 ? 'Back at the first window' : 'Back at the last window') : state.toast;
  return { ...goTo(state, row.from), selected: row.id, subject: 'row', toast };
}

/** Month and week are about days, timeline and agenda about rows. */
function inView(state: State, view: ViewName): State {
  if (view === state.view) return state;
  const subject = view === 'month' || view === 'week' ? 'day' : 'row';
  return { ...state, view, subject, entry: '', detailTop: 0, detail: state.detail === 'full' ? 'pane' : state.detail };
}

function paged(state: State, by: number): State {
  const area = layoutOf(state.model, state.size, state.detail, state.view)?.detail ?? null;
  if (area === null) return state;
  const page = Math.max(1, area.height - 2);
  const top = Math.min(state.detailTop + by * page, detailOverflow(area, state));
  return { ...state, detailTop: Math.max(0, top) };
}

/** Opens a lane into its lines, or work into its steps, and closes what was opened, also from within. */
function folded(state: State): State {
  const row = selectedRow(state);
  const whole = state.model.rows.find(
    (one) =>
      (one.kind === 'lane' && (one.id === row?.id || row?.id.startsWith(`line:${one.id}:`) === true)) ||
      (one.kind === 'upgrade' && (one.id === row?.id || (row !== null && isStepOf(row.id, one)))),
  );
  if (whole === undefined) return { ...state, toast: 'Only a product opens into lines, and work into steps' };
  const expanded = new Set(state.expanded);
  if (!expanded.delete(whole.id)) expanded.add(whole.id);
  return { ...state, expanded, selected: whole.id };
}

/** One thing at a time: the full pane, what was tried, the filter. */
function closed(state: State): State {
  if (state.mode.kind !== 'none') return { ...state, mode: NO_MODE };
  if (state.detail === 'full') return { ...state, detail: 'pane', detailTop: 0 };
  if (state.tried !== null) return { ...state, tried: null };
  return state.filter === '' ? state : { ...state, filter: '', toast: 'All rows again' };
}

function asking(state: State, about: 'date' | 'filter'): State {
  const text = about === 'filter' ? state.filter : '';
  return { ...state, mode: { kind: 'ask', about, text, windowId: '', offer: null } };
}
