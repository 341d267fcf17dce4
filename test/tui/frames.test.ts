import { describe, expect, it } from 'vitest';
import { earlyPaint } from '../../src/tui/early-paint.ts';
import { anOverview } from '../support/overview.ts';
import { pressing, screen, withoutSgr } from './screen.ts';

const sizes = [
  [80, 24],
  [100, 30],
  [160, 50],
  [200, 60],
  [59, 15],
] as const;

describe.each(sizes)('%ix%i', (columns, rows) => {
  const size = { columns, rows };
  const name = `frames/${columns}x${rows}`;

  it('in Unicode and true colour', async () => {
    const lines = screen(pressing([], size), { colorLevel: 'truecolor', ascii: false });
    await expect(readable(lines)).toMatchFileSnapshot(`${name}.color.txt`);
  });

  it('in Unicode without colour', async () => {
    const lines = screen(pressing([], size));
    await expect(readable(lines.map(withoutSgr))).toMatchFileSnapshot(`${name}.txt`);
    // Inverse video is no colour; nothing else is left.
    expect(lines.join('').replace(/\x1b\[[07]m/g, '')).not.toContain('\x1b');
  });

  it('in ASCII', async () => {
    const lines = screen(pressing([], size), { colorLevel: 'none', ascii: true });
    await expect(readable(lines.map(withoutSgr))).toMatchFileSnapshot(`${name}.ascii.txt`);
    expect(withoutSgr(lines.join(''))).toMatch(/^[ -~]*$/);
  });
});

describe.each(sizes)('every view at %ix%i', (columns, rows) => {
  it.each([
    ['month', '2'],
    ['agenda', '3'],
    ['week', '4'],
  ])('%s', async (view, key) => {
    const state = pressing([key, 'n'], { columns, rows });
    const name = `frames/${view}.${columns}x${rows}`;
    for (const [kind, settings] of [
      ['txt', { colorLevel: 'none', ascii: false }],
      ['ascii.txt', { colorLevel: 'none', ascii: true }],
      ['color.txt', { colorLevel: 'truecolor', ascii: false }],
    ] as const) {
      const lines = screen(state, settings);
      const shown = kind === 'color.txt' ? lines : lines.map(withoutSgr);
      await expect(readable(shown)).toMatchFileSnapshot(`${name}.${kind}`);
    }
  });
});

describe('opened at 100x30', () => {
  it.each([
    ['help', ['?']],
    ['upgrade', ['n', 'enter']],
    ['unplaced', ['G', 'j', 'j', 'j', 'e', 'e']],
    ['lane', ['k', 'k', 'k']],
    ['calm', ['k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'l']],
    ['reject', ['n', 'x', 'n', 'o']],
    ['weeks', ['n', '-']],
    ['days', ['n', '+']],
    ['lines', ['k', 'k', 'k', 'k', 'k', 'z', 'j']],
    ['steps', ['n', 'z', 'j']],
    ['filter', ['/', 'm', 'o', 'n', 'g', 'o', 'enter']],
    ['palette', [':', 'w', 'i', 'n', 'down']],
    ['date', ['g', 'd', '+', '3', 'w']],
    ['which', ['g']],
    ['move', ['n', 'n', 'm', 'L', 'l']],
    ['day', ['n', 'd']],
  ])('%s', async (name, keys) => {
    const lines = screen(pressing(keys)).map(withoutSgr);
    await expect(readable(lines)).toMatchFileSnapshot(`frames/100x30.${name}.txt`);
  });
});

it('paints early what Ink will draw first', () => {
  const size = { columns: 100, rows: 30 };
  const settings = { colorLevel: '256', ascii: false } as const;
  expect(earlyPaint(anOverview(), size, settings).split('\r\n')).toEqual(screen(pressing([], size), settings));
});

it('stays alive where something cannot be drawn, says so, and still shows how to leave', () => {
  const state = pressing([]);
  const broken = new Error('no such \x1b[31mrow');
  const model = new Proxy(state.model, {
    get: (target, key) => {
      if (key === 'rows') throw broken;
      return Reflect.get(target, key);
    },
  });
  const lines = screen({ ...state, model });
  expect(lines).toHaveLength(30);
  expect(lines.join('\n')).toMatch(/A defect of neap[\s\S]*no such .{0,5}row[\s\S]*q quit/);
  expect(lines.join('').replace(/\x1b\[[07]m/g, '')).not.toContain('\x1b');
});

/** Escapes are written out, or nobody could review the file. */
function readable(lines: readonly string[]): string {
  return `${lines.join('\n').replaceAll('\x1b', '␛')}\n`;
}
