import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { cutTo } from '../../src/publish/cut.ts';
import { type Publication, stepsFor } from '../../src/publish/issue.ts';
import { partOf, withPart } from '../../src/publish/part.ts';

const REPORT: Publication = { key: 'Shop -- 2026-W48 -->', title: 'Shop', markdown: 'calm', command: 'neap report' };
const TABLE = Array.from({ length: 3000 }, (_, i) => `| row ${i} | ${'x'.repeat(30)} |`);
const LONG = [
  'status',
  '',
  '# Shop',
  '',
  '## All',
  '',
  '| a | b |',
  '|---|---|',
  ...TABLE,
  '',
  '## Rest',
  '',
  'text',
].join('\n');

describe('the part that is of neap', () => {
  test('is found again whatever its key, with the words around it', () => {
    for (const key of ['a', 'a -- b --> <!--', 'Ä "\u{1F600}"', '']) {
      const text = withPart(key, 'one\n\ntwo', { before: 'before\n', after: '\nafter' });
      expect(partOf(text, key)).toEqual({ before: 'before\n', own: 'one\n\ntwo', after: '\nafter' });
      expect(text.match(/-->/g)).toHaveLength(2);
    }
    expect(partOf(withPart('a', 'one', null), 'b')).toBeNull();
  });

  test('goes to the end where somebody deleted its end', () => {
    const text = withPart('a', 'one', null).replace('<!-- neap:end -->', 'two');
    expect(partOf(text, 'a')).toEqual({ before: '', own: 'one\ntwo', after: '' });
  });
});

describe('a report too long', () => {
  test('is cut after a whole row, and says so', () => {
    const cut = cutTo(LONG, 5000, { note: 'cut here' }) ?? '';
    const lines = cut.split('\n');
    expect(cut.length).toBeLessThanOrEqual(5000);
    expect(cut.length).toBeGreaterThan(4900);
    expect(lines.slice(-2)).toEqual(['', 'cut here']);
    expect(lines.at(-3)).toMatch(/^\| row \d+ \| x{30} \|$/);
  });

  test('leaves no title and no heading of a table without what follows', () => {
    const upTo = (line: string) => LONG.indexOf(line) + line.length + 1 + '\n\nnote'.length;
    for (const line of ['## All\n', '| a | b |', '|---|---|']) {
      expect(cutTo(LONG, upTo(line), { note: 'note' })).toBe('status\n\nnote');
    }
  });

  test('is left as it is where it fits, and has no form where not even the note does', () => {
    expect(cutTo('short', 5, { note: 'a note' })).toBe('short');
    expect(cutTo('longer', 5, { note: 'a note' })).toBeNull();
  });

  test('fits into an issue together with what people wrote', () => {
    const { report } = stepsFor({ ...REPORT, markdown: LONG }, []);
    if (report.do !== 'create') throw new Error(report.do);
    expect(report.body.length).toBeLessThanOrEqual(65_536);
    expect(report.body).toContain('`neap report` writes the whole of it.');
    const issue = { number: 1, closed: false, trusted: true };
    const body = `${report.body}\n${'y'.repeat(20_000)}`;
    const again = stepsFor({ ...REPORT, markdown: LONG }, [{ ...issue, body }]).report;
    if (again.do !== 'update') throw new Error(again.do);
    expect(again.body.length).toBeLessThanOrEqual(65_536);
    expect(again.body.endsWith('y'.repeat(20_000))).toBe(true);
    const full = `${withPart(REPORT.key, 'x', null)}${'y'.repeat(65_500)}`;
    expect(() => stepsFor({ ...REPORT, markdown: LONG }, [{ ...issue, body: full }])).toThrow(Problem);
  });
});
