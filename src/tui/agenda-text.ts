import { longDate, weekdayDate } from './dates.ts';
import { entriesIn } from './entries.ts';
import type { State } from './state.ts';
import { cells } from './text.ts';

/** The agenda from today on as plain lines, what the filter leaves. */
export function agendaText(state: State): string {
  const { today, overview } = state.model;
  const lines = entriesIn(state)
    .filter(({ until }) => until > today)
    .map(
      ({ from, title, note }) => `${weekdayDate(from).padEnd(11)} ${clean(note === '' ? title : `${title}, ${note}`)}`,
    );
  return `${clean(overview.status)}\nAs of ${longDate(today)}\n\n${lines.join('\n')}\n`;
}

function clean(text: string): string {
  return cells(text)
    .map((cell) => cell.text)
    .join('');
}
