import { dayFrom } from './date-words.ts';
import { weekdayDate } from './dates.ts';
import { spell } from './keymap.ts';
import { score } from './match.ts';
import { isSelectable, type SelectableRow } from './row.ts';
import { goTo, run } from './run-command.ts';
import { isDecidable } from './selection.ts';
import type { State } from './state.ts';

/** One line of the palette: what it says, the keys that do the same, and what choosing it does. */
export interface Match {
  readonly text: string;
  readonly keys: string;
  readonly choose: (state: State) => State;
}

/** What the typed words find, best first: a date, commands, rows. Everything when nothing is typed. */
export function matchesIn(state: State, text: string): readonly Match[] {
  const day = text.trim() === '' ? null : dayFrom(text, state.model, state.cursor);
  const date: readonly Match[] =
    day === null ? [] : [{ text: `Go to ${weekdayDate(day)}`, keys: 'date', choose: (now) => goTo(now, day) }];
  const ranked = [...commands(state), ...rows(state)].flatMap((match, index) => {
    const points = score(text, match.text);
    return points === null ? [] : [{ match, points, index }];
  });
  ranked.sort((a, b) => b.points - a.points || a.index - b.index);
  return [...date, ...ranked.map(({ match }) => match)];
}

/** What Enter does in the palette. */
export function choose(state: State, { text, index }: { readonly text: string; readonly index: number }): State {
  const chosen = matchesIn(state, text)[index];
  return chosen === undefined ? { ...state, toast: `Nothing matches "${text}"` } : chosen.choose(state);
}

function commands(state: State): readonly Match[] {
  return state.keymap
    .filter(({ contexts, id }) => contexts.includes('main') && id !== 'palette' && id !== 'close')
    .map(({ label, keys, command }) => ({
      text: label,
      keys: keys.map(spell).join(' '),
      choose: (now) => {
        if (command.type === 'quit') return { ...now, leaving: true };
        if (command.type === 'help') return { ...now, mode: { kind: 'help', top: 0 } };
        if (command.type === 'suspend') return { ...now, request: now.request ?? { type: 'suspend' } };
        return run(now, command);
      },
    }));
}

function rows({ model }: State): readonly Match[] {
  return model.rows.filter(isSelectable).map((row) => ({
    text: titleOf(row),
    keys: row.kind,
    choose: (now) => {
      const there = { ...now, selected: row.id, subject: 'row' as const, detailTop: 0, filter: '' };
      return isDecidable(row) ? { ...goTo(there, row.from), subject: 'row' } : there;
    },
  }));
}

function titleOf(row: SelectableRow): string {
  if (isDecidable(row)) return `${row.label}: ${row.title}`;
  if (row.kind === 'calm') return `${row.outlook.store}: calm and turbulence`;
  if (row.kind === 'unplaced') return `${row.label}: ${row.entry.title}`;
  return row.label;
}
