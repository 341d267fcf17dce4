import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { overviewOf, withSession } from '../../src/cli/session.ts';
import type { Overview } from '../../src/domain/overview.ts';
import { aFolder, aTerminal } from '../support/cli.ts';
import { pressing, screen, withoutSgr } from './screen.ts';

// The example team with the bundled data, as of the bundle's day: after the data or the planner changed, `npx vitest run -u` and look.

let overview: Overview;
beforeAll(async () => {
  const { terminal } = aTerminal({ cwd: aFolder() });
  overview = await withSession({}, terminal, (session) => overviewOf(session));
});

describe.each([
  ['timeline', '1'],
  ['month', '2'],
  ['agenda', '3'],
  ['week', '4'],
] as const)('the %s of the example team', (view, key) => {
  it.each([
    [80, 24],
    [100, 30],
    [160, 50],
    [200, 60],
    [59, 15],
  ])('at %ix%i, in Unicode, in ASCII and in colour', async (columns, rows) => {
    const state = pressing([key, 'n'], { columns, rows }, overview);
    const plain = screen(state).map(withoutSgr);
    expect(plain).toHaveLength(rows);
    for (const line of plain) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    expect(screen(state, { colorLevel: 'truecolor', ascii: false }).map(withoutSgr)).toEqual(plain);
    const ascii = screen(state, { colorLevel: 'none', ascii: true }).map(withoutSgr);
    expect(ascii.join('')).toMatch(/^[ -~]*$/);
    const name = `frames/example.${view}.${columns}x${rows}`;
    const frame = (lines: readonly string[]) => `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
    await expect(frame(plain)).toMatchFileSnapshot(`${name}.txt`);
    await expect(frame(ascii)).toMatchFileSnapshot(`${name}.ascii.txt`);
  });
});
