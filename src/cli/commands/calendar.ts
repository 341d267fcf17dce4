import { EXIT, type ExitCode } from '../../domain/problem.ts';
import { startCalendar } from '../../tui/start.ts';
import { type Answer, ask, recallDrawn } from '../ask.ts';
import { type CalendarSettings, calendarSettings } from '../calendar-settings.ts';
import type { CalendarShell } from '../calendar-shell.ts';
import type { Execute } from '../command.ts';
import { isInteractive } from '../terminal.ts';

/** The calendar where somebody sits at a terminal, otherwise the agenda as text. */
export const execute: Execute = async (call) => {
  const { options, terminal } = call;
  if (options.json === true || !isInteractive(terminal)) {
    const { execute: agenda } = await import('./agenda.ts');
    return agenda(call);
  }
  const { stdin, stdout } = process;
  const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
  const settings = await calendarSettings(terminal);
  if (settings.spoken || options.spoken === true) return speak(call, settings);
  const about = `frame ${size.columns}x${size.rows} ${JSON.stringify(settings)}`;

  const painted = recallDrawn(options, terminal, about);
  let answer: Answer | null = null;
  const behind: { shell: Promise<CalendarShell> | null } = { shell: null };
  // Only who decides needs everything open.
  const open = () => {
    behind.shell ??= (async () => {
      const [{ openSession }, { calendarShell }] = await Promise.all([
        import('../session.ts'),
        import('../calendar-shell.ts'),
      ]);
      return calendarShell(options, terminal, answer?.session ?? (await openSession(options, terminal)));
    })();
    return behind.shell;
  };
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
      shell: {
        decide: async (request) => (await open()).shell.decide(request),
        publish: async () => (await open()).shell.publish(),
        restore: async (change, to) => (await open()).shell.restore(change, to),
        writeRunning: async (changes) => (await open()).shell.writeRunning(changes),
        tryOn: async (windowId, day) => (await open()).shell.tryOn(windowId, day),
        relaxations: async (item) => (await open()).shell.relaxations(item),
        relax: async (relaxation) => (await open()).shell.relax(relaxation),
        refresh: async (always) => (await open()).shell.refresh(always),
        sync: async (report, signal) => (await open()).shell.sync(report, signal),
        save: async (as, text) => (await open()).shell.save(as, text),
        savePlan: async (as) => (await open()).shell.savePlan(as),
      },
    });
    return EXIT.ok;
  } finally {
    if (behind.shell !== null) (await behind.shell).close();
    else answer?.session?.store.close();
  }
};

/** The calendar line by line, for screen readers. */
async function speak({ options, terminal }: Parameters<Execute>[0], settings: CalendarSettings): Promise<ExitCode> {
  const [{ openSession, overviewOf }, { calendarShell }, { startSpoken }] = await Promise.all([
    import('../session.ts'),
    import('../calendar-shell.ts'),
    import('../../tui/spoken/start.ts'),
  ]);
  const session = await openSession(options, terminal);
  const { shell, close } = calendarShell(options, terminal, session);
  try {
    await startSpoken({ overview: overviewOf(session), stdin: process.stdin, stdout: process.stdout, settings, shell });
    return EXIT.ok;
  } finally {
    close();
  }
}
