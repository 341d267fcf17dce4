import type { SelectableRow } from '../row.ts';
import { decidableRow, selectedRow, stepsOf } from '../selection.ts';
import type { State } from '../state.ts';
import type { Role } from '../theme.ts';
import { calmFacts } from './calm.ts';
import { dayFacts } from './day.ts';
import { laneFacts } from './lane.ts';
import { lineFacts } from './line.ts';
import { triedFacts, whyNotFacts } from './tried.ts';
import { unplacedFacts } from './unplaced.ts';
import { upgradeFacts, windowFacts } from './window.ts';

/** One thing the why-pane says. Neighbours with the same label show it once. */
export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly role?: Role;
}

export interface Facts {
  readonly title: string;
  readonly facts: readonly Fact[];
}

/** What the why-pane says: what was just tried, then what the cursor is on. */
export function content(state: State): Facts {
  const { model, cursor, mode, tried } = state;
  const row = selectedRow(state);
  const own = state.subject === 'day' || row === null ? dayFacts(model, cursor) : factsOf(row, state);
  const of = tried === null ? null : (decidableRow(state) ?? row);
  const about =
    of !== null &&
    (of.kind === 'window' || of.kind === 'upgrade') &&
    stepsOf(of).some(({ window }) => window.id === tried?.windowId);
  const title = mode.kind === 'move' ? `Moving ${mode.title}` : own.title;
  if (tried === null || !about) return { ...own, title };
  const said = mode.kind === 'move' ? triedFacts(tried, model) : whyNotFacts(tried);
  return { title, facts: [...said, ...own.facts] };
}

/** What there is to say of a row at the cursor's day, most important first. */
export function factsOf(row: SelectableRow, state: State): Facts {
  const { model, cursor } = state;
  switch (row.kind) {
    case 'window':
      return windowFacts(row, model);
    case 'upgrade':
      return upgradeFacts(row, model, cursor, state.detail === 'full');
    case 'unplaced':
      return unplacedFacts(row, state);
    case 'lane':
      return laneFacts(row, model, cursor);
    case 'line':
      return lineFacts(row, cursor);
    case 'calm':
      return calmFacts(row, model, cursor);
    case 'later':
      return {
        title: `${row.title}  (${row.item}, ${row.of})`,
        facts: [{ label: row.of, text: row.of === 'later' ? `${row.when}: ${row.because}` : row.because }],
      };
  }
}
