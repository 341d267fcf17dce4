import { createInterface } from 'node:readline/promises';
import type { DecideRequest } from '../../app/decide.ts';
import { editRunning, writeRunning } from '../../config/running.ts';
import { addDays, type Day, parseDay } from '../../domain/day.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Overview } from '../../domain/overview.ts';
import type { Plan, RunningChange } from '../../domain/plan.ts';
import { EXIT, type ExitCode, Problem } from '../../domain/problem.ts';
import { windowId } from '../../domain/work-id.ts';
import type { Execute } from '../command.ts';
import { decide } from '../decide.ts';
import { printJson } from '../output.ts';
import { type Session, withSession } from '../session.ts';
import { isInteractive, type Terminal } from '../terminal.ts';

type Call = Parameters<Execute>[0];

/** What the deciding commands share: decide, then say what was written where, and what it breaks. */
export function decideAndSay(kind: DecideRequest['kind'], { args, options, terminal }: Call): Promise<ExitCode> {
  return withSession(options, terminal, async (session) => {
    const reason = typeof options.reason === 'string' ? options.reason : null;
    const to = dayOf(options.to);
    const request = { kind, windowId: args[0] ?? '', reason, ...(to === null ? {} : { to }) };
    const { written, running, before, overview } = await decide(session, request);
    const broken = findingsOf(before, overview, written);
    const changed = await updateRunning(running, session, { args, options, terminal });
    if (options.json === true) {
      printJson(terminal, {
        file: session.planFile,
        written,
        running: { changes: running, written: changed },
        findings: broken,
      });
    } else {
      for (const one of written) {
        terminal.stdout.write(`${one.state} ${windowId(one)}: ${one.from} to ${addDays(one.until, -1)}\n`);
      }
      for (const { window, because, rule } of broken) {
        const whose = written.some((one) => windowId(one) === window) ? '' : `${window} `;
        terminal.stdout.write(`${whose}breaks ${rule}: ${because}\n`);
      }
      terminal.stderr.write(`written to ${session.planFile}\n`);
    }
    return broken.length > 0 ? EXIT.closed : EXIT.ok;
  });
}

function dayOf(option: unknown): Day | null {
  if (typeof option !== 'string') return null;
  const day = parseDay(option);
  if (day === null) throw new Problem(`--to: "${option}" is not a day`, { hint: 'Write it as 2026-12-07.' });
  return day;
}

/** The rules that what was just decided breaks, and those that other decided windows break because of it. */
function findingsOf(before: Overview, { plan }: Overview, written: readonly Decision[]) {
  const own = new Set(written.map(windowId));
  const known = new Set(allFindings(before.plan).map(({ window, rule }) => `${window} ${rule}`));
  return allFindings(plan).filter(({ window, rule }) => own.has(window) || !known.has(`${window} ${rule}`));
}

function allFindings({ windows }: Plan) {
  return windows
    .filter(({ state }) => state !== 'done')
    .flatMap(({ id, findings }) => findings.map((finding) => ({ window: id, ...finding })));
}

/** Shows how neap.yaml changes by what is done, and writes it with `--yes` or when the person says so. */
async function updateRunning(
  changes: readonly RunningChange[],
  session: Session,
  { options, terminal }: Call,
): Promise<boolean> {
  if (changes.length === 0) return false;
  const edit = editRunning(session.origin.path, changes);
  if (edit.diff.length === 0) return false;
  terminal.stderr.write(`${edit.path}:\n${edit.diff.map((line) => `  ${line}\n`).join('')}`);
  const yes = options.yes === true || (options.json !== true && (await agreed(terminal)));
  if (!yes) {
    terminal.stderr.write('neap.yaml is as it was; --yes writes the lines above\n');
    return false;
  }
  await writeRunning(edit);
  return true;
}

async function agreed(terminal: Terminal): Promise<boolean> {
  if (!isInteractive(terminal)) return false;
  const lines = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question('Write it? [y/N] ')).trim());
  } finally {
    lines.close();
  }
}
