import { existsSync } from 'node:fs';
import { Problem } from '../domain/problem.ts';
import type { Settings } from '../tui/theme.ts';
import { userFile } from './places.ts';
import { colorLevel, type Terminal, wantsAscii } from './terminal.ts';

export interface CalendarSettings extends Settings {
  /** Spoken lines instead of a picture. */
  readonly spoken: boolean;
}

/** How the calendar looks and which keys it takes: the environment, then the user's file, then what the terminal says. @throws Problem for what is wrong in the file. */
export async function calendarSettings(terminal: Terminal): Promise<CalendarSettings> {
  const { env } = terminal;
  const path = userFile(terminal);
  // Most people have no such file, and reading one costs as much as the first frame.
  const file = existsSync(path) ? (await import('../config/user-file.ts')).readUserFile(path) : {};
  const asked = env.NEAP_THEME || file.theme || 'auto';
  const keys = file.keys === undefined ? undefined : await keysOf(file.keys, path);
  return {
    colorLevel: colorLevel(terminal),
    ascii: (env.NEAP_ASCII ?? '') === '' && file.ascii !== undefined ? file.ascii : wantsAscii(terminal),
    light: asked === 'auto' ? hasLightBackground(env.COLORFGBG) : asked === 'light',
    spoken:
      (env.NEAP_SPOKEN ?? '') === '' ? (file.spoken ?? env.INK_SCREEN_READER === 'true') : env.NEAP_SPOKEN !== '0',
    ...(keys === undefined ? {} : { keys }),
  };
}

/** Some terminals tell their colours, `foreground;background` of the sixteen; 7 and 9 to 15 are light. */
function hasLightBackground(colors: string | undefined): boolean {
  const background = Number(colors?.split(';').at(-1) || 'none');
  return background === 7 || background >= 9;
}

async function keysOf(
  written: Readonly<Record<string, readonly string[]>>,
  path: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const [{ KEYMAP, keyFrom, rebound }, { didYouMean }] = await Promise.all([
    import('../tui/keymap.ts'),
    import('../config/suggest.ts'),
  ]);
  const names = KEYMAP.map(({ id }) => id);
  const keys: Record<string, readonly string[]> = {};
  for (const [id, own] of Object.entries(written)) {
    if (!names.includes(id)) throw wrong(`there is no key named ${id}${didYouMean(id, names)}`, path);
    keys[id] = own.map((text) => {
      const key = keyFrom(text);
      if (key === null) throw wrong(`${id}: "${text}" is no key`, path);
      return key;
    });
  }
  const [problem] = rebound(KEYMAP, keys).problems;
  if (problem !== undefined) throw wrong(problem, path);
  return keys;
}

function wrong(message: string, where: string): Problem {
  return new Problem(message, { where, hint: 'The names are listed by: neap config keys' });
}
