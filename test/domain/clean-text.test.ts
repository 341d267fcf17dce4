import { expect, test } from 'vitest';
import { cleanText } from '../../src/domain/clean-text.ts';
import { decodeInstant, decodeVersion } from '../../src/feeds/decode.ts';

test.each([
  ['\x1b[31mred\x1b[0m', 'red'],
  ['\x1b]8;;https://evil.example\x07link\x1b]8;;\x07', 'link'],
  ['\x1b]0;title\x1b\\after', 'after'],
  ['\x9b31mred', 'red'],
  ['a\u202eb\u2066c\u200bd\ufeff', 'abcd'],
  ['two\r\nlines\tand\u2028three', 'two lines and three'],
  ['nul\0bell\x07del\x7f', 'nulbelldel'],
  ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
  ['MongoDB 8.0 – Zürich 😀', 'MongoDB 8.0 – Zürich 😀'],
])('%j becomes %j', (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test('long text is cut to the limit, by whole characters', () => {
  expect(cleanText('😀'.repeat(50), 10)).toBe(`${'😀'.repeat(9)}…`);
  expect([...cleanText('x'.repeat(1_000_000))]).toHaveLength(200);
});

test('versions are refused, never cleaned', () => {
  expect(decodeVersion('1.0.0', 'semver')).toHaveProperty('value');
  for (const text of [
    '',
    ' 1.0.0',
    '1.0.0\u202e',
    '1.0.0\x1b[0m',
    '../1.0.0',
    '=1+1',
    `1.0.0-${'9'.repeat(200)}`,
    7,
    null,
  ]) {
    expect(decodeVersion(text, 'semver')).toHaveProperty('because');
  }
});

test('points in time become days in UTC', () => {
  expect(decodeInstant('2024-10-02T23:59:59.999Z')).toEqual({ value: '2024-10-02' });
  expect(decodeInstant('2024-10-02T23:59:59-05:00')).toEqual({ value: '2024-10-03' });
  for (const text of ['2024-10-02', 'yesterday', '2024-02-30T00:00:00Z', '2024-13-01T00:00:00Z', 5]) {
    expect(decodeInstant(text)).toHaveProperty('because');
  }
});
