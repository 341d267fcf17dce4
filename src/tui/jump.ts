import type { DayNumber } from '../domain/day.ts';
import type { JumpTarget } from './command.ts';
import { type Entry, entriesIn } from './entries.ts';
import { isSelectable } from './row.ts';
import { goTo } from './run-command.ts';
import { isDecidable, selectedRow, stepsOf } from './selection.ts';
import type { State } from './state.ts';

const NAMES: Readonly<Record<JumpTarget, string>> = {
  feature: 'feature release',
  release: 'release',
  deadline: 'deadline or end of life',
  changed: 'window that moved since the plan before',
};

/** To the next dated thing of a sort after the cursor, or the one before. */
export function jump(state: State, to: JumpTarget, by: number): State {
  if (to === 'changed') return toChanged(state);
  const lane = to === 'release' ? selectedRow(state) : null;
  if (to === 'release' && lane?.kind !== 'lane' && lane?.kind !== 'line') {
    return { ...state, toast: 'Releases are of a lane: go to a product with k' };
  }
  const ofLane = lane?.kind === 'line' ? laneOf(lane.id) : (lane?.id ?? null);
  const wanted = entriesIn(state).filter((entry) => fits(entry, to) && (ofLane === null || entry.rowId === ofLane));
  const { cursor } = state;
  const found = by > 0 ? wanted.find(({ from }) => from > cursor) : wanted.findLast(({ from }) => from < cursor);
  if (found === undefined) return { ...state, toast: `No ${NAMES[to]} ${by > 0 ? 'after' : 'before'} the cursor` };
  const selected = lane !== null || found.rowId === null ? state.selected : found.rowId;
  const within = Math.min(Math.max(found.from, state.model.first), state.model.last);
  const toast = within === found.from ? `${found.title}, ${found.note}` : `${found.title} lies beyond what is shown`;
  return { ...goTo(state, within), entry: found.id, selected, toast };
}

/** The row id inside a line's id `line:ROW:LINE`. */
function laneOf(lineId: string): string {
  return lineId.slice('line:'.length, lineId.lastIndexOf(':'));
}

function fits({ what }: Entry, to: JumpTarget): boolean {
  switch (to) {
    case 'feature':
      return what.kind === 'forecast' || (what.kind === 'release' && what.feature);
    case 'release':
      return what.kind === 'release' || what.kind === 'forecast';
    case 'deadline':
      return what.kind === 'deadline' || what.kind === 'eol';
    default:
      return false;
  }
}

/** Round and round through the windows that moved, with what moved them. */
function toChanged(state: State): State {
  const texts = new Map(state.model.changed.map(({ id, text }) => [id, text]));
  const rows = state.model.rows.filter(isSelectable).filter(isDecidable);
  const all = rows.flatMap((row) =>
    stepsOf(row).flatMap(({ window, from }): readonly { row: string; from: DayNumber; text: string }[] => {
      const text = texts.get(window.id);
      return text === undefined ? [] : [{ row: row.id, from, text: `${window.id} ${text}` }];
    }),
  );
  const here = all.findIndex(({ row, from }) => row === state.selected && from === state.cursor);
  const next = all[(here + 1) % Math.max(1, all.length)];
  if (next === undefined) return { ...state, toast: 'No window moved since the plan before' };
  return { ...goTo(state, next.from), selected: next.row, subject: 'row', toast: next.text };
}
