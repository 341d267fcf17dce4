import { type Glyphs, UNICODE } from '../glyphs.ts';
import { type Group, type Keymap, spell } from '../keymap.ts';
import type { State } from '../state.ts';
import { widthOf } from '../text.ts';
import type { Role, Theme } from '../theme.ts';
import type { Grid } from './grid.ts';

type Line = readonly [key: string, label: string, role: Role];

const GROUPS: readonly Group[] = ['Move', 'Jump', 'Look', 'Decide', 'Other'];
const KEY_WIDTH = 12;
/** Least columns of one column of the help. */
const COLUMN = 46;
/** Keys and signs over the calendar, in as many columns as fit; scrolled where they do not. */
export function drawHelp(grid: Grid, state: State, top: number, theme: Theme): void {
  const lines = [...keyLines(state.keymap, theme.ascii), ...signLines(theme.glyphs)];
  const { count, height } = shapeOf(lines.length, grid.columns, grid.rows);
  const column = Math.min(COLUMN + 4, Math.floor((grid.columns - 4) / count));
  const width = Math.min(grid.columns - 2, column * count + 2);
  const x = Math.floor((grid.columns - width) / 2);
  const y = Math.max(0, Math.floor((grid.rows - 1 - height) / 2));
  const perColumn = height - 2;
  grid.fill({ x, y, width, height }, ' ', 'text');
  grid.put(x, y, theme.glyphs.rule.repeat(width), 'dim', x + width);
  grid.put(x + 2, y, ' Keys and signs   ? or esc: back ', 'strong', x + width);
  grid.put(x, y + height - 1, theme.glyphs.rule.repeat(width), 'dim', x + width);
  const rest = lines.length - top - perColumn * count;
  if (rest > 0) grid.put(x + 2, y + height - 1, ` ${rest} more: j or space `, 'dim', x + width);
  for (const [index, [key, label, role]] of lines.slice(top, top + perColumn * count).entries()) {
    const left = x + 1 + Math.floor(index / perColumn) * column;
    const row = y + 1 + (index % perColumn);
    const until = Math.min(left + column - 1, x + width);
    grid.put(left, row, key, label === '' ? 'strong' : role, until);
    grid.put(left + Math.max(KEY_WIDTH, widthOf(key) + 1), row, label, 'text', until);
  }
}

/** How far the help scrolls; 0 when all of it shows. */
export function helpOverflow({ size, keymap }: State): number {
  const lines = keyLines(keymap, false).length + signLines(UNICODE).length;
  const { count, height } = shapeOf(lines, size.columns, size.rows);
  return Math.max(0, lines - count * (height - 2));
}

function shapeOf(lines: number, columns: number, rows: number): { readonly count: number; readonly height: number } {
  const tallest = Math.max(3, rows - 3);
  const count = Math.min(
    Math.max(1, Math.floor((columns - 4) / COLUMN)),
    Math.max(1, Math.ceil(lines / Math.max(1, tallest - 2))),
  );
  return { count, height: Math.min(tallest, Math.ceil(lines / count) + 2) };
}

function keyLines(keymap: Keymap, ascii: boolean): readonly Line[] {
  return GROUPS.flatMap((group): readonly Line[] => [
    [group, '', 'strong'],
    ...keymap.flatMap((binding, index): readonly Line[] => {
      const second = keymap[index - 1]?.pair === true;
      if (binding.group !== group || binding.keys.length === 0 || second) return [];
      const other = binding.pair ? (keymap[index + 1]?.keys ?? []) : [];
      const keys = [...binding.keys, ...other].map(spell).filter((key) => !ascii || !/[^ -~]/.test(key));
      return [[` ${interleaved(keys, binding.pair)}`, binding.label, 'cursor']];
    }),
  ]);
}

/** The keys of a pair side by side: `h l ← →`. */
function interleaved(keys: readonly string[], pair: boolean): string {
  if (!pair || keys.length % 2 === 1) return keys.join(' ');
  const half = keys.length / 2;
  return keys
    .slice(0, half)
    .flatMap((key, index) => [key, keys[half + index] ?? ''])
    .join(' ');
}

/** The signs of the calendar and what they mean. */
function signLines(glyphs: Glyphs): readonly Line[] {
  const { major, minor, patch, outer, inner, median, calm, uncertain, fit, marks } = glyphs;
  return [
    ['Signs', '', 'strong'],
    [` ${major} ${minor} ${patch}`, 'major, minor, patch release', 'hue0'],
    [` ${outer} ${inner} ${median}`, 'forecast: 80 %, 50 %, median', 'band'],
    [` ${calm.repeat(2)}`, 'patch-only: models may change', 'calm'],
    [` ${uncertain.repeat(2)}`, 'the same, but facts are missing', 'calm'],
    [` ${uncertain}name`, 'stale: its facts are old', 'calm'],
    [` ${fit[0]}${fit[3]}${fit[7]}`, 'chance that a day stays calm', 'fitGood'],
    [` ${glyphs.hold.repeat(2)}`, 'hold: kept on one line', 'calm'],
    [` ${glyphs.eol} ${glyphs.deadline}`, 'end of life, deadline', 'alarm'],
    [` ${glyphs.freeze} ${glyphs.dayOff}`, 'freeze, day off', 'freeze'],
    [` ${glyphs.bar} ${glyphs.wait}`, 'work; burn-in and soak', 'proposed'],
    [` ${glyphs.ghost.repeat(2)}`, 'where it was before the move', 'dim'],
    [` ${glyphs.noReturn}`, 'no way back from here', 'alarm'],
    [` ${glyphs.changed}`, 'moved since the plan before', 'notice'],
    [` ${marks.proposed} ${marks.accepted}`, 'proposed, accepted', 'proposed'],
    [` ${marks.pinned} ${marks.done}`, 'pinned, done', 'decided'],
    [` ${glyphs.unplaced}`, 'without a place', 'alarm'],
    [` ${glyphs.later}`, 'later than the days planned for', 'dim'],
    [` ${glyphs.security}`, 'release that mends something grave', 'alarm'],
    [` ${glyphs.advisory}`, 'advisory: what runs is open to it', 'alarm'],
    [` ${glyphs.today} ${glyphs.cursorLine}`, 'today, cursor', 'today'],
  ];
}
