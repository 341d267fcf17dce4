import { userInfo } from 'node:os';
import { type DecideRequest, decisionsFor } from '../app/decide.ts';
import { readDecisions, removeDecisions, writeDecisions } from '../config/plan-file.ts';
import type { Decision } from '../domain/decision.ts';
import type { Overview } from '../domain/overview.ts';
import type { RunningChange } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';
import { itemOfWindow } from '../domain/work-id.ts';
import { overviewOf, readPlanOf, type Session } from './session.ts';

export interface Decided {
  /** The plan before the decision, and with it. */
  readonly before: Overview;
  readonly overview: Overview;
  readonly written: readonly Decision[];
  /** What neap.yaml says runs, once these are done; not written here. */
  readonly running: readonly RunningChange[];
}

/**
 * Writes a person's decision to neap.plan.yaml at once and plans again. The file is read again first, so that what others decided
 * meanwhile is kept. @throws Problem for the example team, a past view, or a window that is not there.
 */
export async function decide(session: Session, request: DecideRequest): Promise<Decided> {
  refuseOthers(session);
  const before = overviewOf(session, readPlanOf(session));
  const decider = { by: userName(), on: session.today, team: session.config.team };
  const { decisions, running } = decisionsFor(before.plan, request, decider);
  await writeDecisions(session.planFile, decisions);
  return { before, overview: overviewOf(session, readPlanOf(session)), written: decisions, running };
}

/** Takes what was decided on an item or one of its windows back. @throws Problem as `decide`, and when nothing was decided. */
export async function undo(
  session: Session,
  windowId: string,
): Promise<{ readonly overview: Overview; readonly removed: number }> {
  refuseOthers(session);
  const whole = await removeDecisions(session.planFile, windowId, null);
  const item = itemOfWindow(windowId);
  const removed =
    whole > 0 || item === windowId
      ? whole
      : await removeDecisions(session.planFile, item, windowId.slice(item.length + 1));
  if (removed === 0) {
    const ids = [...new Set(readDecisions(session.planFile).map(({ item }) => item))].join(', ');
    throw new Problem(`nothing is decided on "${windowId}"`, {
      hint: ids === '' ? 'There are no decisions.' : `Decided: ${ids}`,
    });
  }
  return { overview: overviewOf(session, readPlanOf(session)), removed };
}

/** @throws Problem for the example team and a past view, which take no decisions. */
export function refuseOthers(session: Session): void {
  refuse(session, 'the example team takes no decisions', 'decisions are made today');
}

/** @throws Problem for the example team, whose plan is nobody's, and a past view. */
export function refuseToPublish(session: Session): void {
  refuse(session, 'the plan of the example team cannot be published', 'what is published is the plan of today');
}

function refuse({ origin, asOf, today }: Session, example: string, past: string): void {
  if (origin.kind === 'example') throw new Problem(example, { hint: 'Make your own team with: neap init' });
  if (asOf !== today) throw new Problem(`the plan shown is as of ${asOf}; ${past}`, { hint: 'Leave out --as-of.' });
}

/** `null` in a container without a user entry. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
