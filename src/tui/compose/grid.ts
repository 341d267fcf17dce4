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

  #line(y: number, theme: Theme): string {
    const start = y * this.columns;
    let end = this.columns;
    // Some consoles scroll when the very last cell is written.
    if (y === this.rows - 1) end -= this.#chars[start + end - 1] === '' ? 2 : 1;
    while (end > 0 && this.#chars[start + end - 1] === ' ' && this.#inverse[start + end - 1] !== true) end--;
    let line = '';
    let open = '';
    for (let x = 0; x < end; x++) {
      const at = start + x;
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
