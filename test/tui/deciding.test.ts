import { describe, expect, it } from 'vitest';
import { day, toNumber } from '../../src/domain/day.ts';
import type { Overview } from '../../src/domain/overview.ts';
import { entriesIn, entryIndex } from '../../src/tui/entries.ts';
import { decidableRow, selectedRow } from '../../src/tui/selection.ts';
import { reduce, type State } from '../../src/tui/state.ts';
import { anOverview } from '../support/overview.ts';
import { pressing, text } from './screen.ts';

const keys = (state: State, ...pressed: readonly string[]) =>
  pressed.reduce((next, key) => reduce(next, { type: 'key', key }), state);
const SIZE = { columns: 100, rows: 40 };

/** An accepted window that breaks a rule, and the proposal the planner makes beside it. */
function broken(): Overview {
  const overview = anOverview();
  const finding = { rule: 'freeze' as const, item: 'orders-split', because: 'it is frozen', facts: {}, freeFrom: null };
  const windows = overview.plan.windows.flatMap((window) =>
    window.id === 'orders-split'
      ? [
          { ...window, findings: [finding] },
          {
            ...window,
            state: 'proposed' as const,
            from: day('2026-12-21'),
            until: day('2026-12-23'),
            findings: [],
          },
        ]
      : [window],
  );
  return { ...overview, plan: { ...overview.plan, windows } };
}

describe('an accepted window that breaks a rule, and the proposal beside it', () => {
  it('are two rows and two entries, each selected by itself', () => {
    const state = pressing([], SIZE, broken());
    const ids = state.model.rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const entries = entriesIn(keys(state, '3')).map(({ id }) => id);
    expect(new Set(entries).size).toBe(entries.length);
    expect(text(state).match(/^▶/gm)).toHaveLength(1);
  });

  it('stop nobody on the way down', () => {
    const down = Array.from({ length: 60 }, () => 'j');
    expect(selectedRow(pressing(down, SIZE, broken()))?.kind).toBe('unplaced');
  });

  it('are shown as what they are', () => {
    const state = pressing([], SIZE, broken());
    const shown = (id: string) => text({ ...state, selected: id });
    expect(shown('window:orders-split')).toContain('it is frozen');
    expect(shown('window:orders-split:instead')).not.toContain('it is frozen');
  });
});

it('where nothing can be drawn nothing is decided; one can leave', () => {
  const small = reduce(pressing([]), { type: 'resize', size: { columns: 40, rows: 10 } });
  for (const key of ['a', 'p', 'x', 'X', 'm', ':', 'u', 'P', '3', 'j']) expect(keys(small, key)).toEqual(small);
  expect(keys(small, 'q').leaving).toBe(true);
  expect(keys(small, 'ctrl-c').leaving).toBe(true);
  // Also with a question open from before.
  const asked = reduce(pressing(['x']), { type: 'resize', size: { columns: 40, rows: 10 } });
  expect(keys(asked, 'enter').request).toBeNull();
  expect(keys(asked, 'q').leaving).toBe(true);
});

it('in the agenda the marked entry is what is decided on, or nothing is', () => {
  let state = pressing(['3'], SIZE);
  const seen = new Set<boolean>();
  for (let i = 0; i < 60; i++) {
    // The cursor moves by days too, which no entry need begin on.
    state = keys(state, i % 3 === 2 ? 'l' : 'j');
    const marked = entriesIn(state)[entryIndex(state)]?.rowId ?? null;
    const row = decidableRow(state);
    seen.add(row !== null);
    if (row !== null) expect(row.id).toBe(marked);
  }
  expect(seen).toEqual(new Set([true, false]));
});

it('of several windows on a day none is taken unasked', () => {
  const overview = anOverview();
  const [first] = overview.plan.windows;
  if (first === undefined) throw new Error('no window');
  const windows = ['one', 'two'].map((id) => ({ ...first, id, item: id, step: null, kind: 'model' as const }));
  const month = pressing(['2'], SIZE, { ...overview, plan: { ...overview.plan, windows } });
  const there: State = { ...month, cursor: toNumber(first.from), subject: 'day', selected: '' };
  expect(decidableRow(there)).toBeNull();
  expect(keys(there, 'a').request).toBeNull();
  expect(decidableRow({ ...there, selected: 'window:two' })?.id).toBe('window:two');
});
