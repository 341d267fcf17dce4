import { emitKeypressEvents, type Key } from 'node:readline';
import { fromNumber } from '../../domain/day.ts';
import type { Overview } from '../../domain/overview.ts';
import { perform } from '../effects.ts';
import { suspendWith } from '../ink/suspend.ts';
import { personalOf } from '../personal.ts';
import type { Shell } from '../shell.ts';
import { type Action, initialState, reduce, type State } from '../state.ts';
import { type Settings, themeFor } from '../theme.ts';
import { greeting, say } from './say.ts';

export interface SpokenOptions {
  readonly overview: Overview;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly settings: Settings;
  readonly shell: Shell;
}

/**
 * The calendar for ears: the same keys, and for each change a line that a screen reader reads out. Nothing is redrawn and no other screen is
 * used. Resolves when somebody leaves; the terminal is as it was however it ends.
 */
export async function startSpoken({ overview, stdin, stdout, settings, shell }: SpokenOptions): Promise<void> {
  const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
  const theme = themeFor(settings);
  const write = (lines: readonly string[]) => stdout.write(lines.map((line) => `${line}\r\n`).join(''));
  let state: State = reduce(initialState(overview, size, personalOf(settings)), { type: 'key', key: '3' });
  const abort = new AbortController();
  let leave: () => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const left = new Promise<void>((resolve, reject) => {
    leave = resolve;
    fail = reject;
  });
  const suspend = suspendWith(async (during) => {
    stdin.setRawMode(false);
    await during();
    stdin.setRawMode(true);
  });
  const tools = { shell, theme, write: (bytes: string) => stdout.write(bytes), suspend };

  const dispatch = (action: Action) => {
    const before = state;
    state = reduce(before, action);
    write(say(before, state));
    if (state.request !== null && state.request !== before.request) {
      perform(state.request, state, tools).then((answer) => dispatch({ type: 'answered', answer }), fail);
    }
    if (state.tried !== null && state.tried !== before.tried && state.tried.trial === null) {
      const { windowId, day } = state.tried;
      shell.tryOn(windowId, fromNumber(day)).then((trial) => dispatch({ type: 'tried', windowId, day, trial }), fail);
    }
    if (state.relaxed !== null && state.relaxed !== before.relaxed && state.relaxed.found === null) {
      const { item } = state.relaxed;
      shell.relaxations(item).then((found) => dispatch({ type: 'relaxed', item, found }), fail);
    }
    if (state.sync !== null && before.sync === null) {
      shell
        .sync((progress) => dispatch({ type: 'syncing', progress }), abort.signal)
        .then((answer) => dispatch({ type: 'synced', answer }), fail);
    }
    if (state.leaving && state.request === null) leave();
  };
  const onKey = (text: string | undefined, key: Key) => {
    for (const one of keysOf(text, key)) dispatch({ type: 'key', key: one });
  };

  emitKeypressEvents(stdin);
  const restore = () => stdin.setRawMode(false);
  process.on('exit', restore);
  stdin.setRawMode(true);
  stdin.on('keypress', onKey);
  stdin.resume();
  try {
    write(greeting(state));
    await left;
  } finally {
    abort.abort();
    stdin.off('keypress', onKey);
    stdin.pause();
    restore();
    process.off('exit', restore);
  }
}

const NAMES: Readonly<Record<string, string>> = { return: 'enter', enter: 'enter', space: ' ' };
const NAMED = ['escape', 'tab', 'backspace', 'up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown'];

/** One key of readline as the calendar names it. */
function keysOf(text: string | undefined, { name = '', ctrl = false }: Key): readonly string[] {
  if (ctrl) return [`ctrl-${name}`];
  const known = NAMES[name] ?? (NAMED.includes(name) ? name : null);
  if (known !== null) return [known];
  return text === undefined || /\p{Cc}/u.test(text) ? [] : Array.from(text);
}
