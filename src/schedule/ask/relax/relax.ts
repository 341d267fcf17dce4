import type { Config } from '../../../domain/config.ts';
import { compareText } from '../../../domain/order.ts';
import type { Plan, Relaxation } from '../../../domain/plan.ts';
import type { RuleId } from '../../../domain/rule-ids.ts';
import { type Blocked, halvesOf } from '../../../policy/relaxing.ts';
import { KINDS, type Proposal } from './kinds.ts';

/** How a planner answers another configuration, all else as it is. */
export interface Replanner {
  readonly plan: (config: Config) => Plan;
  /** Whether the rules that look at the work alone leave each of its pieces a place: without that no plan has one. */
  readonly couldFit: (config: Config, item: string) => boolean;
}

/** Steps of one kind tried, from the first that could do: a change so large that it comes later is no small one. */
const MOST_STEPS = 40;

/**
 * What would give the item a place, the smallest change of each kind, least change first. Each was verified by planning again: the item
 * has a place then, and all other work keeps one. Rules in `neverRelax` are left alone. Pure.
 *
 * @param rules the rules that say no to one of its starts at least; others need not be relaxed.
 */
export function relaxationsFor(
  plan: Plan,
  blocked: Blocked,
  rules: ReadonlySet<RuleId>,
  replanner: Replanner,
): readonly Relaxation[] {
  const { config, item } = blocked;
  const found: Proposal[] = [];
  const lost = new Set([...plan.unplaced, ...plan.later].map((entry) => entry.item));
  const frees = ({ config: changed, kind }: Proposal): boolean => {
    const now = replanner.plan(changed);
    const still = [...now.unplaced, ...now.later].map((entry) => entry.item);
    const halves: readonly string[] = kind === 'split' ? halvesOf(item) : [];
    return still.every((one) => lost.has(one) && one !== item && !halves.includes(one));
  };
  for (const kind of KINDS) {
    if (config.policy.neverRelax.includes(kind.rule) || !rules.has(kind.rule)) continue;
    for (const steps of kind.steps(blocked)) {
      const best = smallest(steps, (step) => replanner.couldFit(step.config, item), frees);
      if (best !== null) found.push(best);
    }
  }
  return found
    .sort((a, b) => a.size - b.size || compareText(a.text, b.text))
    .map(({ kind, rule, text, key, from, to }) => ({ kind, rule, text, key, from, to }));
}

function smallest(
  steps: readonly Proposal[],
  couldFit: (step: Proposal) => boolean,
  frees: (step: Proposal) => boolean,
): Proposal | null {
  const last = steps.at(-1);
  if (last === undefined || !couldFit(last)) return null;
  // The quick question first: all steps below the first that could fit are ruled out by it.
  const low = firstOf(steps, couldFit);
  const first = steps[low];
  if (first === undefined) return null;
  if (frees(first)) return first;
  // Where all that this kind can give is not enough, less of it seldom is.
  if (low === steps.length - 1 || !frees(last)) return null;
  // One by one: a laxer rule may give the place to other work, so that halving would miss the smallest step.
  return steps.slice(low + 1, low + MOST_STEPS).find(frees) ?? null;
}

/** Index of the first step that could fit; a laxer one always can when a stricter one does. */
function firstOf(steps: readonly Proposal[], couldFit: (step: Proposal) => boolean): number {
  let [low, high] = [0, steps.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const step = steps[middle];
    if (step !== undefined && couldFit(step)) high = middle;
    else low = middle + 1;
  }
  return low;
}
