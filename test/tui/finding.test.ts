import { describe, expect, it } from 'vitest';
import { day, fromNumber } from '../../src/domain/day.ts';
import { KEYMAP } from '../../src/tui/keymap.ts';
import { selectedRow } from '../../src/tui/selection.ts';
import { initialState, reduce } from '../../src/tui/state.ts';
import { anOverview } from '../support/overview.ts';
import { aModelChange } from '../support/team.ts';
import { pressing, text } from './screen.ts';

const typing = (words: string) => Array.from(words);

describe('jumps', () => {
  const at = (keys: readonly string[]) => fromNumber(pressing(keys).cursor);

  it.each([
    [['f'], '2026-12-02', 'BullMQ 5.62?'],
    [['F'], '2026-11-18', 'Mongoose 8.20.0'],
    [['g', 'd', ...typing('+3w'), 'enter'], '2026-12-13', ''],
    [['g', 'd', ...typing('S25'), 'enter'], '2026-12-07', ''],
  ])('%j leads to %s', (keys, expected, said) => {
    expect(at(keys)).toBe(expected);
    expect(text(pressing(keys))).toContain(said);
  });

  it('go to deadlines', () => {
    const overview = anOverview();
    const change = aModelChange({ id: 'orders-split', deadline: day('2026-12-18') });
    const state = pressing(['D'], undefined, { ...overview, config: { ...overview.config, modelChanges: [change] } });
    expect(fromNumber(state.cursor)).toBe('2026-12-18');
    expect(state.toast).toBe('orders-split: deadline, last day');
  });

  it('go from release to release of the selected lane', () => {
    // BullMQ stands right above the windows.
    expect(at(['k', 'V'])).toBe('2026-11-20');
    expect(at(['k', 'V', 'V'])).toBe('2026-11-02');
    expect(pressing(['V']).toast).toContain('Releases are of a lane');
  });

  it('say when there is nothing to go to, and what is no date', () => {
    expect(pressing(['G', 'D']).toast).toBe('No deadline or end of life after the cursor');
    expect(pressing(['g', 'd', ...typing('soon'), 'enter']).toast).toContain('"soon" is no date');
  });

  it('go round through what moved since the plan before', () => {
    const changed = [{ id: 'session-ttl', text: 'was 2026-12-07, is 2026-12-14' }];
    const state = reduce(initialState(anOverview(), { columns: 100, rows: 30 }, { keymap: KEYMAP, changed }), {
      type: 'key',
      key: 'c',
    });
    expect(selectedRow(state)?.id).toBe('window:session-ttl');
    expect(state.toast).toContain('was 2026-12-07');
    expect(text(state)).toContain('*session-ttl');
    expect(pressing(['c']).toast).toBe('No window moved since the plan before');
  });
});

describe('the filter', () => {
  it('leaves what matches, under its headings, and selects among it', () => {
    const shown = text(pressing(['/', ...typing('redis'), 'enter']));
    expect(shown).toContain('BullMQ');
    expect(shown).not.toContain('Mongoose');
    expect(shown).not.toContain('orders-split  ');
    expect(selectedRow(pressing(['/', ...typing('mongoose'), 'enter']))?.label).toBe('Mongoose');
  });

  it('holds in the agenda too, and goes with esc', () => {
    const agenda = pressing(['/', ...typing('freeze'), 'enter', '3']);
    expect(text(agenda)).toContain('1 of 3');
    expect(text(agenda)).toContain('only "freeze"');
    expect(pressing(['/', ...typing('freeze'), 'enter', 'escape']).filter).toBe('');
    expect(pressing(['/', ...typing('zzz'), 'enter']).toast).toContain('Nothing matches "zzz"');
  });
});

describe('the palette', () => {
  it('does what is chosen: a command, a date, a row', () => {
    expect(pressing([':', ...typing('month view'), 'enter']).view).toBe('month');
    expect(fromNumber(pressing([':', ...typing('2027-01-11'), 'enter']).cursor)).toBe('2027-01-11');
    expect(selectedRow(pressing([':', ...typing('bullmq'), 'enter']))?.label).toBe('BullMQ');
    expect(pressing([':', ...typing('quit'), 'enter']).leaving).toBe(true);
  });

  it('finds letters in their order, walks through the matches, and closes', () => {
    expect(text(pressing([':', ...typing('agnd vw')]))).toMatch(/▶ Agenda view +3/);
    expect(pressing([':', ...typing('view'), 'down', 'enter']).view).toBe('month');
    expect(pressing([':', ...typing('view'), 'escape'])).toMatchObject({ view: 'timeline', mode: { kind: 'none' } });
    expect(pressing([':', ...typing('zzz'), 'enter']).toast).toBe('Nothing matches "zzz"');
  });
});

