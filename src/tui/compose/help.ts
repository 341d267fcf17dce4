import { type Group, KEYMAP } from '../keymap.ts';
import { widthOf } from '../text.ts';
import type { Role, Theme } from '../theme.ts';
import type { Grid } from './grid.ts';

type Line = readonly [key: string, label: string, role: Role];

const GROUPS: readonly Group[] = ['Move', 'Look', 'Decide', 'Other'];
const KEY_WIDTH = 9;

/** Keys and signs over the calendar, in as many columns as the height asks for. */
export function drawHelp(grid: Grid, theme: Theme): void {
  const lines = [...keyLines(theme.ascii), ...signLines(theme)];
  const height = Math.min(grid.rows - 3, lines.length + 2);
  const perColumn = Math.max(1, height - 2);
  const count = Math.ceil(lines.length / perColumn);
  const wanted = Math.max(...lines.map(([, label]) => KEY_WIDTH + widthOf(label))) + 2;
  const column = Math.min(wanted, Math.floor((grid.columns - 4) / count));
  const width = Math.min(grid.columns - 2, column * count + 2);
  const x = Math.floor((grid.columns - width) / 2);
  const y = Math.max(0, Math.floor((grid.rows - 1 - height) / 2));
  grid.fill({ x, y, width, height }, ' ', 'text');
  const title = ' Keys and signs   ? or esc: back ';
  grid.put(x, y, theme.glyphs.rule.repeat(width), 'dim', x + width);
  grid.put(x + 2, y, title, 'strong', x + width);
  grid.put(x, y + height - 1, theme.glyphs.rule.repeat(width), 'dim', x + width);
  for (const [index, [key, label, role]] of lines.entries()) {
    const left = x + 1 + Math.floor(index / perColumn) * column;
    const row = y + 1 + (index % perColumn);
    const until = Math.min(left + column - 1, x + width);
    grid.put(left, row, key, label === '' ? 'strong' : role, until);
    grid.put(left + KEY_WIDTH, row, label, 'text', until);
  }
}

function keyLines(ascii: boolean): readonly Line[] {
  return GROUPS.flatMap((group): readonly Line[] => [
    [group, '', 'strong'],
    ...KEYMAP.flatMap(({ group: of, shown, label }): readonly Line[] => {
      if (of !== group || shown === null) return [];
      return [[` ${ascii ? shown.replace(/[^ -~]/g, '').trim() : shown}`, label, 'cursor']];
    }),
  ]);
}

function signLines({ glyphs }: Theme): readonly Line[] {
  const { major, minor, patch, outer, inner, median, calm, uncertain, fit, marks } = glyphs;
  return [
    ['Signs', '', 'strong'],
    [` ${major} ${minor} ${patch}`, 'major, minor, patch release', 'hue0'],
    [` ${outer} ${inner} ${median}`, 'forecast: 80 %, 50 %, median', 'band'],
    [` ${calm.repeat(2)}`, 'patch-only: models may change', 'calm'],
    [` ${uncertain.repeat(2)}`, 'the same, but facts are missing', 'calm'],
    [` ${uncertain}name`, 'stale: its facts are old', 'calm'],
    [` ${fit[0]}${fit[3]}${fit[7]}`, 'chance that a day stays calm', 'fitGood'],
    [` ${glyphs.freeze}`, 'freeze', 'freeze'],
    [` ${glyphs.bar} ${glyphs.wait}`, 'work; burn-in and soak', 'proposed'],
    [` ${glyphs.noReturn}`, 'no way back from here', 'alarm'],
    [` ${marks.proposed} ${marks.accepted}`, 'proposed, accepted', 'proposed'],
    [` ${marks.pinned} ${marks.done} ${glyphs.unplaced}`, 'pinned, done, without a place', 'decided'],
    [` ${glyphs.today} ${glyphs.cursorLine}`, 'today, cursor', 'today'],
  ];
}
