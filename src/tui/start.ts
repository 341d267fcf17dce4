import type { Overview } from '../domain/overview.ts';
import type { Size } from './layout.ts';
import { restoreOnExit } from './restore.ts';
import type { Shell } from './shell.ts';
import type { Settings } from './theme.ts';

// Nothing that draws is imported before the first frame stands: it may have been drawn at an earlier start.

export interface CalendarOptions {
  /** What `earlyPaint` makes of the overview at this size. */
  readonly frame: string;
  readonly size: Size;
  /** Asked for when the frame stands. */
  readonly overview: () => Promise<Overview>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly settings: Settings;
  /** Called once, when keys are answered. */
  readonly onLive: () => void;
  readonly shell: Shell;
}

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H';
const HOME = '\x1b[H';

/**
 * Shows the calendar until somebody leaves it; both streams must be terminals. The first frame stands before Ink is even loaded.
 * Rejects with what crashed it. The terminal is as it was however it ends.
 */
export async function startCalendar(options: CalendarOptions): Promise<void> {
  const { frame, size, stdin, stdout, settings, shell } = options;
  const early = restoreOnExit(stdin, stdout);
  try {
    // Raw from the start: keys pressed now wait for Ink instead of being echoed over the frame.
    stdin.setRawMode(true);
    // Ink draws from wherever the cursor stands, so it goes home again.
    stdout.write(ENTER + frame + HOME);
    const overview = await options.overview();
    const [{ mount }, { themeFor }, { personalOf }] = await Promise.all([
      import('./ink/mount.ts'),
      import('./theme.ts'),
      import('./personal.ts'),
    ]);
    const personal = personalOf(settings);
    const write = (bytes: string) => stdout.write(bytes);
    const app = mount({ overview, size, theme: themeFor(settings), shell, personal, write }, { stdin, stdout });
    // From here on Ink answers for the terminal.
    early.release();
    options.onLive();
    await app.waitUntilExit();
  } finally {
    early.restore();
  }
}
