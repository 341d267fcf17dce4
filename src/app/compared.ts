import type { Baseline } from '../domain/baseline.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { PlanSnapshot } from '../domain/snapshot.ts';
import { type PlanDiff, planDiff } from '../schedule/ask/diff.ts';
import { snapshotOf } from '../schedule/ask/snapshot.ts';
import { planIn, type Situation, type SituationInput, situationOf } from './situation.ts';

/** Days between a plan and the one it is compared with where nothing was published. */
export const COMPARED_DAYS = 7;

export interface ComparedInput extends SituationInput {
  readonly decisions: readonly Decision[];
}

/**
 * What moved since the proposals published last; where nothing was published, since a week ago, as today's files give that plan with
 * what was known and decided then. Causes are found against the plan that today's files give for that day: what was edited in the
 * files since has left no trace in them, which is said where it must have been so. The store is the only door it touches.
 * @param weekAgo the situation of a week ago, where it is at hand.
 */
export function movedSince(input: ComparedInput, now: PlanSnapshot, weekAgo?: Situation): PlanDiff {
  const { asOf, baseline } = input;
  if (baseline === null) {
    const day = addDays(asOf, -COMPARED_DAYS);
    return planDiff(snapshotIn(input, weekAgo ?? situationOn(input, day)), now);
  }
  return planDiff(baseline.on === asOf ? now : snapshotIn(input, situationOn(input, baseline.on)), now, baseline);
}

/** An earlier day as today's files tell it, with what was known and published by then. */
export function situationOn(input: ComparedInput, asOf: Day): Situation {
  return situationOf({ ...input, asOf, baseline: publishedBy(asOf, input.baseline) });
}

/** The plan that today's files give in an earlier situation, with what was decided by then. */
function snapshotIn({ config, decisions: all }: ComparedInput, situation: Situation): PlanSnapshot {
  const decisions = decidedBy(situation.asOf, all);
  const { plan, exposed } = planIn(situation, config, decisions);
  return snapshotOf({ plan, config, decisions, exposed });
}

/** What people had decided by the end of a day. */
export function decidedBy(last: Day, decisions: readonly Decision[]): readonly Decision[] {
  return decisions.filter(({ on }) => on <= last);
}

/** What was published by the end of a day; `null`: nothing that is still known. */
export function publishedBy(last: Day, baseline: Baseline | null): Baseline | null {
  return baseline !== null && baseline.on <= last ? baseline : null;
}
