import type { DecideRequest } from '../../app/decide.ts';
import { addDays } from '../../domain/day.ts';
import { EXIT, type ExitCode } from '../../domain/problem.ts';
import type { Execute } from '../command.ts';
import { decide } from '../decide.ts';
import { printJson } from '../output.ts';
import { withSession } from '../session.ts';

/** What `accept` and `reject` share: decide, then say what was written where. */
export function decideAndSay(
  kind: DecideRequest['kind'],
  { args, options, terminal }: Parameters<Execute>[0],
): Promise<ExitCode> {
  return withSession(options, terminal, async (session) => {
    const reason = typeof options.reason === 'string' ? options.reason : null;
    const { written } = await decide(session, { kind, windowId: args[0] ?? '', reason });
    if (options.json === true) {
      printJson(terminal, { file: session.planFile, written });
    } else {
      for (const { item, step, state, from, until } of written) {
        terminal.stdout.write(`${state} ${item}${step === null ? '' : `/${step}`}: ${from} to ${addDays(until, -1)}\n`);
      }
      terminal.stderr.write(`written to ${session.planFile}\n`);
    }
    return EXIT.ok;
  });
}
