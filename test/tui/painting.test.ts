import xterm from '@xterm/headless';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compose, composeGrid } from '../../src/tui/compose/compose.ts';
import { Grid } from '../../src/tui/compose/grid.ts';
import { KEYMAP } from '../../src/tui/keymap.ts';
import { initialState, reduce } from '../../src/tui/state.ts';
import { themeFor } from '../../src/tui/theme.ts';
import { anOverview } from '../support/overview.ts';

const theme = themeFor({ colorLevel: '256', ascii: false });
const size = { columns: 90, rows: 26 };
const keys = KEYMAP.flatMap(({ keys: all }) => all.flatMap((key) => (key === ' ' ? [' '] : key.split(' ')))).filter(
  (key) => key !== 'ctrl-z',
);

/** Every cell with what it looks like. */
function cellsOf(terminal: InstanceType<typeof xterm.Terminal>): readonly string[] {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, y) => {
    const line = active.getLine(y);
    return Array.from({ length: terminal.cols }, (_, x) => {
      const cell = line?.getCell(x);
      if (cell === undefined) return '';
      const char = cell.getChars() || ' ';
      // A blank looks like any other, whatever the colour it was written in.
      if (char === ' ') return cell.isInverse() === 0 ? ' ' : 'inverse';
      return `${char}${cell.getFgColor()}${cell.isInverse()}${cell.isBold()}`;
    }).join('|');
  });
}

function terminalOf() {
  const terminal = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
  return { terminal, write: (bytes: string) => new Promise<void>((resolve) => terminal.write(bytes, resolve)) };
}

it('a screen painted change by change is the screen painted at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...keys, '日', 'é'), { maxLength: 25 }), async (pressed) => {
      const wide = { ...anOverview(), status: '日本語のモデル', notices: ['e\u0301 ＷＩＤＥ 한국어'] };
      const [stepwise, whole] = [terminalOf(), terminalOf()];
      let state = initialState(wide, size);
      let before: Grid | null = null;
      for (const key of ['', ...pressed]) {
        if (key !== '') state = reduce(state, { type: 'key', key });
        const grid = composeGrid(state.model, state, size, theme);
        await stepwise.write(grid.changesSince(before, theme));
        before = grid;
      }
      await whole.write(compose(state.model, state, size, theme).join('\r\n'));
      expect(cellsOf(stepwise.terminal)).toEqual(cellsOf(whole.terminal));
    }),
    { numRuns: 40 },
  );
});

it('writes nothing when nothing changed, and little for little', () => {
  const state = initialState(anOverview(), size);
  const [grid, same] = [composeGrid(state.model, state, size, theme), composeGrid(state.model, state, size, theme)];
  expect(same.changesSince(grid, theme)).toBe('');
  const moved = reduce(state, { type: 'key', key: 'l' });
  const next = composeGrid(moved.model, reduce(moved, { type: 'key', key: 'l' }), size, theme);
  expect(next.changesSince(grid, theme).length).toBeLessThan(grid.lines(theme).join('').length * 0.4);
});

it('replaces a wide character as a whole, from either half', async () => {
  const draw = (text: string) => {
    const grid = new Grid(12, 2);
    grid.put(0, 0, text);
    return grid;
  };
  const { terminal, write } = terminalOf();
  const frames = ['ab日本cd', 'a日本ccd', '日本日本', 'x', '日本'].map(draw);
  let before: Grid | null = null;
  for (const grid of frames) {
    await write(grid.changesSince(before, theme));
    before = grid;
    const shown = terminal.buffer.active.getLine(0)?.translateToString(true).trimEnd();
    expect(shown).toBe(grid.lines(theme)[0]?.trimEnd());
  }
});
