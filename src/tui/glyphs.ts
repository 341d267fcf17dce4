/** The signs of the calendar, one column each. */
export interface Glyphs {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  readonly outer: string;
  readonly inner: string;
  readonly median: string;
  readonly calm: string;
  readonly uncertain: string;
  readonly fit: readonly string[];
  readonly freeze: string;
  readonly bar: string;
  readonly wait: string;
  readonly noReturn: string;
  readonly hold: string;
  readonly eol: string;
  readonly deadline: string;
  readonly dayOff: string;
  /** Where a window was before it was moved. */
  readonly ghost: string;
  /** A window that moved since the plan before. */
  readonly changed: string;
  readonly today: string;
  readonly todayLine: string;
  readonly cursorLine: string;
  readonly sprint: string;
  readonly rule: string;
  readonly heading: string;
  readonly selected: string;
  readonly ellipsis: string;
  readonly marks: {
    readonly proposed: string;
    readonly accepted: string;
    readonly pinned: string;
    readonly done: string;
  };
  readonly unplaced: string;
  readonly later: string;
  /** A release its vendor calls urgent. */
  readonly security: string;
  /** An advisory that what runs is open to. */
  readonly advisory: string;
}

export const UNICODE: Glyphs = {
  major: '◆',
  minor: '●',
  patch: '•',
  outer: '░',
  inner: '▒',
  median: '┃',
  calm: '─',
  uncertain: '~',
  fit: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  freeze: '╳',
  bar: '█',
  wait: '┄',
  noReturn: '!',
  hold: '═',
  eol: '⊣',
  deadline: '⊢',
  dayOff: '∙',
  ghost: '╌',
  changed: '*',
  today: '▼',
  todayLine: '│',
  cursorLine: '┊',
  sprint: '│',
  rule: '─',
  heading: '·',
  selected: '▶',
  ellipsis: '…',
  marks: { proposed: '?', accepted: '✓', pinned: '⌂', done: '=' },
  unplaced: '✗',
  later: '»',
  security: '▲',
  advisory: '△',
};

/** For terminals and fonts that have nothing else. */
export const ASCII: Glyphs = {
  major: 'M',
  minor: 'm',
  patch: '.',
  outer: ':',
  inner: '%',
  median: '|',
  calm: '-',
  uncertain: '~',
  fit: ['0', '1', '2', '3', '4', '5', '6', '7'],
  freeze: 'X',
  bar: '=',
  wait: '.',
  noReturn: '!',
  hold: '_',
  eol: 'E',
  deadline: 'D',
  dayOff: 'h',
  ghost: '-',
  changed: '*',
  today: 'v',
  todayLine: '|',
  cursorLine: "'",
  sprint: '|',
  rule: '-',
  heading: '.',
  selected: '>',
  ellipsis: '~',
  marks: { proposed: '?', accepted: '+', pinned: '^', done: '=' },
  unplaced: 'x',
  later: '>',
  security: 'A',
  advisory: 'V',
};
