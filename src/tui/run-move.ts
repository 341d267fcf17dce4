import { type DayNumber, fromNumber } from '../domain/day.ts';
import type { Command } from './command.ts';
import { addMonths } from './dates.ts';
import { type Move, NO_MODE } from './mode.ts';
import { decidableRow, seenOf, stepsOf, windowOf } from './selection.ts';
import type { State } from './state.ts';

/** Takes hold of the window under the cursor. */
export function startMove(state: State): State {
  const row = decidableRow(state);
  const window = row === null ? null : windowOf(row, state.cursor);
  const step = row === null ? undefined : stepsOf(row).find((one) => one.window === window);
  if (row === null || step === undefined) return { ...state, toast: 'Only a window can be moved: go to one with n' };
  if (step.window.state === 'done') return { ...state, toast: `${step.window.id} is done` };
  if (state.request !== null) return { ...state, toast: 'Still writing the last decision' };
  const { id: windowId, title } = step.window;
  const mode: Move = {
    kind: 'move',
    windowId,
    title,
    days: step.until - step.from,
    from: step.from,
    origin: step.from,
  };
  return { ...state, mode, selected: row.id, subject: 'row', cursor: step.from, tried: null, detailTop: 0 };
}

/** What a command does to a window that is being moved. */
export function runInMove(state: State, mode: Move, command: Command): State {
  const { sprints, today } = state.model;
  switch (command.type) {
    case 'day':
      return movedTo(
        state,
        mode,
        mode.from + command.by * (state.zoom >= 7 && state.view === 'timeline' ? state.zoom : 1),
      );
    case 'sprint': {
      const length =
        sprints.startOf(sprints.numberOf(mode.from) + command.by) - sprints.startOf(sprints.numberOf(mode.from));
      return movedTo(state, mode, mode.from + length);
    }
    case 'month':
      return movedTo(state, mode, addMonths(mode.from, command.by));
    case 'today':
      return movedTo(state, mode, today);
    case 'drop':
      return dropped(state, mode);
    case 'close':
      return { ...state, mode: NO_MODE, tried: null, cursor: mode.origin, toast: 'Nothing was moved' };
    default:
      return state;
  }
}

function movedTo(state: State, mode: Move, wanted: DayNumber): State {
  const last = state.model.last - mode.days + 1;
  const from = Math.min(Math.max(wanted, state.model.today), Math.max(last, state.model.today));
  const tried = from === mode.origin ? null : { windowId: mode.windowId, day: from, trial: null };
  return { ...state, mode: { ...mode, from }, cursor: from, tried, detailTop: 0 };
}

function dropped(state: State, mode: Move): State {
  const { windowId, from, origin } = mode;
  const next = { ...state, mode: NO_MODE, tried: null };
  if (from === origin) return { ...next, toast: 'It stays where it was' };
  const seen = seenOf(state.model, windowId);
  return { ...next, request: { type: 'decide', kind: 'move', windowId, reason: null, to: fromNumber(from), seen } };
}
