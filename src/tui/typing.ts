import type { State } from './state.ts';
import { cells } from './text.ts';

const LONGEST = 200;

/** The state after text came in where something is being typed; nothing happens elsewhere. */
export function typed(state: State, text: string): State {
  const { mode } = state;
  if (mode.kind === 'ask') {
    const next = { ...state, mode: { ...mode, text: joined(mode.text, text) } };
    return mode.about === 'filter' ? { ...next, filter: next.mode.text, top: 0 } : next;
  }
  if (mode.kind === 'palette') return { ...state, mode: { ...mode, text: joined(mode.text, text), index: 0 } };
  return state;
}

/** Without its last character. */
export function shortened(state: State): State {
  const { mode } = state;
  if (mode.kind !== 'ask' && mode.kind !== 'palette') return state;
  const text = Array.from(mode.text).slice(0, -1).join('');
  if (mode.kind === 'palette') return { ...state, mode: { ...mode, text, index: 0 } };
  const next = { ...state, mode: { ...mode, text } };
  return mode.about === 'filter' ? { ...next, filter: text, top: 0 } : next;
}

function joined(before: string, more: string): string {
  const clean = cells(more)
    .map((cell) => cell.text)
    .join('');
  return Array.from(before + clean)
    .slice(0, LONGEST)
    .join('');
}
