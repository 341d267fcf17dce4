import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands.ts';
import { overviewOf, withSession } from '../src/cli/session.ts';
import { earlyPaint } from '../src/tui/early-paint.ts';
import { aFolder, aTerminal } from './support/cli.ts';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it('shows the calendar as the program draws it for the example team', async () => {
    const { terminal } = aTerminal({ cwd: aFolder() });
    const frame = await withSession({}, terminal, (session) =>
      earlyPaint(overviewOf(session), { columns: 100, rows: 38 }, { colorLevel: 'none', ascii: false }),
    );
    const drawn = stripVTControlCharacters(frame)
      .replaceAll('\r', '')
      .split('\n')
      .map((line) => line.trimEnd());
    const shown = readme.split('```text\n')[1]?.split('\n```')[0]?.split('\n');
    expect(shown, `put this picture into README.md:\n${drawn.join('\n')}`).toEqual(drawn);
  });

  it('shows the month as it is drawn in the smallest usual terminal', () => {
    const frame = readFileSync('test/tui/frames/example.month.80x24.txt', 'utf8');
    expect(readme, `put this picture into README.md:\n${frame}`).toContain(`\`\`\`text\n${frame}\`\`\``);
  });

  it('gives the two commands that must always hold', () => {
    expect(readme).toContain('\nnpm ci && npm start\n');
    expect(readme).toContain('\nnpm ci && npm test\n');
  });

  it('names only commands that exist', () => {
    const named = [...readme.matchAll(/(?:^ {3,}|`)neap ([a-z][a-z-]*)/gm)].map((match) => match[1]);
    const known = COMMANDS.map(({ name }) => name);
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });
});
