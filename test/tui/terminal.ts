import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import xterm from '@xterm/headless';
import type { Instance } from 'ink';
import { mount } from '../../src/tui/ink/mount.ts';
import type { Size } from '../../src/tui/layout.ts';
import { personalOf } from '../../src/tui/personal.ts';
import type { Shell } from '../../src/tui/shell.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { anOverview } from '../support/overview.ts';

/** The real application in a terminal that is only emulated. */
export interface Emulated {
  readonly app: Instance;
  /** Sends what a terminal would send, and waits until the answer stands on screen. */
  readonly send: (bytes: string) => Promise<void>;
  readonly resize: (size: Size) => Promise<void>;
  readonly lines: () => readonly string[];
  readonly onAlternateScreen: () => boolean;
  readonly isRaw: () => boolean;
}

/** Whatever is not expected is a failure. */
const never = async (): Promise<never> => {
  throw new Error('the shell was not to be asked');
};
const SILENT: Shell = {
  decide: never,
  publish: never,
  restore: never,
  writeRunning: never,
  tryOn: never,
  relaxations: never,
  relax: never,
  refresh: never,
  sync: never,
  save: never,
  savePlan: never,
};

export async function emulate(
  size: Size,
  asked: Partial<Shell> = {},
  copied?: (bytes: string) => void,
): Promise<Emulated> {
  const terminal = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    allowProposedApi: true,
    convertEol: true,
  });
  let written: Promise<unknown> = Promise.resolve();
  const stdout = Object.assign(new EventEmitter(), {
    ...size,
    isTTY: true,
    write(chunk: string, done?: unknown) {
      written = new Promise<void>((resolve) => terminal.write(chunk, resolve));
      if (typeof done === 'function') written.then(() => done());
      return true;
    },
  });
  let raw = false;
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => {
      raw = mode;
    },
    ref: () => {},
    unref: () => {},
  });
  const props = {
    overview: anOverview(),
    size,
    theme: themeFor({ colorLevel: '256', ascii: false }),
    shell: { ...SILENT, ...asked },
    personal: personalOf({}),
    write: (bytes: string) => {
      if (bytes.startsWith('\x1b]')) copied?.(bytes);
      else stdout.write(bytes);
    },
    patience: 0,
    lookEvery: 1_000_000,
  };
  const app = mount(props, {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
  });
  const settled = async () => {
    // One turn lets the stream deliver, the next lets promises of the application answer.
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      await app.waitUntilRenderFlush();
    }
    await written;
  };
  await settled();
  return {
    app,
    send: async (bytes) => {
      stdin.write(bytes);
      await settled();
    },
    resize: async ({ columns, rows }) => {
      terminal.resize(columns, rows);
      Object.assign(stdout, { columns, rows });
      stdout.emit('resize');
      await settled();
    },
    lines: () => {
      const { active } = terminal.buffer;
      return Array.from(
        { length: terminal.rows },
        (_, y) => active.getLine(y)?.translateToString(true).trimEnd() ?? '',
      );
    },
    onAlternateScreen: () => terminal.buffer.active.type === 'alternate',
    isRaw: () => raw,
  };
}
