import type { Overview } from '../../domain/overview.ts';
import { EXIT, type ExitCode, worst } from '../../domain/problem.ts';
import { planDiffText, planText } from '../../report/plan.ts';
import { planDiff } from '../../schedule/diff.ts';
import { withOverviewAndSession } from '../ask.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import type { Session } from '../session.ts';

export const execute: Execute = ({ options, terminal }) =>
  withOverviewAndSession(options, terminal, (overview, session) => {
    const before = remember(session, overview);
    if (options.diff === true) {
      const diff = before === null ? null : planDiff(before, overview.snapshot);
      if (options.json === true) printJson(terminal, { diff });
      else terminal.stdout.write(planDiffText(diff));
      return exitOf(overview);
    }
    if (options.json === true) {
      printJson(terminal, overview.plan);
    } else {
      printNotices(terminal, overview.notices);
      terminal.stdout.write(planText(overview.plan));
    }
    return exitOf(overview);
  });

/** The plan kept before this one. This one is kept when it differs, and is a team's plan of today. */
function remember({ store, origin, asOf, today }: Session, { snapshot }: Overview) {
  const before = store.lastPlan(origin.path);
  if (origin.kind === 'team' && asOf === today && JSON.stringify(before) !== JSON.stringify(snapshot)) {
    store.keepPlan(origin.path, snapshot);
  }
  return before;
}

/** The exit of design.md section 12 for a plan. */
export function exitOf({ plan, outlooks }: Overview): ExitCode {
  const codes: ExitCode[] = [];
  if (plan.windows.some(({ findings }) => findings.length > 0)) codes.push(EXIT.closed);
  if (outlooks.some(({ unknown }) => unknown.length > 0)) codes.push(EXIT.stale);
  if (plan.unplaced.length > 0) codes.push(EXIT.unplaced);
  return worst(codes);
}
