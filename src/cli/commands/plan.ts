import type { Overview } from '../../domain/overview.ts';
import { EXIT, type ExitCode, worst } from '../../domain/problem.ts';
import { planText } from '../../report/plan.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { overviewOf, withSession } from '../session.ts';

export const execute: Execute = ({ options, terminal }) =>
  withSession(options, terminal, (session) => {
    const overview = overviewOf(session);
    if (options.json === true) {
      printJson(terminal, overview.plan);
    } else {
      printNotices(terminal, overview.notices);
      terminal.stdout.write(planText(overview.plan));
    }
    return exitOf(overview);
  });

/** The exit of design.md section 12 for a plan. */
export function exitOf({ plan, outlooks }: Overview): ExitCode {
  const codes: ExitCode[] = [];
  if (plan.windows.some(({ findings }) => findings.length > 0)) codes.push(EXIT.closed);
  if (outlooks.some(({ unknown }) => unknown.length > 0)) codes.push(EXIT.stale);
  if (plan.unplaced.length > 0) codes.push(EXIT.unplaced);
  return worst(codes);
}
