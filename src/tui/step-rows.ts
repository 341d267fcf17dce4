import type { UpgradeRow, WindowRow } from './row.ts';

/** The steps of work that has several, each as a window of its own, in order of time. */
export function stepRows({ id, hue, steps }: UpgradeRow): readonly WindowRow[] {
  return steps.map(({ window, from, until, noReturnFrom }) => ({
    kind: 'window',
    id: `${id}/${window.step ?? window.id}`,
    label: `  ${window.step ?? window.id}`,
    hue,
    window,
    title: window.title,
    state: window.state,
    from,
    until,
    noReturnFrom,
  }));
}

/** Whether a row is one of the steps. */
export function isStepOf(rowId: string, { id, steps }: UpgradeRow): boolean {
  return steps.some(({ window }) => rowId === `${id}/${window.step ?? window.id}`);
}
