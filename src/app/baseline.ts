import type { Baseline } from '../domain/baseline.ts';
import { compareText } from '../domain/order.ts';
import type { Plan } from '../domain/plan.ts';

/** What publishing a plan writes: its proposals, by id, with its day. What is decided is written already. */
export function baselineOf({ asOf, windows }: Pick<Plan, 'asOf' | 'windows'>): Baseline {
  const proposals = windows
    .filter(({ state }) => state === 'proposed')
    .map(({ id, from }) => ({ id, from }))
    .toSorted((a, b) => compareText(a.id, b.id));
  return { on: asOf, proposals };
}
