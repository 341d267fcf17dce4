import { decidableRow, seenOf, selectedRow, stepOn, windowOf } from './selection.ts';
import type { State } from './state.ts';

const DONE_WORDS = { accept: 'accepted', pin: 'pinned', reject: 'rejected', done: 'done' } as const;

/** Asks for a decision on what the cursor is on. */
export function decide(state: State, kind: 'accept' | 'pin' | 'reject' | 'done'): State {
  const row = decidableRow(state);
  if (row === null) return { ...state, toast: `Only a window can be ${DONE_WORDS[kind]}: go to one with n` };
  if (state.request !== null) return { ...state, toast: 'Still writing the last decision' };
  // A row of several steps is accepted as a whole: its steps have rows of their own. Being done, and rejected, is of one step.
  const whole = row.kind === 'upgrade' ? row.item : row.window.id;
  const step = kind === 'done' ? windowOf(row, state.cursor) : (stepOn(row, state.cursor)?.window ?? null);
  const together = row.kind === 'upgrade' && (kind === 'accept' || kind === 'pin');
  const windowId = together ? whole : (step?.id ?? whole);
  if (kind === 'reject') {
    return { ...state, mode: { kind: 'ask', about: 'reason', text: '', windowId, offer: null } };
  }
  return { ...state, request: { type: 'decide', kind, windowId, reason: null, seen: seenOf(state.model, windowId) } };
}

/** Undo and redo, newest first. */
export function takeBack(state: State, to: 'before' | 'after'): State {
  if (state.request !== null) return { ...state, toast: 'Still writing the last decision' };
  const change = (to === 'before' ? state.undo : state.redo).at(-1);
  if (change === undefined) {
    return { ...state, toast: to === 'before' ? 'Nothing was decided here yet' : 'Nothing was undone' };
  }
  return { ...state, request: { type: 'restore', change, to } };
}

/** Asks for the plan's proposals to be published. */
export function publish(state: State): State {
  if (state.request !== null) return { ...state, toast: 'Still writing the last decision' };
  return { ...state, request: { type: 'publish' } };
}

/** What would free work without a place. Else tries the window under the cursor on the cursor's day; a week before its own when the cursor is on it. */
export function probe(state: State): State {
  const selected = state.subject === 'row' ? selectedRow(state) : null;
  if (selected?.kind === 'unplaced') return { ...state, relaxed: { item: selected.entry.item, found: null } };
  const row = decidableRow({ ...state, subject: state.tried === null ? state.subject : 'row' });
  const window = row === null ? null : windowOf(row, state.cursor);
  if (row === null || window === null)
    return { ...state, toast: 'Only a window can be asked why not: go to one with n' };
  const on = stepOn(row, state.cursor);
  const day = on === null ? state.cursor : on.from - 7;
  if (day < state.model.today) return { ...state, toast: 'Before today nothing can be planned' };
  return { ...state, tried: { windowId: window.id, day, trial: null }, detailTop: 0 };
}

/** Asks which of the relaxations that would free the selected work to take; works them out first. */
export function relax(state: State): State {
  const row = selectedRow(state);
  if (row?.kind !== 'unplaced') return { ...state, toast: 'Only work without a place: go to a row below Unplaced' };
  const { item } = row.entry;
  const found = state.relaxed?.item === item ? state.relaxed.found : null;
  if (found === null)
    return { ...probe({ ...state, subject: 'row' }), toast: 'Working out what would free it; then o again' };
  if (found.length === 0) return { ...state, toast: 'Nothing that may be relaxed would free it' };
  return { ...state, mode: { kind: 'ask', about: 'relax', text: '', windowId: item, offer: null } };
}
