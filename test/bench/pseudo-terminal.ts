import { spawn, spawnSync } from 'node:child_process';

/** Whether util-linux' `script` is here, which gives a program a terminal of its own. */
export function hasPseudoTerminal(): boolean {
  return spawnSync('script', ['-qfec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;
}

export interface FirstFrames {
  /** Milliseconds until the calendar stands on the screen, drawn before Ink is loaded. */
  readonly earlyPaint: number;
  /** Milliseconds until Ink has drawn its own first frame and answers keys. */
  readonly ink: number;
}

/** Ink brackets every frame of its own with DEC mode 2026. */
const INK_FRAME = '\x1b[?2026h';
const ALTERNATE_SCREEN = '\x1b[?1049h';

/** Starts the calendar in a pseudo-terminal of the given size, times its first two frames, and leaves it with `q`. */
export function firstFrames(
  command: string,
  { cwd, env, columns, rows }: { cwd: string; env: NodeJS.ProcessEnv; columns: number; rows: number },
): Promise<FirstFrames> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn('script', ['-qfec', `stty cols ${columns} rows ${rows}; exec ${command}`, '/dev/null'], {
      cwd,
      env,
    });
    let screen = '';
    let earlyPaint: number | null = null;
    let ink: number | null = null;
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
      if (earlyPaint === null && screen.includes(ALTERNATE_SCREEN) && screen.includes('Models:'))
        earlyPaint = performance.now() - start;
      if (ink === null && screen.includes(INK_FRAME)) {
        ink = performance.now() - start;
        child.stdin.write('q');
      }
    });
    child.on('error', fail);
    child.on('close', () => {
      if (earlyPaint !== null && ink !== null) done({ earlyPaint, ink });
      else fail(new Error(`the calendar did not draw:\n${screen.slice(0, 2000)}`));
    });
  });
}
