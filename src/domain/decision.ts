import type { Day } from './day.ts';
import type { StepName } from './step-name.ts';

/** What a person decided on one window; lives in neap.plan.yaml. */
export interface Decision {
  readonly item: string;
  readonly step: StepName | null;
  readonly state: 'accepted' | 'pinned' | 'rejected' | 'done';
  readonly from: Day;
  readonly until: Day;
  readonly by: string | null;
  readonly on: Day;
  readonly reason: string | null;
}
