import { cells } from '../text.ts';
import type { Role, Theme } from '../theme.ts';

/** Part of the screen, in columns and rows from the top left. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The screen as characters and roles; what they look like is decided when lines are read. Writing outside is clipped. */
export class Grid {
  readonly columns: number;
  readonly rows: number;
  /** `''` is the right half of the wide character before it. */
  readonly #chars: string[];
  /** `null` where nothing was written, not even a space. */
  readonly #roles: (Role | null)[];
  readonly #inverse: boolean[];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#chars = new Array<string>(columns * rows).fill(' ');
    this.#roles = new Array<Role | null>(columns * rows).fill(null);
    this.#inverse = new Array<boolean>(columns * rows).fill(false);
  }

  /** Writes `text` from column `x`, nothing at or past `until`. Returns the column after the last one written. */
  put(x: number, y: number, text: string, role: Role = 'text', until: number = this.columns): number {
    if (y < 0 || y >= this.rows) return x;
    const end = Math.min(until, this.columns);
    let at = x;
    for (const cell of cells(text)) {
      if (at + cell.width > end) break;
      if (at >= 0) {
        this.#set(at, y, cell.text, role);
        if (cell.width === 2) this.#set(at + 1, y, '', role);
      }
      at += cell.width;
    }
    return at;
  }

  fill(rect: Rect, char: string, role: Role): void {
    for (let y = rect.y; y < rect.y + rect.height; y++) this.put(rect.x, y, char.repeat(Math.max(0, rect.width)), role);
  }

  /** Whether nothing was written there yet. */
  isBlank(x: number, y: number): boolean {
    return this.#roles[y * this.columns + x] === null;
  }

  invert(rect: Rect): void {
    for (let y = rect.y; y < Math.min(rect.y + rect.height, this.rows); y++) {
      for (let x = rect.x; x < Math.min(rect.x + rect.width, this.columns); x++)
        this.#inverse[y * this.columns + x] = true;
    }
  }

  /** Exactly `rows` lines of at most `columns` columns. Trailing blanks are cut; they say nothing. */
  lines(theme: Theme): string[] {
    return Array.from({ length: this.rows }, (_, y) => this.#line(y, theme));
  }

  /**
   * What to write so that a screen showing `before` shows this: changed runs of cells, each put where it belongs; everything when `before` is
   * `null` or of another size. Empty when nothing changed.
   */
  changesSince(before: Grid | null, theme: Theme): string {
    if (before === null || before.columns !== this.columns || before.rows !== this.rows) {
      return this.lines(theme)
        .map((line, y) => `\x1b[${y + 1};1H\x1b[0m${line}\x1b[K`)
        .join('');
    }
    let bytes = '';
    for (let y = 0; y < this.rows; y++) bytes += this.#changesInRow(y, before, theme);
    return bytes;
  }

  #changesInRow(y: number, before: Grid, theme: Theme): string {
    const start = y * this.columns;
    // Some consoles scroll when the very last cell is written.
    const end = y === this.rows - 1 ? this.columns - 1 : this.columns;
    const differs = (x: number) => {
      const at = start + x;
      return (
        this.#chars[at] !== before.#chars[at] ||
        this.#inverse[at] !== before.#inverse[at] ||
        (this.#roles[at] ?? 'text') !== (before.#roles[at] ?? 'text')
      );
    };
    let bytes = '';
    for (let x = 0; x < end; x++) {
      if (!differs(x)) continue;
      let until = x + 1;
      // A short stretch that stays is cheaper written again than jumped over.
      for (let next = until; next < end && next <= until + REWRITTEN; next++) if (differs(next)) until = next + 1;
      // The right half of a wide character comes and goes with the left one.
      const from = this.#chars[start + x] === '' && x > 0 ? x - 1 : x;
      while (until < end && this.#chars[start + until] === '') until++;
      bytes += `\x1b[${y + 1};${from + 1}H${this.#run(start + from, start + until, theme)}`;
      x = until - 1;
    }
    return bytes;
  }

  #line(y: number, theme: Theme): string {
    const start = y * this.columns;
    let end = this.columns;
    // Some consoles scroll when the very last cell is written.
    if (y === this.rows - 1) end -= this.#chars[start + end - 1] === '' ? 2 : 1;
    while (end > 0 && this.#chars[start + end - 1] === ' ' && this.#inverse[start + end - 1] !== true) end--;
    return this.#run(start, start + end, theme);
  }

  /** Cells as text with what makes them look as they do; nothing of that is left open. */
  #run(from: number, until: number, theme: Theme): string {
    let line = '';
    let open = '';
    for (let at = from; at < until; at++) {
      const sgr = theme.sgr(this.#roles[at] ?? 'text', this.#inverse[at] ?? false);
      if (sgr !== open) {
        line += sgr === '' ? '\x1b[0m' : `${open === '' ? '' : '\x1b[0m'}\x1b[${sgr}m`;
        open = sgr;
      }
      const char = this.#chars[at] ?? ' ';
      line += theme.ascii ? inAscii(char) : char;
    }
    return open === '' ? line : `${line}\x1b[0m`;
  }

  #set(x: number, y: number, char: string, role: Role): void {
    const at = y * this.columns + x;
    // Half a wide character is none.
    if (this.#chars[at] === '' && char !== '' && x > 0) this.#chars[at - 1] = ' ';
    if (x + 1 < this.columns && this.#chars[at + 1] === '' && char !== '') this.#chars[at + 1] = ' ';
    this.#chars[at] = char;
    this.#roles[at] = role;
  }
}

/** Cells that stay the same within a changed run at most: a jump costs about as many bytes. */
const REWRITTEN = 6;

/** Signs that outside text likes to use and that have an ASCII likeness of the same width. */
const LIKENESS: Readonly<Record<string, string>> = {
  '→': '>',
  '←': '<',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '~',
  '·': '.',
  '×': 'x',
  '≥': '>',
  '≤': '<',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
};

/** One ASCII character per column; the right half of a wide one included. */
function inAscii(char: string): string {
  if (char === '' || char > '~') return LIKENESS[char] ?? '?';
  return char;
}
