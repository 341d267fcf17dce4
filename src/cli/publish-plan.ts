import { baselineOf } from '../app/baseline.ts';
import { movedSince } from '../app/compared.ts';
import { publishBaseline } from '../config/plan-file.ts';
import type { Baseline } from '../domain/baseline.ts';
import type { Overview } from '../domain/overview.ts';
import type { PlanDiff } from '../schedule/ask/diff.ts';
import { refuseToPublish } from './decide.ts';
import { readPlanOf, type Session } from './session.ts';

export interface Published {
  /** Whether the file was written; the same proposals are not published twice. */
  readonly written: boolean;
  /** What is published now. */
  readonly baseline: Baseline;
  /** What was published before; `null`: nothing. */
  readonly before: Baseline | null;
  /** What moved since the baseline before; `null` where there was none. */
  readonly diff: PlanDiff | null;
}

/**
 * Writes the proposals of a plan to neap.plan.yaml, as the baseline from which later plans move only for a gain.
 * @throws Problem for the example team, a past view, or a file that cannot be read or written.
 */
export async function publishPlan(session: Session, { plan, snapshot }: Overview): Promise<Published> {
  refuseToPublish(session);
  const there = readPlanOf(session);
  const diff = there.baseline === null ? null : movedSince({ ...session, ...there }, snapshot);
  const baseline = baselineOf(plan);
  const written = await publishBaseline(session.planFile, baseline);
  const now = written || there.baseline === null ? baseline : there.baseline;
  return { written, baseline: now, before: there.baseline, diff };
}
