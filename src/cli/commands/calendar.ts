import { EXIT, Problem } from '../../domain/problem.ts';
import type { Execute } from '../command.ts';
import { decide } from '../decide.ts';
import { overviewOf, withSession } from '../session.ts';
import { colorLevel, isInteractive, wantsAscii } from '../terminal.ts';
import { execute as agenda } from './agenda.ts';

/** The calendar where somebody sits at a terminal, otherwise the agenda as text. */
export const execute: Execute = (call) => {
  const { options, terminal } = call;
  if (options.json === true || !isInteractive(terminal)) return agenda(call);
  return withSession(options, terminal, async (session) => {
    const { startCalendar } = await import('../../tui/start.ts');
    await startCalendar({
      overview: overviewOf(session),
      stdin: process.stdin,
      stdout: process.stdout,
      settings: { colorLevel: colorLevel(terminal), ascii: wantsAscii(terminal) },
      decide: async (request) => {
        try {
          const { overview, written } = await decide(session, request);
          const first = written[0];
          return {
            ok: true,
            overview,
            message: first === undefined ? 'nothing to write' : `${first.state} ${first.item}`,
          };
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          return { ok: false, message: error.hint === null ? error.message : `${error.message}. ${error.hint}` };
        }
      },
    });
    return EXIT.ok;
  });
};
