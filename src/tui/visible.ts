import { lineRows } from './line-rows.ts';
import { matches } from './match.ts';
import type { TimelineModel } from './model.ts';
import { isSelectable, type Row } from './row.ts';
import type { State } from './state.ts';
import { stepRows } from './step-rows.ts';

type Shown = Pick<State, 'model' | 'expanded' | 'filter'>;

/** The last answer for each model: asked several times a frame, and changed by few keys. */
const known = new WeakMap<TimelineModel, { readonly of: Shown; readonly rows: readonly Row[] }>();

/** The rows there are to see, from top to bottom: opened lanes with their lines, opened upgrades with their steps, and of a filter only what matches, under its headings. */
export function rowsIn(state: Shown): readonly Row[] {
  const before = known.get(state.model);
  if (before !== undefined && before.of.expanded === state.expanded && before.of.filter === state.filter) {
    return before.rows;
  }
  const { model, expanded, filter } = state;
  const rows = filtered(opened(model.rows, expanded), filter);
  known.set(model, { of: { model, expanded, filter }, rows });
  return rows;
}

function opened(rows: readonly Row[], expanded: ReadonlySet<string>): readonly Row[] {
  if (expanded.size === 0) return rows;
  return rows.flatMap((row): readonly Row[] => {
    if (!expanded.has(row.id)) return [row];
    if (row.kind === 'lane') return [row, ...lineRows(row)];
    return row.kind === 'upgrade' ? [row, ...stepRows(row)] : [row];
  });
}

function filtered(rows: readonly Row[], filter: string): readonly Row[] {
  if (filter === '') return rows;
  const shown = new Set<Row>();
  let heading: Row | null = null;
  let lane: Row | null = null;
  for (const row of rows) {
    if (!isSelectable(row)) {
      heading = row;
      continue;
    }
    if (row.kind === 'lane') lane = row;
    const found = matches(filter, wordsOf(row)) || (heading !== null && matches(filter, heading.label));
    // A line stands and falls with its lane.
    if (!found && !(row.kind === 'line' && lane !== null && shown.has(lane))) continue;
    if (heading !== null) shown.add(heading);
    shown.add(row);
  }
  return rows.filter((row) => shown.has(row));
}

function wordsOf(row: Row): string {
  switch (row.kind) {
    case 'window':
    case 'upgrade':
      return `${row.label} ${row.title} ${row.state}`;
    case 'unplaced':
      return `${row.label} ${row.entry.title} unplaced`;
    case 'lane':
      return `${row.label} ${row.lane.product.id} ${row.lane.product.vendor}`;
    default:
      return row.label;
  }
}
