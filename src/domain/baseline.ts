import type { Day } from './day.ts';

/** The proposals that the team last published, in neap.plan.yaml: the only memory a plan has. */
export interface Baseline {
  /** Day on which they were published. */
  readonly on: Day;
  /** First day of each window by its id; see `windowId`. */
  readonly proposals: readonly { readonly id: string; readonly from: Day }[];
}
