import { didYouMean } from '../../config/suggest.ts';
import { type Day, parseDay } from '../../domain/day.ts';
import type { GateQuestion } from '../../domain/gate.ts';
import type { Overview } from '../../domain/overview.ts';
import type { WorkKind } from '../../domain/plan.ts';
import { EXIT, type ExitCode, Problem } from '../../domain/problem.ts';
import { judge } from '../../gate/judge.ts';
import { type GateReport, gateJson, gateState, gateText } from '../../report/gate.ts';
import { gateAnnotations } from '../../report/github.ts';
import { withOverview } from '../ask.ts';
import type { Execute } from '../command.ts';
import { namedWork } from '../named-work.ts';
import { printJson, printNotices } from '../output.ts';
import { storesFor } from '../stores.ts';

const KINDS: readonly WorkKind[] = ['model', 'engine', 'package'];
const FORMATS = ['text', 'json', 'github'];

/** Whether a change may ship: one that is named, or the one that the files touched since a revision show. */
export const execute: Execute = ({ options, terminal }) =>
  withOverview(options, terminal, async (overview) => {
    const format = formatOf(options, terminal.env.GITHUB_ACTIONS === 'true');
    const asked = { change: text(options.change), store: text(options.store), item: text(options.item) };
    const day = dayOf(text(options.at), overview.asOf);
    const diff = text(options.diff);
    let report: GateReport;
    if (diff === null) {
      const questions = questionsFor(asked, overview);
      report = {
        day,
        entries: questions.map((question) => ({ answer: judge(overview, question, day), work: [] })),
        foreign: [],
        compared: null,
      };
    } else {
      if (asked.change !== null || asked.store !== null) {
        throw new Problem('--diff finds out itself what changes', { hint: 'Leave out --change and --store.' });
      }
      const { gateDiff } = await import('../gate-diff.ts');
      report = await gateDiff({ diff, item: asked.item, day, overview, terminal });
    }
    const exit = exitOf(report, overview);
    if (format === 'json') printJson(terminal, gateJson(report, exit));
    else {
      printNotices(terminal, overview.notices);
      terminal.stdout.write(format === 'github' ? gateAnnotations(report) : gateText(report));
      if (report.entries.length === 0 && diff === null)
        terminal.stderr.write('The stack names no engine, so there is no store.\n');
      if (exit === EXIT.stale && gateState(report) === 'open') terminal.stderr.write(`${NOT_YOURS}\n`);
    }
    return exit;
  });

const NOT_YOURS =
  'This is the answer for the example team, and opens no gate of yours: exit 5. Write a neap.yaml with: neap init';

/** Fails closed: nothing but a known answer for the team's own configuration is 0. */
function exitOf(report: GateReport, { origin }: Overview): ExitCode {
  const state = gateState(report);
  if (state === 'closed') return EXIT.closed;
  const nothing = report.entries.length === 0 && report.compared === null;
  return state === 'unknown' || nothing || origin.kind === 'example' ? EXIT.stale : EXIT.ok;
}

interface Wanted {
  readonly change: string | null;
  readonly store: string | null;
  readonly item: string | null;
}

/** One question for each store meant; an item says itself of which kind and store it is. */
function questionsFor({ change, store, item }: Wanted, overview: Overview): readonly GateQuestion[] {
  const known = item === null ? null : namedWork(item, overview);
  const kind = kindOf(change) ?? known?.kind ?? 'model';
  if (known !== null && known.kind !== kind) {
    throw new Problem(`${item} is a ${known.kind} change, not one of kind ${kind}`, { hint: 'Leave out --change.' });
  }
  if (known !== null && store !== null && store !== known.store) {
    throw new Problem(`${item} is of the store ${known.store}, not of ${store}`, { hint: 'Leave out --store.' });
  }
  const stores = overview.outlooks.map((outlook) => outlook.store);
  return storesFor(store ?? known?.store ?? null, stores).map((one) => ({ kind, store: one, patch: false, item }));
}

function kindOf(change: string | null): WorkKind | null {
  const kind = KINDS.find((one) => one === change) ?? null;
  if (kind === null && change !== null) {
    throw new Problem(`--change: there is no kind "${change}"${didYouMean(change, KINDS)}`, {
      hint: `Kinds: ${KINDS.join(', ')}`,
    });
  }
  return kind;
}

function dayOf(at: string | null, asOf: Day): Day {
  const day = at === null ? asOf : parseDay(at);
  if (day === null) throw new Problem(`--at: "${at}" is not a day`, { hint: 'Write it as 2026-12-07.' });
  return day;
}

/** GitHub's annotations where its runner reads them, unless something else is asked for. */
function formatOf(options: Readonly<Record<string, unknown>>, onGitHub: boolean): string {
  const named = text(options.format);
  if (named !== null && !FORMATS.includes(named)) {
    throw new Problem(`--format: there is no format "${named}"${didYouMean(named, FORMATS)}`, {
      hint: `Formats: ${FORMATS.join(', ')}`,
    });
  }
  if (options.json === true) return 'json';
  return named ?? (onGitHub ? 'github' : 'text');
}

/** An empty text stays one: a variable that is not set in a pipeline shall not ask another question. */
function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
