import { describe, expect, it } from 'vitest';
import { calendarSettings } from '../../src/cli/calendar-settings.ts';
import { aFolder, aTerminal, neap } from '../support/cli.ts';

function settingsOf(file: string | null, env: Readonly<Record<string, string>> = {}) {
  const cwd = aFolder(file === null ? {} : { '.home/config.yaml': file });
  return calendarSettings(aTerminal({ cwd, env }).terminal);
}

describe('what one person wants of the calendar', () => {
  it('needs no file', async () => {
    expect(await settingsOf(null)).toEqual({ colorLevel: 'none', ascii: false, light: false, spoken: false });
  });

  it('is taken from the file, below the environment', async () => {
    const file =
      'theme: light\nascii: true\nspoken: true\nkeys: {accept: A, "page-down": [space, ctrl-f], day-back: []}\n';
    expect(await settingsOf(file)).toMatchObject({
      light: true,
      ascii: true,
      spoken: true,
      keys: { accept: ['A'], 'page-down': [' ', 'ctrl-f'], 'day-back': [] },
    });
    const env = { NEAP_THEME: 'dark', NEAP_ASCII: '0', NEAP_SPOKEN: '0' };
    expect(await settingsOf(file, env)).toMatchObject({ light: false, ascii: false, spoken: false });
  });

  it.each([
    ['15;0', false],
    ['0;15', true],
    ['0;default;7', true],
    ['', false],
  ])('COLORFGBG %j: light is %s', async (COLORFGBG, light) => {
    expect((await settingsOf(null, { COLORFGBG })).light).toBe(light);
  });

  it.each([
    ['themes: light', 'Unknown key `themes`, did you mean `theme`'],
    ['keys: {acept: A}', 'there is no key named acept'],
    ['keys: {accept: alt-x}', 'accept: "alt-x" is no key'],
    ['keys: {accept: [q, ctrl-c]}', 'quit has lost all its keys'],
  ])('%s is refused with its place', async (file, message) => {
    await expect(settingsOf(file)).rejects.toMatchObject({
      message: expect.stringContaining(message.slice(0, 20)),
      where: expect.stringContaining('config.yaml'),
    });
  });
});

it('neap config keys lists the names', async () => {
  const { code, out } = await neap(['config', 'keys']);
  expect(code).toBe(0);
  expect(out).toMatch(/^accept +a +accept the window$/m);
});
