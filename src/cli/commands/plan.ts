import { resolve } from 'node:path';
import { type Change, whatIf } from '../../app/what-if.ts';
import { relaxed } from '../../app/why.ts';
import { parseDay } from '../../domain/day.ts';
import type { Overview } from '../../domain/overview.ts';
import { EXIT, type ExitCode, Problem, worst } from '../../domain/problem.ts';
import { planDiffText, planText } from '../../report/plan.ts';
import { whatIfText } from '../../report/what-if.ts';
import { planDiff } from '../../schedule/ask/diff.ts';
import { withOverviewAndSession } from '../ask.ts';
import type { Execute } from '../command.ts';
import type { Options } from '../options.ts';
import { printJson, printNotices } from '../output.ts';
import { askableOf, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export const execute: Execute = ({ options, terminal }) =>
  withOverviewAndSession(options, terminal, async (overview, session) => {
    const before = remember(session, overview);
    if (options.diff === true) {
      const diff = before === null ? null : planDiff(before, overview.snapshot);
      if (options.json === true) printJson(terminal, { diff });
      else terminal.stdout.write(planDiffText(diff));
      return exitOf(overview);
    }
    const changes = await changesIn(options, session, terminal);
    if (changes.length > 0) {
      const answer = whatIf(askableOf(session), changes);
      if (options.json === true) printJson(terminal, answer);
      else {
        printNotices(terminal, overview.notices);
        terminal.stdout.write(whatIfText(answer.before, answer.after));
      }
      return EXIT.ok;
    }
    if (options.json === true) {
      const { plan } = overview;
      printJson(terminal, plan.unplaced.length === 0 ? plan : relaxed(askableOf(session), MOST_RELAXED));
    } else {
      printNotices(terminal, overview.notices);
      terminal.stdout.write(planText(overview.plan));
      const [first] = overview.plan.unplaced;
      if (first !== undefined) terminal.stderr.write(`What would free it: neap why ${first.item}\n`);
    }
    return exitOf(overview);
  });

/** Items whose relaxations are worked out with a plan: each takes some dozens of plans. `neap why` works out any. */
const MOST_RELAXED = 5;

async function changesIn(
  options: Options & Readonly<Record<string, unknown>>,
  session: Session,
  terminal: Terminal,
): Promise<readonly Change[]> {
  const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
  const changes: Change[] = [];
  if (typeof options.whatIf === 'string') {
    const { loadConfig } = await import('../../config/load.ts');
    const patch = resolve(terminal.cwd, options.whatIf);
    const aroundYear = Number(session.asOf.slice(0, 4));
    const { config } = await loadConfig(session.origin.path, {
      products: [...session.products.values()].filter(
        ({ id }) => !session.config.products.some((own) => own.id === id),
      ),
      aroundYear,
      patch,
    });
    const before = { ...session, config };
    changes.push({ kind: 'configuration', config, situation: askableOf(before).situation });
  }
  for (const rule of list(options.without)) changes.push({ kind: 'without', rule });
  for (const product of list(options.hold)) changes.push({ kind: 'hold', product });
  const moves = list(options.move);
  if (moves.length % 2 === 1)
    throw new Problem('--move takes an item and a day', { hint: 'Such as: --move order-currency 2027-01-11' });
  for (let index = 0; index < moves.length; index += 2) {
    const [item = '', text = ''] = moves.slice(index, index + 2);
    const day = parseDay(text);
    if (day === null) throw new Problem(`--move: "${text}" is not a day`, { hint: 'Write it as 2027-01-11.' });
    changes.push({ kind: 'move', item, day });
  }
  return changes;
}

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
