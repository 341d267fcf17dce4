import type { SelectableRow } from '../row.ts';
import type { State } from '../state.ts';
import type { Role } from '../theme.ts';
import { calmFacts } from './calm.ts';
import { laneFacts } from './lane.ts';
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

/** What there is to say of a row at the cursor's day, most important first. */
export function factsOf(row: SelectableRow, state: State): Facts {
  const { model, cursor } = state;
  switch (row.kind) {
    case 'window':
      return windowFacts(row, model);
    case 'upgrade':
      return upgradeFacts(row, model, cursor, state.detail === 'full');
    case 'unplaced':
      return unplacedFacts(row, model);
    case 'lane':
      return laneFacts(row, model, cursor);
    case 'calm':
      return calmFacts(row, model, cursor);
  }
}
