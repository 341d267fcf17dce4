import type { ReadStream, WriteStream } from 'node:tty';

/** The process as the commands see it; tests give their own. */
export interface Terminal {
  readonly stdin: ReadStream | (NodeJS.ReadableStream & { isTTY?: boolean });
  readonly stdout: WriteStream | (NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number });
  readonly stderr: NodeJS.WritableStream & { isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** The clock; read once a command. */
  readonly now: () => Date;
  /** The program that runs, in words that change with everything it is made of; `null`: unknown, so it keeps no answers between starts. */
  readonly build: string | null;
}

/** Someone sits at a screen that can be drawn on: both ends are terminals, and not a dumb one. */
export function isInteractive(terminal: Terminal): boolean {
  return terminal.stdin.isTTY === true && terminal.stdout.isTTY === true && terminal.env.TERM !== 'dumb';
}

export type ColorLevel = 'none' | '16' | '256' | 'truecolor';

/** How much colour the terminal takes. `NO_COLOR` and a pipe mean none, `FORCE_COLOR` (0 to 3) decides otherwise. */
export function colorLevel({ stdout, env }: Terminal): ColorLevel {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return FORCED[forced] ?? '16';
  if ((env.NO_COLOR ?? '') !== '' || stdout.isTTY !== true || env.TERM === 'dumb') return 'none';
  if (/truecolor|24bit/i.test(env.COLORTERM ?? '')) return 'truecolor';
  return /256/.test(env.TERM ?? '') ? '256' : '16';
}

const FORCED: Readonly<Record<string, ColorLevel>> = {
  '0': 'none',
  false: 'none',
  '1': '16',
  true: '16',
  '2': '256',
  '3': 'truecolor',
};

/** Whether only ASCII glyphs are safe: asked for, an old terminal, or a locale that is not UTF-8. */
export function wantsAscii({ env }: Terminal): boolean {
  if ((env.NEAP_ASCII ?? '') !== '') return env.NEAP_ASCII !== '0';
  if (/^(linux|vt\d|dumb)/.test(env.TERM ?? '')) return true;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale !== '' && !/utf-?8/i.test(locale);
}
