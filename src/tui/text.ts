import stringWidth from 'string-width';
import { withoutControls } from '../domain/clean-text.ts';

/** One grapheme and the screen columns it takes: 1 or 2. */
export interface Cell {
  readonly text: string;
  readonly width: 1 | 2;
}

/** What is no danger, but has no certain width: joiners, private characters, and selectors of a glyph's style. */
const UNSAFE = /\p{Cf}|\p{Cs}|\p{Co}|\p{Variation_Selector}/gu;
const PRINTABLE_ASCII = /^[ -~]*$/;
/** A grapheme may stack any number of marks, and terminals draw them over their neighbours. */
const MARKS_KEPT = 3;

/** Frames say the same things over and over, and measuring graphemes is slow. Emptied when full. */
const known = new Map<string, readonly Cell[]>();
const KNOWN_TEXTS = 4000;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The only door for text onto the screen: no control character gets past, and every piece has a known width. */
export function cells(text: string): readonly Cell[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= KNOWN_TEXTS) known.clear();
  const made = measured(text);
  known.set(text, made);
  return made;
}

function measured(text: string): readonly Cell[] {
  if (PRINTABLE_ASCII.test(text)) return Array.from(text, (char) => ({ text: char, width: 1 }));
  const clean = withoutControls(text).replace(UNSAFE, '');
  const result: Cell[] = [];
  for (const { segment } of segmenter.segment(clean)) {
    const kept = Array.from(segment).slice(0, MARKS_KEPT).join('');
    const width = stringWidth(kept);
    if (width === 1 || width === 2) result.push({ text: kept, width });
  }
  return result;
}

/** Columns the text takes once cleaned. */
export function widthOf(text: string): number {
  return cells(text).reduce((sum, cell) => sum + cell.width, 0);
}

/** Cleans `text` and cuts it to `width` columns, the last one being `ellipsis` when something was cut. */
export function truncate(text: string, width: number, ellipsis: string): string {
  if (width <= 0) return '';
  const all = cells(text);
  if (all.reduce((sum, cell) => sum + cell.width, 0) <= width) return all.map((cell) => cell.text).join('');
  let used = 0;
  let result = '';
  for (const cell of all) {
    if (used + cell.width > width - 1) break;
    used += cell.width;
    result += cell.text;
  }
  return result + ellipsis;
}

/** Breaks at spaces into lines of at most `width` columns; a word longer than that is cut. At least one line. */
export function wrap(text: string, width: number): readonly string[] {
  if (width <= 0) return [''];
  const lines: string[] = [];
  let line = '';
  for (const word of cleaned(text).split(/ +/)) {
    let rest = word;
    if (line !== '' && widthOf(line) + 1 + widthOf(rest) <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (widthOf(rest) > width) {
      const head = hardCut(rest, width);
      if (head === '') break;
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
  }
  lines.push(line);
  return lines;
}

function cleaned(text: string): string {
  return cells(text)
    .map((cell) => cell.text)
    .join('');
}

function hardCut(text: string, width: number): string {
  let used = 0;
  let result = '';
  for (const cell of cells(text)) {
    if (used + cell.width > width) break;
    used += cell.width;
    result += cell.text;
  }
  return result;
}
