import { EXIT } from '../../domain/problem.ts';
import type { Execute } from '../command.ts';
import { undo } from '../decide.ts';
import { printJson } from '../output.ts';
import { withSession } from '../session.ts';

export const execute: Execute = ({ args, options, terminal }) =>
  withSession(options, terminal, async (session) => {
    const item = args[0] ?? '';
    const { removed } = await undo(session, item);
    if (options.json === true) printJson(terminal, { file: session.planFile, item, removed });
    else
      terminal.stdout.write(
        `${item} is open again; ${removed} ${removed === 1 ? 'decision' : 'decisions'} taken back\n`,
      );
    return EXIT.ok;
  });
