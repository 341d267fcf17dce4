import { answerAsk } from './asking.ts';
import type { Command } from './command.ts';
import { helpOverflow } from './compose/help.ts';
import { lookUp } from './keymap.ts';
import { isTooSmall } from './layout.ts';
import { NO_MODE } from './mode.ts';
import { choose, matchesIn } from './palette.ts';
import { run } from './run-command.ts';
import { runInMove } from './run-move.ts';
import type { State } from './state.ts';
import { shortened, typed } from './typing.ts';

/** What one key does, by what stands open. */
export function press(state: State, key: string): State {
  if (isTooSmall(state.size)) return unseen(state, key);
  switch (state.mode.kind) {
    case 'ask':
      return answerAsk(state, state.mode, key);
    case 'palette':
      return inPalette(state, state.mode, key);
    default:
      return byKeymap(state, key);
  }
}

/** Where nothing is drawn, nothing is decided: one can leave, or make the terminal larger. */
function unseen(state: State, key: string): State {
  const found = lookUp(state.keymap, 'main', null, key);
  const leaves = found !== null && found !== 'first-half' && (found.type === 'quit' || found.type === 'suspend');
  return leaves ? byKeymap({ ...state, mode: NO_MODE, pending: null }, key) : state;
}

function byKeymap(state: State, key: string): State {
  const { mode } = state;
  const found = lookUp(state.keymap, mode.kind === 'move' ? 'move' : 'main', state.pending, key);
  const next = { ...state, pending: null };
  if (found === 'first-half') return { ...state, pending: key };
  if (found === null) return next;
  if (found.type === 'quit') return { ...next, leaving: true };
  if (found.type === 'suspend') return { ...next, request: state.request ?? { type: 'suspend' } };
  if (mode.kind === 'help') return inHelp(next, mode.top, found);
  if (found.type === 'help') return { ...next, mode: { kind: 'help', top: 0 }, tried: null };
  return mode.kind === 'move' ? runInMove(next, mode, found) : run(next, found);
}

/** Under the help nothing moves unseen; it scrolls itself. */
function inHelp(state: State, top: number, command: Command): State {
  if (command.type === 'help' || command.type === 'close') return { ...state, mode: NO_MODE };
  const by = command.type === 'row' ? command.by : command.type === 'page' ? command.by * (state.size.rows - 6) : 0;
  const last = helpOverflow(state);
  return { ...state, mode: { kind: 'help', top: Math.min(Math.max(0, top + by), last) } };
}

function inPalette(state: State, mode: Extract<State['mode'], { kind: 'palette' }>, key: string): State {
  const at = (index: number): State => {
    const last = Math.max(0, matchesIn(state, mode.text).length - 1);
    return { ...state, mode: { ...mode, index: Math.min(Math.max(0, index), last) } };
  };
  switch (key) {
    case 'escape':
      return { ...state, mode: NO_MODE };
    case 'ctrl-c':
      return { ...state, leaving: true };
    case 'enter':
      return choose({ ...state, mode: NO_MODE }, mode);
    case 'backspace':
      return shortened(state);
    case 'down':
    case 'ctrl-n':
    case 'tab':
      return at(mode.index + 1);
    case 'up':
    case 'ctrl-p':
      return at(mode.index - 1);
    case 'pagedown':
      return at(mode.index + 10);
    case 'pageup':
      return at(mode.index - 10);
    default:
      return Array.from(key).length === 1 ? typed(state, key) : state;
  }
}
