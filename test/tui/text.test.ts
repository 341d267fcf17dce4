import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cells, truncate, widthOf, wrap } from '../../src/tui/text.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));
const plain = (text: string) =>
  cells(text)
    .map((cell) => cell.text)
    .join('');

describe('any text', () => {
  it('loses its controls and is as wide as its cells say', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(plain(text)).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}/u);
        for (const cell of cells(text)) expect(stringWidth(cell.text)).toBe(cell.width);
      }),
    );
  });

  it('fits once cut or wrapped', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, width) => {
        expect(widthOf(truncate(text, width, '…'))).toBeLessThanOrEqual(width);
        for (const line of wrap(text, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

it.each([
  ['\x1b[31mred\x1b[0m', 'red'],
  ['\x1b]8;;https://evil.example\x07link\x1b]8;;\x07', 'link'],
  ['a\u202eb\u200fc', 'abc'],
  ['a\r\nb\tc', 'a b c'],
])('%j reads %j', (text, expected) => {
  expect(plain(text)).toBe(expected);
});
