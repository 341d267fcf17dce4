import type { Command } from './command.ts';
import { detailOverflow } from './compose/detail.ts';
import { addMonths } from './dates.ts';
import { layoutOf } from './layout.ts';
import { isSelectable } from './row.ts';
import { isDecidable, selectedRow } from './selection.ts';
import type { State } from './state.ts';
import { zoomed } from './zoom.ts';

/** What a command does to the calendar with nothing open above it. Ranges are settled by the caller. */
export function run(state: State, command: Command): State {
  const { model, cursor } = state;
  switch (command.type) {
    case 'day':
      return at(state, cursor + command.by * (state.zoom >= 7 ? state.zoom : 1));
    case 'sprint':
      return at(state, cursor + command.by * model.sprints.days);
    case 'month':
      return at(state, addMonths(cursor, command.by));
    case 'today':
      return at(state, model.today);
    case 'edge':
      return at(state, command.to === 'first' ? model.first : model.last);
    case 'row':
      return byRows(state, command.by);
    case 'window':
      return byWindows(state, command.by);
    case 'zoom':
      return { ...state, zoom: zoomed(state.zoom, command.by) };
    case 'detail':
      return { ...state, detail: state.detail === 'hidden' ? 'pane' : 'hidden', detailTop: 0 };
    case 'expand':
      return { ...state, detail: state.detail === 'full' ? 'pane' : 'full', detailTop: 0 };
    case 'page':
      return paged(state, command.by);
    case 'close':
      return state.detail === 'full' ? { ...state, detail: 'pane', detailTop: 0 } : state;
    case 'accept':
    case 'reject':
      return decide(state, command.type);
    default:
      return state;
  }
}

function at(state: State, cursor: number): State {
  return { ...state, cursor, detailTop: 0 };
}

function byRows(state: State, by: number): State {
  const rows = state.model.rows.filter(isSelectable);
  const index = rows.findIndex((row) => row.id === state.selected) + by;
  const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
  return row === undefined ? state : { ...state, selected: row.id, detailTop: 0 };
}

function byWindows(state: State, by: number): State {
  const rows = state.model.rows.filter(isSelectable);
  const windows = rows.filter(isDecidable);
  const here = rows.findIndex((row) => row.id === state.selected);
  const next =
    by > 0 ? windows.find((row) => rows.indexOf(row) > here) : windows.findLast((row) => rows.indexOf(row) < here);
  const row = next ?? (by > 0 ? windows[0] : windows.at(-1));
  if (row === undefined) return { ...state, toast: 'The plan has no windows' };
  const toast = next === undefined ? (by > 0 ? 'Back at the first window' : 'Back at the last window') : state.toast;
  return { ...at(state, row.from), selected: row.id, toast };
}

function paged(state: State, by: number): State {
  const area = layoutOf(state.model, state.size, state.detail)?.detail ?? null;
  if (area === null) return state;
  const page = Math.max(1, area.height - 2);
  const top = Math.min(state.detailTop + by * page, detailOverflow(area, state));
  return { ...state, detailTop: Math.max(0, top) };
}

function decide(state: State, kind: 'accept' | 'reject'): State {
  const row = selectedRow(state);
  if (row === null || !isDecidable(row)) return { ...state, toast: `Only a window can be ${kind}ed: go to one with n` };
  if (state.request !== null) return { ...state, toast: 'Still writing the last decision' };
  // An upgrade is decided on as a whole, unless the cursor stands on one of its steps.
  const step = row.kind === 'upgrade' ? row.steps.find((s) => s.from <= state.cursor && state.cursor < s.until) : null;
  const windowId = row.kind === 'window' ? row.window.id : (step?.window.id ?? row.item);
  if (kind === 'reject') return { ...state, prompt: { windowId, text: '' } };
  return { ...state, request: { kind, windowId, reason: null } };
}
