import table from '../../../data/changes/types.json' with { type: 'json' };
import type { ModelChange } from '../../../src/domain/config.ts';
import type { StepName } from '../../../src/domain/step-name.ts';

interface Row {
  readonly id: string;
  readonly risk: string;
  readonly wayBack: string;
  readonly phases: readonly string[];
}

/** The row of the change's type; `undefined` where it has none. */
export function rowOf(change: ModelChange): Row | undefined {
  return table.rows.find(({ id }) => id === change.type);
}

/** The steps of a change: its phases where they have windows of their own, else the one `null`. */
export function stepsOf(change: ModelChange): readonly (StepName | null)[] {
  const phases = rowOf(change)?.phases ?? [];
  const apart = change.phases === 'apart' && phases.length > 1 && phases.includes('contract');
  return apart ? (phases as readonly StepName[]) : [null];
}

/** Working days of a step: an equal share, the second phase with what is left over, at least one each. */
export function daysOf(change: ModelChange, step: StepName | null): number {
  const steps = stepsOf(change);
  if (steps.length === 1) return change.days;
  const each = Math.max(1, Math.floor(change.days / steps.length));
  const left = Math.max(0, change.days - each * steps.length);
  return each + (steps.indexOf(step) === 1 ? left : 0);
}

export function effortOf(change: ModelChange): number {
  return change.effort / stepsOf(change).length;
}
