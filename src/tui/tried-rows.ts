import type { Move } from './mode.ts';
import { timelineModel } from './model.ts';
import { isSelectable, type Row, type Step } from './row.ts';
import { type DecidableRow, isDecidable, stepsOf } from './selection.ts';
import type { Trial } from './shell.ts';
import type { State } from './state.ts';
import { stepRows } from './step-rows.ts';

const NONE: ReadonlyMap<string, Row> = new Map();
const known = new WeakMap<Trial, ReadonlyMap<string, Row>>();

/** The rows that would be otherwise where a window is being moved, by id: as planned with it there, or until that is known just shifted. */
export function triedRows({ mode, model, tried }: State): ReadonlyMap<string, Row> {
  if (mode.kind !== 'move' || mode.from === mode.origin) return NONE;
  const trial = tried?.trial ?? null;
  if (trial === null || trial.plan === null) return shifted(model.rows, mode);
  const before = known.get(trial);
  if (before !== undefined) return before;
  const after = timelineModel({ ...model.overview, plan: trial.plan })
    .rows.filter(isSelectable)
    .filter(isDecidable);
  const old = new Map(
    model.rows
      .filter(isSelectable)
      .filter(isDecidable)
      .map((row) => [row.id, spans(stepsOf(row))]),
  );
  const rows = withSteps(after.filter((row) => old.get(row.id) !== spans(stepsOf(row))));
  known.set(trial, rows);
  return rows;
}

function shifted(rows: readonly Row[], { windowId, from, origin }: Move): ReadonlyMap<string, Row> {
  const by = from - origin;
  const move = (step: Step): Step =>
    step.window.id === windowId
      ? {
          ...step,
          from: step.from + by,
          until: step.until + by,
          noReturnFrom: step.noReturnFrom === null ? null : step.noReturnFrom + by,
        }
      : step;
  for (const row of rows) {
    if (!isSelectable(row) || !isDecidable(row) || !stepsOf(row).some(({ window }) => window.id === windowId)) continue;
    if (row.kind === 'window') return withSteps([{ ...row, ...move(row) }]);
    const steps = row.steps.map(move);
    const bounds = [...steps, ...row.waits];
    return withSteps([
      {
        ...row,
        steps,
        from: Math.min(...bounds.map((one) => one.from)),
        until: Math.max(...bounds.map((one) => one.until)),
      },
    ]);
  }
  return NONE;
}

/** By id, and the rows of their steps, which may stand opened. */
function withSteps(rows: readonly DecidableRow[]): ReadonlyMap<string, Row> {
  const all = rows.flatMap((row): readonly DecidableRow[] =>
    row.kind === 'upgrade' ? [row, ...stepRows(row)] : [row],
  );
  return new Map(all.map((row) => [row.id, row]));
}

function spans(steps: readonly Step[]): string {
  return steps.map(({ from, until }) => `${from}-${until}`).join(' ');
}
