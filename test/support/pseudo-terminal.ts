import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import xterm from '@xterm/headless';

/** Whether util-linux' `script` is here, which gives a program a terminal of its own. */
export function hasPseudoTerminal(): boolean {
  return spawnSync('script', ['-qfec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A shell in a real pseudo-terminal, whose screen is read by an emulator. */
export interface PseudoTerminal {
  readonly type: (bytes: string) => void;
  /** Waits for what the screen shows; fails with the screen when it does not come. */
  readonly until: (isThere: (screen: string) => boolean, what: string) => Promise<string>;
  readonly screen: () => string;
  readonly onAlternateScreen: () => boolean;
  readonly cursorIsVisible: () => boolean;
  /** As somebody drags the corner of the window. */
  readonly resize: (size: Size) => void;
  readonly close: () => Promise<void>;
}

/** Longest wait for one thing on a busy machine, in milliseconds. */
const PATIENCE = 15_000;

/** Opens an interactive shell; its prompt is `$ `. */
export async function openTerminal(cwd: string, env: NodeJS.ProcessEnv, size: Size): Promise<PseudoTerminal> {
  const emulator = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
  const place = join(cwd, '.tty');
  const start = `stty cols ${size.columns} rows ${size.rows}; tty > ${place}; exec env PS1='$ ' bash --norc --noprofile --noediting -i`;
  const child = spawn('script', ['-qfec', start, '/dev/null'], { cwd, env });
  const waiting = new Set<() => void>();
  // Ink hides the cursor with DEC mode 25; the emulator does not say how it stands.
  let visible = true;
  child.stdout.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    const last = Math.max(text.lastIndexOf('\x1b[?25h'), text.lastIndexOf('\x1b[?25l'));
    if (last >= 0) visible = text.startsWith('\x1b[?25h', last);
    emulator.write(chunk, () => {
      for (const look of waiting) look();
    });
  });
  const screen = () => {
    const { active } = emulator.buffer;
    const lines = Array.from({ length: emulator.rows }, (_, y) =>
      active.getLine(active.baseY + y)?.translateToString(true),
    );
    return lines.join('\n').trimEnd();
  };
  const until = (isThere: (screen: string) => boolean, what: string) =>
    new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`the terminal never showed ${what}; it shows:\n${screen()}`));
      }, PATIENCE);
      const look = () => {
        const now = screen();
        if (!isThere(now)) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(now);
      };
      waiting.add(look);
      look();
    });
  await until((text) => text.endsWith('$'), 'a prompt');
  const device = existsSync(place) ? readFileSync(place, 'utf8').trim() : '';
  return {
    type: (bytes) => child.stdin.write(bytes),
    until,
    screen,
    onAlternateScreen: () => emulator.buffer.active.type === 'alternate',
    cursorIsVisible: () => visible,
    resize: ({ columns, rows }) => {
      emulator.resize(columns, rows);
      execFileSync('stty', ['-F', device, 'cols', String(columns), 'rows', String(rows)]);
    },
    close: () =>
      new Promise((resolve) => {
        child.on('close', () => resolve());
        // The kernel hangs up on whatever is left in the terminal, stopped or not.
        child.kill('SIGKILL');
        child.stdin.destroy();
      }),
  };
}
