import { dayFrom } from './date-words.ts';
import { type Ask, NO_MODE } from './mode.ts';
import { isSelectable } from './row.ts';
import { goTo } from './run-command.ts';
import { seenOf } from './selection.ts';
import type { Offer } from './shell.ts';
import type { State } from './state.ts';
import { shortened, typed } from './typing.ts';
import { rowsIn } from './visible.ts';

/** What a key does to a question. */
export function answerAsk(state: State, mode: Ask, key: string): State {
  const closed = { ...state, mode: NO_MODE };
  switch (key) {
    case 'ctrl-c':
      return { ...state, leaving: true };
    case 'escape':
      if (mode.about === 'filter') return { ...closed, filter: '' };
      return mode.about === 'reason' ? { ...closed, toast: 'Nothing was rejected' } : closed;
    case 'backspace':
      return shortened(state);
    case 'enter':
      return answered(closed, mode);
    default:
      return Array.from(key).length === 1 ? typed(state, key) : state;
  }
}

function answered(state: State, { about, text, windowId, offer }: Ask): State {
  const said = text.trim();
  switch (about) {
    case 'filter':
      return onShownRow({ ...state, filter: said });
    case 'date': {
      if (said === '') return state;
      const day = dayFrom(said, state.model, state.cursor);
      return day === null
        ? { ...state, toast: `"${said}" is no date: 2027-01-11, +3w, S45, jan, mon` }
        : goTo(state, day);
    }
    case 'reason':
      return {
        ...state,
        request: {
          type: 'decide',
          kind: 'reject',
          windowId,
          reason: said === '' ? null : said,
          seen: seenOf(state.model, windowId),
        },
      };
    case 'relax':
      return relaxing(state, said);
    case 'offer':
      if (offer === null || !/^y(es)?$/i.test(said)) return { ...state, toast: 'neap.yaml is as it was' };
      return { ...state, request: { type: 'running', changes: offer.changes } };
  }
}

function relaxing(state: State, said: string): State {
  if (said === '') return { ...state, toast: 'Nothing was relaxed' };
  const chosen = /^\d+$/.test(said) ? state.relaxed?.found?.[Number(said) - 1] : undefined;
  if (chosen === undefined) return { ...state, toast: `There is no number ${said}` };
  return { ...state, request: { type: 'relax', relaxation: chosen } };
}

/** A filter may have left the selection out. */
function onShownRow(state: State): State {
  const rows = rowsIn(state).filter(isSelectable);
  const [first] = rows;
  if (first === undefined) return { ...state, toast: `Nothing matches "${state.filter}"; esc shows all` };
  return rows.some(({ id }) => id === state.selected) ? state : { ...state, selected: first.id, top: 0, detailTop: 0 };
}

/** Puts the question that comes with an answer, unless something else is open. */
export function ask(state: State, offer: Offer | null): State {
  if (offer === null || state.mode.kind !== 'none') return state;
  return { ...state, mode: { kind: 'ask', about: 'offer', text: '', windowId: '', offer } };
}
