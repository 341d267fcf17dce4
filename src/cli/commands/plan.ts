import { resolve } from 'node:path';
import { movedSince } from '../../app/compared.ts';
import { type Change, whatIf } from '../../app/what-if.ts';
import { relaxed } from '../../app/why.ts';
import { parseDay } from '../../domain/day.ts';
import type { Overview } from '../../domain/overview.ts';
import { EXIT, type ExitCode, Problem, worst } from '../../domain/problem.ts';
import { planText } from '../../report/plan.ts';
import { planDiffText } from '../../report/plan-diff.ts';
import { whatIfText } from '../../report/what-if.ts';
import { withOverviewAndSession } from '../ask.ts';
import type { Execute } from '../command.ts';
import type { Options } from '../options.ts';
import { printJson, printNotices } from '../output.ts';
import { publishPlan } from '../publish-plan.ts';
import { askableOf, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export const execute: Execute = ({ options, terminal }) => {
  refuseMixed(options);
  return withOverviewAndSession(options, terminal, async (overview, session) => {
    if (options.publish === true) return publish(overview, session, options.json === true, terminal);
    if (options.diff === true) {
      const diff = movedSince(session, overview.snapshot);
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
};

/** @throws Problem for options of which one writes or compares, and another asks what would be. */
function refuseMixed(options: Readonly<Record<string, unknown>>): void {
  const isGiven = (name: string) => options[name] !== undefined && options[name] !== false;
  const [one, other] = ['publish', 'diff', 'whatIf', 'without', 'hold', 'move'].filter(isGiven);
  if (other === undefined || (one !== 'publish' && one !== 'diff')) return;
  const flag = (name: string) => `--${name.replace('whatIf', 'what-if')}`;
  throw new Problem(`${flag(one)} and ${flag(other)} do not go together`, {
    hint: 'Run the command once for each.',
  });
}

/** Publishes the very plan that `neap plan` shows. What has no place or is unknown is told by `neap plan`; this one did what it was asked. */
async function publish(overview: Overview, session: Session, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { written, baseline, before, diff } = await publishPlan(session, overview);
  if (json) printJson(terminal, { file: session.planFile, written, baseline, before, diff });
  else {
    printNotices(terminal, overview.notices);
    const { length } = baseline.proposals;
    const what = length === 1 ? '1 proposal' : `${length} proposals`;
    terminal.stdout.write(
      written
        ? `Published ${what} of ${baseline.on}.\n${diff === null ? '' : planDiffText(diff)}`
        : `Nothing to publish: ${what}, as published on ${baseline.on}.\n`,
    );
    if (written) terminal.stderr.write(`written to ${session.planFile}\n`);
  }
  return EXIT.ok;
}

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

/** The exit of design.md section 12 for a plan. */
export function exitOf({ plan, outlooks }: Overview): ExitCode {
  const codes: ExitCode[] = [];
  if (plan.windows.some(({ findings }) => findings.length > 0)) codes.push(EXIT.closed);
  if (outlooks.some(({ unknown }) => unknown.length > 0)) codes.push(EXIT.stale);
  if (plan.unplaced.length > 0) codes.push(EXIT.unplaced);
  return worst(codes);
}
