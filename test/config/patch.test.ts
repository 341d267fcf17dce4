import { describe, expect, it } from 'vitest';
import { patched } from '../../src/config/patch.ts';

describe('a patch laid over a configuration', () => {
  it.each([
    ['replaces keys and leaves their neighbours', { a: { b: 1, c: 2 } }, { a: { b: 3 } }, { a: { b: 3, c: 2 } }],
    ['takes a key away', { a: 1, b: 2 }, { a: null }, { b: 2 }],
    ['replaces a list of words', { list: ['x', 'y'] }, { list: ['z'] }, { list: ['z'] }],
    ['replaces a list of words by none', { list: ['x'] }, { list: [] }, { list: [] }],
    ['merges named entries', [{ id: 'a', n: 1 }, { id: 'b' }], [{ id: 'a', n: 2 }], [{ id: 'a', n: 2 }, { id: 'b' }]],
    ['changes no named entry where it names none', [{ id: 'a' }], [], [{ id: 'a' }]],
    ['removes a named entry', [{ id: 'a' }, { id: 'b' }], [{ id: 'a', remove: true }], [{ id: 'b' }]],
  ])('%s', (_, value, patch, result) => {
    expect(patched(value, patch)).toEqual(result);
  });
});
