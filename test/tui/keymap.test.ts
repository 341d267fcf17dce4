import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hints } from '../../src/tui/compose/footer.ts';
import { KEYMAP, keyFrom, lookUp, rebound, spell } from '../../src/tui/keymap.ts';
import { widthOf } from '../../src/tui/text.ts';

const sequencesIn = (context: 'main' | 'move') =>
  KEYMAP.filter(({ contexts }) => contexts.includes(context)).flatMap(({ keys }) => keys);

it.each(['main', 'move'] as const)('gives no key two meanings in %s', (context) => {
  const sequences = sequencesIn(context);
  expect(sequences.filter((keys, i) => sequences.indexOf(keys) !== i)).toEqual([]);
});

it.each(['main', 'move'] as const)('has no key in %s that is also the first half of another', (context) => {
  const sequences = sequencesIn(context);
  const halves = sequences.filter((keys) => keys.includes(' ') && keys !== ' ').map((keys) => keys.split(' ')[0]);
  expect(halves.filter((half) => half !== undefined && sequences.includes(half))).toEqual([]);
});

it('names each binding once', () => {
  const ids = KEYMAP.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

it('pairs only bindings with as many keys, or the help could not show them side by side', () => {
  for (const [index, { pair, keys }] of KEYMAP.entries()) {
    if (pair) expect(KEYMAP[index + 1]?.keys).toHaveLength(keys.length);
  }
});

it('reads a sequence, and a broken one as its last key', () => {
  expect(lookUp(KEYMAP, 'main', null, 'g')).toBe('first-half');
  expect(lookUp(KEYMAP, 'main', 'g', 'g')).toEqual({ type: 'edge', to: 'first' });
  expect(lookUp(KEYMAP, 'main', 'g', 'q')).toEqual({ type: 'quit' });
  expect(lookUp(KEYMAP, 'main', 'g', 'Z')).toBeNull();
});

it('means by enter what stands open', () => {
  expect(lookUp(KEYMAP, 'main', null, 'enter')).toEqual({ type: 'expand' });
  expect(lookUp(KEYMAP, 'move', null, 'enter')).toEqual({ type: 'drop' });
  expect(lookUp(KEYMAP, 'move', null, 'a')).toBeNull();
});

it('keeps help and quit among the hints at every width of the calendar', () => {
  for (let width = 58; width <= 200; width++) {
    const line = hints(KEYMAP, 'main', width);
    expect(line).toContain('? help');
    expect(line).toContain('q quit');
    expect(widthOf(line)).toBeLessThanOrEqual(width);
    expect(hints(KEYMAP, 'move', width)).toContain('esc cancel');
  }
});

it("takes a user's keys, hints and all, and gives them to nobody else", () => {
  const { keymap, problems } = rebound(KEYMAP, { accept: ['A', 'y'], 'day-back': ['left'] });
  expect(problems).toEqual([]);
  expect(lookUp(keymap, 'main', null, 'A')).toEqual({ type: 'decide', kind: 'accept' });
  expect(lookUp(keymap, 'main', null, 'y')).toEqual({ type: 'decide', kind: 'accept' });
  expect(lookUp(keymap, 'main', null, 'a')).toBeNull();
  expect(lookUp(keymap, 'main', null, 'h')).toBeNull();
  expect(hints(keymap, 'main', 200)).toContain('A accept');
});

it('says which names nobody knows, and what could not be left any more', () => {
  const { keymap, problems } = rebound(KEYMAP, { acept: ['A'], accept: ['q', 'ctrl-c'] });
  expect(problems).toEqual(['there is no key binding named acept', 'quit has lost all its keys']);
  expect(lookUp(keymap, 'main', null, 'q')).toEqual({ type: 'decide', kind: 'accept' });
});

it.each([
  ['A', 'A'],
  ['ctrl-r', 'ctrl-r'],
  ['space', ' '],
  ['esc', 'escape'],
  ['g d', 'g d'],
  ['PgDn', 'pagedown'],
  ['ä', 'ä'],
])('reads the key %j as a person writes it', (text, key) => {
  expect(keyFrom(text)).toBe(key);
});

it.each(['', 'alt-x', 'f1', 'a b c', 'ctrl-', 'ctrl-1'])('knows no key %j', (text) => {
  expect(keyFrom(text)).toBeNull();
});

it('stands in the documentation as it is', () => {
  const readme = readFileSync('src/tui/README.md', 'utf8');
  const rows = KEYMAP.map(({ id, keys, label, contexts }) => {
    const spelled = keys.map((key) => `\`${spell(key).replaceAll('|', '\\|')}\``).join(' ');
    return `| ${spelled} | ${label}${contexts.includes('main') ? '' : ' (while moving)'} | ${id} |`;
  });
  const table = ['| keys | what they do | name in `config.yaml` |', '|---|---|---|', ...rows].join('\n');
  expect(readme, `put this table into src/tui/README.md:\n${table}`).toContain(`\n${table}\n`);
});
