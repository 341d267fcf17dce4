import type { Team } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Plan, PlannedWindow, RunningChange } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';
import { workdaysIn, workWindow } from '../policy/calendar.ts';

export interface DecideRequest {
  readonly kind: 'accept' | 'pin' | 'move' | 'done' | 'reject';
  /** Id of a window, or of an item. */
  readonly windowId: string;
  readonly reason: string | null;
  /** First day of the place wanted, for `move`. */
  readonly to?: Day;
}

/** Who decides, and on which day. */
export interface Decider {
  /** `null` when nobody's name is known. */
  readonly by: string | null;
  readonly on: Day;
  /** By whose working days a moved window is measured. */
  readonly team: Team;
}

/** What to write for a request: decisions, and what runs once they are done. */
export interface Decided {
  readonly decisions: readonly Decision[];
  readonly running: readonly RunningChange[];
}

/**
 * The decisions to write for a request. Accepting or pinning any step of an engine upgrade takes the whole of its item, because its steps
 * only make sense together, and so does rejecting one that was decided; rejecting a proposed upgrade rejects the step named, or the one that
 * disrupts; moving and being done are of one window. @throws Problem when the plan has no such window, or it cannot go there.
 */
export function decisionsFor(plan: Plan, request: DecideRequest, decider: Decider): Decided {
  const named = plan.windows.filter((window) => window.id === request.windowId || window.item === request.windowId);
  if (named.length === 0) throw noSuchWindow(plan, request.windowId);
  const only = (decisions: readonly Decision[]): Decided => ({ decisions, running: [] });
  switch (request.kind) {
    case 'accept':
      return only(takeAll(plan, named, request, decider, ['proposed'], 'accepted'));
    case 'pin':
      return only(takeAll(plan, named, request, decider, ['proposed', 'accepted'], 'pinned'));
    case 'move':
      return only([moved(one(named, request), request, decider)]);
    case 'done':
      return finished(plan, named, request, decider);
    case 'reject':
      return only(rejected(plan, named, request, decider));
  }
}

function takeAll(
  plan: Plan,
  named: readonly PlannedWindow[],
  request: DecideRequest,
  decider: Decider,
  from: readonly PlannedWindow['state'][],
  state: Decision['state'],
): readonly Decision[] {
  const open = named.filter((window) => from.includes(window.state));
  if (open.length === 0) {
    throw new Problem(`${request.windowId} is ${named[0]?.state} already`, {
      hint: 'Reject it first if it shall move.',
    });
  }
  const items = new Set(open.map((window) => window.item));
  return plan.windows
    .filter((window) => items.has(window.item) && from.includes(window.state))
    .map((window) => toDecision(window, state, request, decider));
}

function rejected(
  plan: Plan,
  named: readonly PlannedWindow[],
  request: DecideRequest,
  decider: Decider,
): readonly Decision[] {
  const chain = plan.windows.filter((window) => window.item === named[0]?.item && window.state !== 'proposed');
  if (chain.length > 0) return chain.map((window) => toDecision(window, 'rejected', request, decider));
  const exact = named.find((window) => window.id === request.windowId);
  const chosen = exact ?? named.find((window) => window.step === 'binaries') ?? named[0];
  return chosen === undefined ? [] : [toDecision(chosen, 'rejected', request, decider)];
}

/** As many working days as the window has, from the day on. */
function moved(window: PlannedWindow, request: DecideRequest, decider: Decider): Decision {
  const { to } = request;
  if (to === undefined) throw new Problem('where to?', { hint: `Write: neap move ${window.id} --to 2026-12-07` });
  if (window.state === 'done') throw new Problem(`${window.id} is done already`);
  if (to < decider.on) {
    throw new Problem(`${to} is over: today is ${decider.on}`, {
      hint: `What has happened is said by: neap done ${window.id}`,
    });
  }
  const place = workWindow(decider.team, to, Math.max(1, workdaysIn(decider.team, window)));
  if (place === null) throw new Problem(`${to} is no working day of the team`, { hint: 'Name another day.' });
  const state = window.state === 'pinned' ? 'pinned' : 'accepted';
  return toDecision({ ...window, ...place }, state, request, decider);
}

/** Done on its days, or today where those were still to come. */
function finished(plan: Plan, named: readonly PlannedWindow[], request: DecideRequest, decider: Decider): Decided {
  const exact = named.filter((window) => window.id === request.windowId);
  const chosen = (exact.length > 0 ? exact : named).filter((window) => window.state !== 'done');
  if (chosen.length === 0) throw new Problem(`${request.windowId} is done already`);
  const before = plan.windows.find(
    (window) => window.item === chosen[0]?.item && window.state !== 'done' && window.from < (chosen[0]?.from ?? ''),
  );
  if (before !== undefined) {
    throw new Problem(`${before.id} comes before ${chosen[0]?.id} and is not done`, {
      hint: `First: neap done ${before.id}`,
    });
  }
  const today = { from: decider.on, until: addDays(decider.on, 1) };
  const decisions = chosen.map((window) =>
    toDecision(window.from > decider.on ? { ...window, ...today } : window, 'done', request, decider),
  );
  return { decisions, running: chosen.flatMap((window) => window.sets) };
}

/** The one window meant. */
function one(named: readonly PlannedWindow[], request: DecideRequest): PlannedWindow {
  const exact = named.find((window) => window.id === request.windowId) ?? (named.length === 1 ? named[0] : undefined);
  if (exact !== undefined) return exact;
  throw new Problem(`${request.windowId} has several windows`, {
    hint: `Name one: ${named.map((window) => window.id).join(', ')}`,
  });
}

function toDecision(
  window: Pick<PlannedWindow, 'item' | 'step' | 'from' | 'until'>,
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
