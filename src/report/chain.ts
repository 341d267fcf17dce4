import type { Chain, ChainResult } from '../upgrade/chain.ts';
import { actionsOf, wayBackActions } from '../upgrade/commands.ts';
import type { Finding } from '../upgrade/findings.ts';
import type { Goal } from '../upgrade/goals.ts';
import type { Opportunity } from '../upgrade/opportunities.ts';
import type { ChainStep } from '../upgrade/step.ts';
import type { Tables } from '../upgrade/tables.ts';
import { plain, table } from './text.ts';

/** What `neap path` answers, in the shape of src/app/chain.ts. */
interface Path {
  readonly goal: Goal;
  readonly result: ChainResult | null;
  readonly opportunities: readonly Opportunity[];
}

export interface ChainTextOptions {
  /** Every finding instead of the grave ones. */
  readonly all: boolean;
  /** The commands of each step. */
  readonly commands: boolean;
  readonly tables: Tables;
}

/** Findings shown without `--all`. */
const SHOWN = 8;

/** A chain as text: why, its drawing, the steps with their ways back, findings, the three opportunities. */
export function pathText({ goal, result, opportunities }: Path, options: ChainTextOptions): string {
  const why = goal.reasons.map(({ text }) => `why: ${plain(text)}\n`).join('');
  if (result === null)
    return `${why || 'Nothing has to be done: no end, no advisory and no wish asks for another line.\n'}`;
  if (result.kind === 'there') return `It runs ${plain(result.line)} already.\n`;
  if (result.kind === 'later') {
    const { title, ripeness } = result;
    const from = ripeness.from === null ? '' : `, from ${ripeness.from} on`;
    return `${why}${plain(title)}: not yet${from}. ${plain(ripeness.because)}.\n`;
  }
  if (result.kind === 'none') {
    const rows = result.rows.map((row) => `  because: ${plain(row)}\n`).join('');
    const nearest = result.nearest === null ? '' : `  the nearest that can be reached: ${plain(result.nearest)}\n`;
    return `${plain(result.title)}: not possible. ${plain(result.because)}.\n${rows}${nearest}`;
  }
  const { chain } = result;
  const facts = [chain.edition, chain.topology ?? 'topology not stated', chain.platform ?? 'platform not stated'];
  return [
    `${chain.name} ${chain.lines.join(' → ')}  (${facts.map(plain).join(', ')})\n`,
    why,
    '\n',
    drawing(chain),
    '\n',
    steps(chain),
    '\n',
    summary(chain),
    findings(chain, options.all),
    others(chain),
    timing(opportunities),
    options.all ? background(options.tables) : '',
    options.commands ? commands(chain, options.tables) : '\nWhat to type in each step: --commands\n',
  ].join('');
}

/** One row a hop, the point of no return marked: `7.0 ─prepare─binaries╳burn-in 14 d─FCV─soak 7 d─▶ 8.0`. */
function drawing(chain: Chain): string {
  let past = false;
  const rows: string[] = [];
  for (const [index, to] of chain.lines.slice(1).entries()) {
    const from = chain.lines[index] ?? '';
    const parts = chain.steps
      .filter((step) => step.to === to && (step.from === from || step.from === step.to))
      .map((step) => {
        const turn = step.id === chain.noReturn;
        if (turn) past = true;
        return `${turn ? '╳ ' : ''}${short(step)}`;
      });
    rows.push(
      `${from} ${past && index > 0 && !parts.join('').includes('╳') ? '═' : '─'} ${parts.join(' ─ ')} ─▶ ${to}\n`,
    );
  }
  return `${rows.join('')}${chain.noReturn === null ? '' : '╳ point of no return: from here on the way back is a restore, or nothing\n'}`;
}

function short(step: ChainStep): string {
  if (step.kind === 'fcv') return `FCV ${step.to}`;
  if (step.kind === 'packages') return step.changes.map(({ name, to }) => `${name} ${to}`).join(' + ');
  if (step.wait > 0) return `${step.kind} ${step.wait} d`;
  return step.kind;
}

function steps(chain: Chain): string {
  const rows = chain.steps.map((step, index) => [
    String(index + 1),
    `${step.id === chain.noReturn ? '╳ ' : ''}${step.title}`,
    step.days > 0 ? `${step.days} working ${step.days === 1 ? 'day' : 'days'}` : `wait ${step.wait} days`,
    step.ripe === null ? '' : step.ripe.from === null ? 'not yet' : `from ${step.ripe.from}`,
    `${step.wayBack.text}${step.unverified.length > 0 ? ' [unverified]' : ''}`,
  ]);
  const details = chain.steps.flatMap((step, index) => [
    ...(step.ripe === null ? [] : [`${index + 1}: ${plain(step.ripe.because)}\n`]),
    ...step.details.map((detail) => `${index + 1}: ${plain(detail)}\n`),
  ]);
  const doubts = new Map<string, number[]>();
  chain.steps.forEach((step, index) => {
    for (const what of step.unverified) doubts.set(what, [...(doubts.get(what) ?? []), index + 1]);
  });
  for (const [what, where] of doubts) details.push(`${where.join(', ')}: not checked at its source: ${plain(what)}\n`);
  return `${table([['', 'step', 'takes', '', 'way back'], ...rows])}\n${details.join('')}`;
}