describe('views', () => {
  it('share the cursor, each with its own steps', () => {
    const at = (keys: readonly string[]) => fromNumber(pressing(keys).cursor);
    expect(at(['2', 'j'])).toBe('2026-11-29');
    expect(at(['2', 'j', 'l', '4', 'k'])).toBe('2026-11-29');
    expect(at(['4', 'l'])).toBe('2026-11-29');
    expect(at(['3', 'j'])).toBe('2026-11-23');
  });

  it('tell in month and week about the day, and decide on what lies on it', () => {
    const state = pressing(['2', ...typing('lllllllll')]);
    expect(text(state)).toContain('Tue 1 Dec 2026');
    const accepting = reduce(state, { type: 'key', key: 'p' });
    expect(accepting.request).toMatchObject({ kind: 'pin', windowId: 'orders-split' });
    expect(reduce(pressing(['2']), { type: 'key', key: 'p' }).toast).toContain('Only a window can be pinned');
  });

  it('select in the agenda what the entry belongs to', () => {
    const state = pressing(['3', 'n']);
    expect(text(state)).toContain('▶ Mon 7 Dec   ? MongoDB 8.0 -> 8.2: prepare');
    expect(selectedRow(reduce(state, { type: 'key', key: 'j' }))?.id).not.toBe('');
  });
});

describe('lanes', () => {
  it('open into their lines and close, and a line tells of its life', () => {
    const overview = anOverview();
    const lanes = overview.lanes.map((lane) =>
      lane.product.id === 'mongodb'
        ? {
            ...lane,
            history: {
              ...lane.history,
              lines: [
                {
                  product: 'mongodb',
                  line: '8.0',
                  selfManaged: true,
                  ga: day('2026-02-03'),
                  latest: { version: '8.0.16', date: day('2026-10-01') },
                  releases: 17,
                  supportEnd: null,
                  eol: {
                    state: 'dated' as const,
                    day: day('2027-03-01'),
                    source: 'lifecycle',
                    knownFrom: day('2026-02-03'),
                  },
                },
              ],
            },
          }
        : lane,
    );
    const size = { columns: 100, rows: 40 };
    const keys = [':', ...typing('mongodb'), 'enter'];
    const opened = pressing([...keys, 'z', 'j'], size, { ...overview, lanes });
    expect(selectedRow(opened)).toMatchObject({ kind: 'line', label: '8.0', runs: true });
    expect(text(opened)).toContain('newest    8.0.16, 1 Oct 2026; 17 releases');
    expect(text(opened)).toContain('end       1 Mar 2027, says lifecycle');
    const closed = reduce(opened, { type: 'key', key: 'z' });
    expect(selectedRow(closed)).toMatchObject({ kind: 'lane', label: 'MongoDB' });
    expect(closed.expanded.size).toBe(0);
  });

  it('open an upgrade into its steps, which are decided on one by one', () => {
    const opened = pressing(['n', 'z', 'j', 'j'], { columns: 100, rows: 40 });
    expect(selectedRow(opened)).toMatchObject({ kind: 'window', label: '  binaries' });
    expect(text(opened)).toContain('put the 8.0 binaries back');
    const accepting = reduce(opened, { type: 'key', key: 'X' });
    expect(accepting.request).toMatchObject({ kind: 'done', windowId: 'upgrade:mongodb-8.2/binaries' });
    expect(selectedRow(reduce(opened, { type: 'key', key: 'z' }))).toMatchObject({ kind: 'upgrade' });
  });
});

it('says which advisories what runs is open to: on the lane, in the agenda and in the why-pane', () => {
  const keys = [':', ...typing('mongodb 9'), 'escape', ':', ...typing('MongoDB'), 'enter'];
  const lane = pressing(keys, { columns: 200, rows: 60 });
  expect(selectedRow(lane)).toMatchObject({ kind: 'lane', label: 'MongoDB' });
  const screen = text(lane).replace(/\s+/g, ' ');
  expect(screen).toContain('CVE-2026-0001');
  expect(screen).toContain('△');
  const agenda = text(pressing(['3', '/', ...typing('CVE'), 'enter'], { columns: 200, rows: 60 }));
  expect(agenda).toMatch(/Wed 18 Nov\s+△ MongoDB: CVE-2026-0001\s+advisory, high, exploited, published 2026-11-18/);
});
