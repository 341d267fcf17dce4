import type { Overview } from '../domain/overview.ts';
import { compose } from './compose/compose.ts';
import type { Decide } from './decide.ts';
import type { Size } from './layout.ts';
import { restoreOnExit } from './restore.ts';
import { initialState } from './state.ts';
import { type Settings, themeFor } from './theme.ts';

export type { DecideRequest, DecideResult } from './decide.ts';

export interface CalendarOptions {
  readonly overview: Overview;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly settings: Settings;
  /** Writes the decision and plans again; never throws. */
  readonly decide: Decide;
}

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H';
const HOME = '\x1b[H';

/** The first frame as text, lines parted by `\r\n`, none after the last. Pure. */
export function earlyPaint(overview: Overview, size: Size, settings: Settings): string {
  const state = initialState(overview, size);
  return compose(state.model, state, size, themeFor(settings)).join('\r\n');
}

/**
 * Shows the calendar until somebody leaves it; both streams must be terminals. The first frame stands before Ink is even loaded.
 * Rejects with what crashed it. The terminal is as it was however it ends.
 */
export async function startCalendar(options: CalendarOptions): Promise<void> {
  const { overview, stdin, stdout, settings, decide } = options;
  const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
  const early = restoreOnExit(stdin, stdout);
  try {
    // Raw from the start: keys pressed now wait for Ink instead of being echoed over the frame.
    stdin.setRawMode(true);
    // Ink draws from wherever the cursor stands, so it goes home again.
    stdout.write(ENTER + earlyPaint(overview, size, settings) + HOME);
    const { mount } = await import('./ink/mount.ts');
    const app = mount({ overview, size, theme: themeFor(settings), decide }, { stdin, stdout });
    // From here on Ink answers for the terminal.
    early.release();
    await app.waitUntilExit();
  } finally {
    early.restore();
  }
}
