import { userInfo } from 'node:os';
import { type DecideRequest, decisionsFor } from '../app/decide.ts';
import { readDecisions, writeDecisions } from '../config/plan-file.ts';
import type { Overview } from '../domain/overview.ts';
import type { Decision } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';
import { overviewOf, type Session } from './session.ts';

export interface Decided {
  readonly overview: Overview;
  readonly written: readonly Decision[];
}

/**
 * Writes a person's decision to neap.plan.yaml at once and plans again. The file is read again first, so that what others decided
 * meanwhile is kept. @throws Problem for the example team, a past view, or a window that is not there.
 */
export async function decide(session: Session, request: DecideRequest): Promise<Decided> {
  if (session.origin.kind === 'example') {
    throw new Problem('the example team takes no decisions', {
      hint: 'Make your own team with: neap init',
    });
  }
  if (session.asOf !== session.today) {
    throw new Problem(`the plan shown is as of ${session.asOf}; decisions are made today`, {
      hint: 'Leave out --as-of.',
    });
  }
  const before = overviewOf(session, readDecisions(session.planFile));
  const decisions = decisionsFor(before.plan, request, { by: userName(), on: session.today });
  await writeDecisions(session.planFile, decisions);
  return { overview: overviewOf(session, readDecisions(session.planFile)), written: decisions };
}

/** `null` in a container without a user entry. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
