import { EXIT, Problem } from '../../domain/problem.ts';
import { startCalendar } from '../../tui/start.ts';
import { type Answer, ask, recallDrawn } from '../ask.ts';
import type { Execute } from '../command.ts';
import type { Session } from '../session.ts';
import { colorLevel, isInteractive, wantsAscii } from '../terminal.ts';

/** The calendar where somebody sits at a terminal, otherwise the agenda as text. */
export const execute: Execute = async (call) => {
  const { options, terminal } = call;
  if (options.json === true || !isInteractive(terminal)) {
    const { execute: agenda } = await import('./agenda.ts');
    return agenda(call);
  }
  const { stdin, stdout } = process;
  const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
  const settings = { colorLevel: colorLevel(terminal), ascii: wantsAscii(terminal) };
  const about = `frame ${size.columns}x${size.rows} ${settings.colorLevel} ${settings.ascii ? 'ascii' : 'unicode'}`;

  const painted = recallDrawn(options, terminal, about);
  let answer: Answer | null = null;
  let session: Session | null = null;
  try {
    let frame = painted;
    if (frame === null) {
      answer = await ask(options, terminal);
      const { earlyPaint } = await import('../../tui/early-paint.ts');
      frame = earlyPaint(answer.overview, size, settings);
    }
    const first = frame;
    await startCalendar({
      frame: first,
      size,
      overview: async () => {
        answer ??= await ask(options, terminal);
        return answer.overview;
      },
      stdin,
      stdout,
      settings,
      onLive: () => {
        answer?.keep();
        if (painted === null) answer?.keepDrawn(about, first);
      },
      decide: async (request) => {
        try {
          // Only who decides needs everything open.
          const [{ openSession }, { decide }] = await Promise.all([import('../session.ts'), import('../decide.ts')]);
          session ??= answer?.session ?? (await openSession(options, terminal));
          const { overview, written } = await decide(session, request);
          const one = written[0];
          return {
            ok: true,
            overview,
            message: one === undefined ? 'nothing to write' : `${one.state} ${one.item}`,
          };
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          return { ok: false, message: error.hint === null ? error.message : `${error.message}. ${error.hint}` };
        }
      },
    });
    return EXIT.ok;
  } finally {
    (answer?.session ?? session)?.store.close();
  }
};
