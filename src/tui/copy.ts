import { decidableRow } from './selection.ts';
import type { State } from './state.ts';
import { cells } from './text.ts';
import { content } from './why/facts.ts';

/** The window under the cursor with its reasons, to be pasted elsewhere; `null` where there is none. */
export function windowText(state: State, as: 'text' | 'markdown'): string | null {
  const row = decidableRow(state);
  if (row === null) return null;
  const { title, facts } = content({ ...state, selected: row.id, subject: 'row', tried: null });
  const lines = facts.map(({ label, text }) => [plain(label), plain(text)] as const);
  if (as === 'text')
    return `${plain(title)}\n${lines.map(([label, text]) => `  ${label.padEnd(10)}${text}`).join('\n')}\n`;
  return `**${escaped(plain(title))}**\n\n${lines.map(([label, text]) => `- ${escaped(label)}: ${escaped(text)}`).join('\n')}\n`;
}

function plain(text: string): string {
  return cells(text)
    .map((cell) => cell.text)
    .join('');
}

/** Signs that Markdown would read as its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`);
}
