import { expect, it } from 'vitest';
import { hints } from '../../src/tui/compose/footer.ts';
import { KEYMAP, lookUp } from '../../src/tui/keymap.ts';
import { widthOf } from '../../src/tui/text.ts';

const sequences = KEYMAP.flatMap(({ keys }) => keys);

it('gives no key two meanings', () => {
  expect(sequences.filter((keys, i) => sequences.indexOf(keys) !== i)).toEqual([]);
});

it('has no key that is also the first half of another', () => {
  const halves = sequences.filter((keys) => keys.includes(' ') && keys !== ' ').map((keys) => keys.split(' ')[0]);
  expect(halves.filter((half) => half !== undefined && sequences.includes(half))).toEqual([]);
});

it('reads a sequence, and a broken one as its last key', () => {
  expect(lookUp(null, 'g')).toBe('first-half');
  expect(lookUp('g', 'g')).toEqual({ type: 'edge', to: 'first' });
  expect(lookUp('g', 'q')).toEqual({ type: 'quit' });
  expect(lookUp('g', 'z')).toBeNull();
});

it('keeps help and quit among the hints at every width of the calendar', () => {
  for (let width = 58; width <= 200; width++) {
    expect(hints(width)).toContain('? help');
    expect(hints(width)).toContain('q quit');
    expect(widthOf(hints(width))).toBeLessThanOrEqual(width);
  }
});
