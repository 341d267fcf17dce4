import type { Team } from '../domain/config.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import { compareText } from '../domain/order.ts';
import type { Plan, PlannedWindow, RunningChange } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';
import { isWorkday, workdaysIn, workWindow } from '../policy/calendar.ts';

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
 * The decisions to write for a request. Naming a window decides on it alone, and the planner proposes the rest of its item around it; naming
 * an item decides on all of its windows: moving shifts them together, and rejecting a proposed upgrade rejects the step that disrupts.
 * @throws Problem when the plan has no such window, or it cannot go there.
 */
export function decisionsFor(plan: Plan, request: DecideRequest, decider: Decider): Decided {
  const exact = plan.windows.filter((window) => window.id === request.windowId);
  const named = exact.length > 0 ? exact : plan.windows.filter((window) => window.item === request.windowId);
  if (named.length === 0) throw noSuchWindow(plan, request.windowId);
  const only = (decisions: readonly Decision[]): Decided => ({ decisions, running: [] });
  switch (request.kind) {
    case 'accept':
      return only(taken(named, request, decider, ['proposed'], 'accepted'));
    case 'pin':
      return only(taken(named, request, decider, ['proposed', 'accepted'], 'pinned'));
    case 'move':
      return only(moved(current(named), request, decider));
    case 'done':
      return finished(plan, named, request, decider);
    case 'reject':
      return only(rejected(named, request, decider));
  }
}

/** Of a window that broke and the place proposed beside it the proposal: that is what is decided on. */
function current(named: readonly PlannedWindow[]): readonly PlannedWindow[] {
  const proposed = new Set(named.filter(({ state }) => state === 'proposed').map(({ id }) => id));
  return named.filter(({ id, state }) => state === 'proposed' || !proposed.has(id));
}

function taken(
  named: readonly PlannedWindow[],
  request: DecideRequest,
  decider: Decider,
  from: readonly PlannedWindow['state'][],
  state: Decision['state'],
): readonly Decision[] {
  const open = current(named).filter((window) => from.includes(window.state));
  if (open.length === 0) {
    throw new Problem(`${request.windowId} is ${named[0]?.state} already`, {
      hint: 'Reject it first if it shall move.',
    });
  }
  return open.map((window) => toDecision(window, state, request, decider));
}

function rejected(named: readonly PlannedWindow[], request: DecideRequest, decider: Decider): readonly Decision[] {
  const decided = named.filter((window) => window.state !== 'proposed');
  if (decided.length > 0) return decided.map((window) => toDecision(window, 'rejected', request, decider));
  const chosen = named.find((window) => window.step === 'binaries') ?? named[0];
  return chosen === undefined ? [] : [toDecision(chosen, 'rejected', request, decider)];
}

/**
 * As many working days as each window has, from the day on; of several windows the first goes there, and the others keep their calendar days
 * from it, on the next working day where theirs is none.
 */
function moved(named: readonly PlannedWindow[], request: DecideRequest, decider: Decider): readonly Decision[] {
  const { to } = request;
  const open = named.filter(({ state }) => state !== 'done').toSorted((a, b) => compareText(a.from, b.from));
  const [first] = open;
  if (to === undefined) {
    throw new Problem('where to?', { hint: `Write: neap move ${request.windowId} --to 2026-12-07` });
  }
  if (first === undefined) throw new Problem(`${request.windowId} is done already`);
  if (to < decider.on) {
    throw new Problem(`${to} is over: today is ${decider.on}`, {
      hint: `What has happened is said by: neap done ${request.windowId}`,
    });
  }
  if (!isWorkday(decider.team, to))
    throw new Problem(`${to} is no working day of the team`, { hint: 'Name another day.' });
  return open.map((window) => {
    const shifted = addDays(to, daysBetween(first.from, window.from));
    const place = workWindow(
      decider.team,
      nextWorkday(decider.team, shifted),
      Math.max(1, workdaysIn(decider.team, window)),
    );
    if (place === null) throw new Problem(`${window.id} finds no working days from ${shifted} on`);
    return toDecision({ ...window, ...place }, window.state === 'pinned' ? 'pinned' : 'accepted', request, decider);
  });
}

/** The day, or the first working day after it within a year. */
function nextWorkday(team: Team, from: Day): Day {
  for (let n = 0; n < 366; n++) if (isWorkday(team, addDays(from, n))) return addDays(from, n);
  return from;
}

/** Done on its days, or today where those were still to come. */
function finished(plan: Plan, named: readonly PlannedWindow[], request: DecideRequest, decider: Decider): Decided {
  // What was done is what was decided, not another place proposed beside it.
  const decided = new Set(named.filter(({ state }) => state !== 'proposed').map(({ id }) => id));
  const chosen = named.filter(({ id, state }) => state !== 'done' && (state !== 'proposed' || !decided.has(id)));
  const ids = new Set(chosen.map(({ id }) => id));
  if (chosen.length === 0) throw new Problem(`${request.windowId} is done already`);
  const before = plan.windows.find(
    ({ id, item, state, from }) =>
      item === chosen[0]?.item && state !== 'done' && from < (chosen[0]?.from ?? '') && !ids.has(id),
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