function summary({ totals, noReturn, steps: all }: Chain): string {
  const turn = all.find((step) => step.id === noReturn);
  const work = `${totals.days} working days of work (${Math.round(totals.effort * 10) / 10} person-days), ${totals.wait} days of waiting`;
  const back =
    turn === undefined
      ? 'Every step has a way back.'
      : `The last day to go back without a restore is the one before step ${all.indexOf(turn) + 1}: ${plain(turn.title)}.`;
  return `${work}. ${back}\n`;
}

function findings({ findings: found }: Chain, all: boolean): string {
  const grave = found.toSorted((a, b) => RANK(a) - RANK(b));
  const shown = all ? grave : grave.filter(({ severity }) => severity === 'high').slice(0, SHOWN);
  const lines = shown.map(
    ({ severity, text, verified }) => `  ${severity.padEnd(6)}  ${plain(text)}${verified ? '' : ' [unverified]'}\n`,
  );
  const rest = grave.length - shown.length;
  return `${lines.length > 0 ? `\nTo know before:\n${lines.join('')}` : ''}${rest > 0 ? `  … and ${rest} more: --all\n` : ''}`;
}

const RANK = ({ severity }: Finding) => ['high', 'medium', 'low'].indexOf(severity);

function others({ others: ways }: Chain): string {
  if (ways.length === 0) return '';
  return `\nOther ways:\n${ways.map(({ lines, because }) => `  ${lines.join(' → ')}: ${plain(because)}\n`).join('')}`;
}

function timing(opportunities: readonly Opportunity[]): string {
  if (opportunities.length === 0) return '';
  const rows = opportunities.map(({ row, possible, because, recommended }) => [
    recommended ? '▶' : '',
    row.title,
    possible.replace('-', ' '),
    because,
  ]);
  const costs = opportunities.map(
    ({ row }) => `  ${plain(`${row.title}: + ${row.gains[0] ?? ''}; − ${row.costs[0] ?? ''}`)}\n`,
  );
  return `\nThe application's release and the upgrade (▶ recommended):\n${table(rows)}${costs.join('')}\n`;
}

function background({ techniques, vendorStatements }: Tables): string {
  const how = techniques.map(({ title, text }) => `  ${plain(title)}: ${plain(text)}\n`);
  const said = vendorStatements.map(({ vendor, text }) => `  ${plain(vendor)}: ${plain(text)}\n`);
  return `\nWays to carry it out:\n${how.join('')}\nWhat hosts say of theirs:\n${said.join('')}`;
}

function commands(chain: Chain, tables: Tables): string {
  const blocks = chain.steps.flatMap((step, index) => {
    const actions = actionsOf(chain, step, tables);
    if (actions.length === 0) return [];
    const back = step.wayBack.noReturn ? wayBackActions(chain, step, tables) : [];
    return [
      `\n# ${index + 1}. ${plain(step.title)}\n`,
      ...actions.map(actionText),
      ...(back.length === 0
        ? []
        : [`# the way back:\n`, ...back.map((action) => `${actionText(action).trimEnd().replace(/^/gm, '#   ')}\n`)]),
    ];
  });
  return blocks.join('');
}

function actionText({ title, where, run, undo, verified }: ReturnType<typeof actionsOf>[number]): string {
  const marks = `${undo ? '' : '  CANNOT BE UNDONE'}${verified ? '' : '  [unverified]'}`;
  const head = `# ${plain(title)}${where === null ? '' : ` (${plain(where)})`}${marks}\n`;
  return head + run.map((line) => `${plain(line)}\n`).join('');
}

/** The same for programs; `schemaVersion` is added by the caller. */
export function pathJson({ goal, result, opportunities }: Path, tables: Tables): object {
  if (result?.kind === 'later') {
    const { kind, title, line, ripeness } = result;
    return { goal, chain: null, refusal: { kind, title, line, because: ripeness.because, from: ripeness.from } };
  }
  if (result?.kind !== 'chain') return { goal, chain: null, refusal: result?.kind === 'none' ? result : null };
  const { chain } = result;
  return {
    goal,
    chain: {
      ...chain,
      steps: chain.steps.map((step) => ({
        ...step,
        actions: actionsOf(chain, step, tables),
        wayBack: { ...step.wayBack, actions: wayBackActions(chain, step, tables) },
      })),
    },
    opportunities: opportunities.map(({ row, ...judged }) => ({ ...row, ...judged })),
  };
}
