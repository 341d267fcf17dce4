import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { day, fromNumber } from '../../src/domain/day.ts';
import { KEYMAP } from '../../src/tui/keymap.ts';
import { selectedRow } from '../../src/tui/selection.ts';
import { reduce } from '../../src/tui/state.ts';
import { anOverview } from '../support/overview.ts';
import { pressing, screen, text, withoutSgr } from './screen.ts';

const known = KEYMAP.flatMap(({ keys }) =>
  keys.flatMap((sequence) => (sequence === ' ' ? [' '] : sequence.split(' '))),
);
const key = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...known) },
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const size = fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 70 }) });

describe('whatever is pressed', () => {
  it('the cursor stays in range and every frame fits its screen', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), size, size, fc.boolean(), (keys, before, now, ascii) => {
        const pressed = pressing(keys, before);
        expect(pressed.cursor).toBeGreaterThanOrEqual(pressed.model.first);
        expect(pressed.cursor).toBeLessThanOrEqual(pressed.model.last);
        expect(selectedRow(pressed)).not.toBeNull();
        for (const state of [pressed, reduce(pressed, { type: 'resize', size: now })]) {
          const lines = screen(state, { colorLevel: '256', ascii }, now);
          expect(lines).toHaveLength(now.rows);
          for (const line of lines) expect(stringWidth(withoutSgr(line))).toBeLessThanOrEqual(now.columns);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('an empty plan shows as well', () => {
    const overview = anOverview();
    const empty = {
      ...overview,
      lanes: [],
      outlooks: [],
      plan: { ...overview.plan, windows: [], waits: [], unplaced: [] },
    };
    const state = pressing(['j', 'n', 'a', 'x'], { columns: 100, rows: 30 }, empty);
    expect(text(state)).toContain('Windows (none)');
  });
});

describe('moving', () => {
  const day = (keys: readonly string[]) => fromNumber(pressing(keys).cursor);

  it.each([
    [['l', 'l', 'h'], '2026-11-23'],
    [['L'], '2026-12-06'],
    [['H'], '2026-11-08'],
    [[']'], '2026-12-22'],
    [['{'], '2026-08-22'],
    [['-', 'l'], '2026-11-29'],
    [['n'], '2026-12-07'],
    [['n', 'n', 'n'], '2026-11-30'],
    [['L', 't'], '2026-11-22'],
    [['g', 'g'], '2025-08-15'],
    [['G'], '2027-05-22'],
  ])('%j leads to %s', (keys, expected) => {
    expect(day(keys)).toBe(expected);
  });
});

describe('deciding', () => {
  it('asks to accept the window under the selection', () => {
    expect(pressing(['a']).request).toEqual({
      type: 'decide',
      kind: 'accept',
      windowId: 'orders-split',
      reason: null,
      seen: [{ id: 'orders-split', from: '2026-11-30', until: '2026-12-03' }],
    });
  });

  it('rejects with the reason typed, or none', () => {
    expect(pressing(['x', 'n', 'o', '!', 'backspace', 'enter']).request).toMatchObject({
      kind: 'reject',
      reason: 'no',
    });
    expect(pressing(['x', 'enter']).request).toMatchObject({ reason: null });
    expect(pressing(['x', 'q', 'escape'])).toMatchObject({ request: null, mode: { kind: 'none' }, leaving: false });
  });

  it('accepts an upgrade as a whole, wherever the cursor stands on it, and rejects the step under the cursor', () => {
    expect(pressing(['n', 'a']).request).toMatchObject({ windowId: 'upgrade:mongodb-8.2' });
    expect(pressing(['n', 'G', 'a']).request).toMatchObject({ windowId: 'upgrade:mongodb-8.2' });
    expect(pressing(['n', 'x', 'enter']).request).toMatchObject({ windowId: 'upgrade:mongodb-8.2/prepare' });
  });

  it('says so elsewhere', () => {
    const state = pressing(['k', 'a']);
    expect(state.request).toBeNull();
    expect(text(state)).toContain('Only a window can be accepted');
  });

  it('keeps the selection when the plan changes under it', () => {
    const asked = pressing(['n', 'x', 'enter']);
    const overview = anOverview();
    const plan = { ...overview.plan, windows: overview.plan.windows.slice(1) };
    const state = reduce(asked, {
      type: 'answered',
      answer: {
        ok: true,
        picture: { overview: { ...overview, plan }, changed: [] },
        message: 'rejected',
        change: null,
      },
    });
    expect(state).toMatchObject({ selected: asked.selected, request: null, toast: 'rejected' });
  });
});

it('goes on to the next day at midnight, the cursor with it when it stood on today', () => {
  const overview = anOverview();
  const tomorrow = { ...overview, asOf: day('2026-11-23'), plan: { ...overview.plan, asOf: day('2026-11-23') } };
  const answer = {
    ok: true,
    picture: { overview: tomorrow, changed: [] },
    message: 'It is 2026-11-23 now',
    change: null,
  } as const;
  const refreshed = (keys: readonly string[]) => reduce(pressing(keys), { type: 'refreshed', answer });
  expect(fromNumber(refreshed([]).cursor)).toBe('2026-11-23');
  expect(fromNumber(refreshed(['L']).cursor)).toBe('2026-12-06');
  expect(text(refreshed([]))).toContain('Mon 23 Nov 2026');
});

it('writes outside signs in ASCII where only that is safe', () => {
  const overview = anOverview();
  const state = pressing([], { columns: 100, rows: 30 }, { ...overview, status: 'Müller’s 7.0 → 8.0 日本' });
  expect(screen(state, { colorLevel: 'none', ascii: true })[0]).toBe(" M?ller's 7.0 > 8.0 ????");
});

it('lets no hostile text reach a frame', () => {
  const overview = anOverview();
  const hostile = '\x1b]0;owned\x07\x1b[2Jboo\x9b31m\u202etxt\u0000\n日本語👩‍👩‍👧 e\u0301\u0301\u0301\u0301\u0301';
  const windows = overview.plan.windows.map((window) => ({ ...window, title: hostile, reasons: [hostile] }));
  const state = pressing(
    [],
    { columns: 100, rows: 30 },
    { ...overview, status: hostile, notices: [hostile], plan: { ...overview.plan, windows } },
  );
  const lines = screen(state).map(withoutSgr);
  expect(lines.join('')).toContain('boo');
  expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(100);
});
