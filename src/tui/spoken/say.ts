import { longDate } from '../dates.ts';
import { entriesIn, entryIndex } from '../entries.ts';
import { spell } from '../keymap.ts';
import { matchesIn } from '../palette.ts';
import { describe } from '../request.ts';
import type { State } from '../state.ts';
import { cells } from '../text.ts';
import { VIEW_TITLES } from '../view.ts';
import { content } from '../why/facts.ts';

/** What to say when the calendar opens. */
export function greeting(state: State): readonly string[] {
  const { overview } = state.model;
  const keys =
    'j and k go through the agenda, enter says why, a accepts, m moves, question mark lists the keys, q quits.';
  return [
    overview.status,
    ...overview.notices,
    `Today is ${longDate(state.model.today)}. ${keys}`,
    ...place(state),
  ].map(plain);
}

/** What to say of a change, as few lines as tell it; nothing when nothing is to be heard. */
export function say(before: State, after: State): readonly string[] {
  const lines: string[] = [];
  if (after.view !== before.view) lines.push(`${VIEW_TITLES[after.view]} view`);
  if (after.mode !== before.mode) lines.push(...modeLines(before, after));
  const moved = after.cursor !== before.cursor || after.selected !== before.selected || after.entry !== before.entry;
  if (moved && after.mode.kind !== 'move') lines.push(...place(after));
  if (after.model !== before.model && !moved) lines.push(...place(after));
  if (after.detail === 'full' && before.detail !== 'full') lines.push(...whole(after));
  if (after.tried !== before.tried && after.tried?.trial != null) lines.push(...whole(after).slice(0, 8));
  if (after.relaxed !== before.relaxed && after.relaxed?.found != null) lines.push(...whole(after));
  if (after.request !== null && after.request !== before.request) lines.push(describe(after.request));
  if (after.pending !== null && after.pending !== before.pending) lines.push(`${after.pending}, and then?`);
  if (after.toast !== null && after.toast !== before.toast) lines.push(after.toast);
  if (after.sync !== null && before.sync === null) lines.push('Syncing');
  return lines.map(plain).filter((line) => line !== '');
}

/** Where the cursor is, as one sentence: the entry of the agenda, else the row, else the day. */
function place(state: State): readonly string[] {
  if (state.view === 'agenda') {
    const entry = entriesIn(state)[entryIndex(state)];
    if (entry === undefined) return ['Nothing matches'];
    return [`${longDate(entry.from)}: ${entry.title}${entry.note === '' ? '' : `, ${entry.note}`}`];
  }
  const { title, facts } = content(state);
  const [first] = facts;
  const date = longDate(state.cursor);
  const head = title.startsWith(date) ? title : `${date}: ${title}`;
  return [first === undefined ? head : `${head}. ${first.label}: ${first.text}`];
}

function whole(state: State): readonly string[] {
  const { title, facts } = content(state);
  return [title, ...facts.map(({ label, text }) => `${label}: ${text}`)];
}

function modeLines(before: State, { mode, keymap, ...rest }: State): readonly string[] {
  switch (mode.kind) {
    case 'none':
      return before.mode.kind === 'help' ? ['Help closed'] : [];
    case 'help':
      if (before.mode.kind === 'help') return [];
      return keymap.flatMap(({ keys, label }) =>
        keys.length === 0 ? [] : [`${keys.map(spell).join(' or ')}: ${label}`],
      );
    case 'move':
      return [before.mode.kind === 'move' ? longDate(mode.from) : `Moving ${mode.title}, from ${longDate(mode.from)}`];
    case 'ask': {
      if (before.mode.kind === 'ask') return [`typed ${mode.text}`];
      const questions = {
        reason: `Reject ${mode.windowId}, why? Enter rejects, escape keeps`,
        filter: 'Show only what? Enter keeps, escape shows all',
        date: 'Go to which date?',
        relax: 'Which of them, by number? Enter writes it to neap.yaml',
        offer: `Write to neap.yaml: ${mode.offer?.lines.join('; ') ?? ''}? y and enter, or enter`,
      };
      return [questions[mode.about]];
    }
    case 'palette': {
      const found = matchesIn({ ...rest, keymap, mode }, mode.text)[mode.index];
      const open = before.mode.kind === 'palette' ? '' : 'A command, a date or a row. ';
      return [`${open}${mode.text === '' ? '' : `${mode.text}: `}${found?.text ?? 'nothing matches'}`];
    }
  }
}

function plain(text: string): string {
  return cells(text)
    .map((cell) => cell.text)
    .join('');
}
