import type { Day } from '../domain/day.ts';
import type { Decision, Plan, PlannedWindow } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';

export interface DecideRequest {
  readonly kind: 'accept' | 'reject';
  /** Id of a window, or of an item. */
  readonly windowId: string;
  readonly reason: string | null;
}

/** Who decides, and on which day. */
export interface Decider {
  /** `null` when nobody's name is known. */
  readonly by: string | null;
  readonly on: Day;
}

/**
 * The decisions to write for a request. Accepting any step of an engine upgrade accepts the whole chain, because its steps only make sense
 * together, and so does rejecting one that was accepted; rejecting a proposed upgrade rejects the step named, or the one that disrupts. @throws Problem when the plan has no such window.
 */
export function decisionsFor(plan: Plan, request: DecideRequest, decider: Decider): readonly Decision[] {
  const named = plan.windows.filter((window) => window.id === request.windowId || window.item === request.windowId);
  const proposed = named.filter((window) => window.state === 'proposed');
  if (named.length === 0) throw noSuchWindow(plan, request.windowId);

  if (request.kind === 'accept') {
    if (proposed.length === 0) {
      throw new Problem(`${request.windowId} is ${named[0]?.state} already`, {
        hint: 'Reject it first if it shall move.',
      });
    }
    const items = new Set(proposed.map((window) => window.item));
    const chain = plan.windows.filter((window) => items.has(window.item) && window.state === 'proposed');
    return chain.map((window) => toDecision(window, 'accepted', request, decider));
  }
  const chain = plan.windows.filter((window) => window.item === named[0]?.item && window.state !== 'proposed');
  if (chain.length > 0) return chain.map((window) => toDecision(window, 'rejected', request, decider));
  const exact = named.find((window) => window.id === request.windowId);
  const chosen = exact ?? named.find((window) => window.step === 'binaries') ?? named[0];
  return chosen === undefined ? [] : [toDecision(chosen, 'rejected', request, decider)];
}

function toDecision(
  window: PlannedWindow,
  state: Decision['state'],
  request: DecideRequest,
  decider: Decider,
): Decision {
  const { item, step, from, until } = window;
  return { item, step, state, from, until, by: decider.by, on: decider.on, reason: request.reason };
}

function noSuchWindow(plan: Plan, id: string): Problem {
  const unplaced = plan.unplaced.find((entry) => entry.item === id);
  if (unplaced !== undefined) {
    const rules = unplaced.blockers.map(({ rule }) => rule).join(', ');
    return new Problem(`${id} has no window to decide on; it is blocked by ${rules}`, { hint: 'See: neap plan' });
  }
  const ids = plan.windows.map((window) => window.id).join(', ');
  return new Problem(`the plan has no window "${id}"`, { hint: ids === '' ? 'The plan is empty.' : `Windows: ${ids}` });
}
