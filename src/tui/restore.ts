const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
const LEAVE = '\x1b[0m\x1b[?25h\x1b[?1049l';

export interface Restorer {
  /** Somebody else restores the terminal from here on. */
  readonly release: () => void;
  /** Restores it now, unless released or restored before. */
  readonly restore: () => void;
}

/** Sees to it that the terminal is left as it was found: cooked, on its main screen, with a cursor, whatever ends the process. */
export function restoreOnExit(stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): Restorer {
  let armed = true;
  const release = () => {
    armed = false;
    process.off('exit', restore);
    for (const signal of SIGNALS) process.off(signal, die);
  };
  const restore = () => {
    if (!armed) return;
    release();
    stdout.write(LEAVE);
    stdin.setRawMode(false);
  };
  const die = (signal: NodeJS.Signals) => {
    restore();
    // With our handler gone the signal does what it does by default.
    process.kill(process.pid, signal);
  };
  process.on('exit', restore);
  for (const signal of SIGNALS) process.on(signal, die);
  return { release, restore };
}
