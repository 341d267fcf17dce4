import { describe, expect, it } from 'vitest';
import { type KeyFlags, normalise } from '../../src/tui/keys.ts';

const cases: readonly (readonly [string, KeyFlags, readonly string[]])[] = [
  ['j', {}, ['j']],
  ['jj', {}, ['j', 'j']],
  ['j\r', {}, ['j', 'enter']],
  ['xno\r\nq', {}, ['x', 'n', 'o', 'enter', 'q']],
  ['', { return: true }, ['enter']],
  ['', { upArrow: true }, ['up']],
  ['', { delete: true }, ['backspace']],
  ['a\x7f\t', {}, ['a', 'backspace', 'tab']],
  ['j\x03', {}, ['j', 'ctrl-c']],
  ['c', { ctrl: true }, ['ctrl-c']],
  ['', { escape: true }, ['escape']],
  ['q', { meta: true }, ['escape', 'q']],
  ['é😀', {}, ['é', '😀']],
  ['\x00\x05', {}, []],
  ['j', { eventType: 'release' }, []],
];

describe('one event is as many keys as were pressed', () => {
  it.each(cases)('%j with %o', (input, flags, keys) => {
    expect(normalise(input, flags)).toEqual(keys);
  });
});
