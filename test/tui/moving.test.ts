import { describe, expect, it } from 'vitest';
import { day, fromNumber, toNumber } from '../../src/domain/day.ts';
import type { Refusal } from '../../src/domain/plan.ts';
import type { Change, Trial } from '../../src/tui/shell.ts';
import { reduce, type State } from '../../src/tui/state.ts';
import { anOverview } from '../support/overview.ts';
import { pressing, text } from './screen.ts';

const refusal: Refusal = {
  rule: 'freeze',
  item: 'session-ttl',
  because: 'the freeze "Peak freeze" lasts until 2027-01-04',
  facts: {},
  freeFrom: day('2027-01-04'),
};

const NOTHING: Trial = { place: null, problem: null, refusals: [], against: [], free: null, risk: null, plan: null };

/** The window session-ttl, which lies on 14 and 15 December, taken hold of and moved. */
const moving = (keys: readonly string[]) => pressing(['n', 'n', 'm', ...keys]);

function press(state: State, ...keys: readonly string[]): State {
  return keys.reduce((now, key) => reduce(now, { type: 'key', key }), state);
}

function answeredWith(state: State, trial: Partial<Trial>): State {
  const { tried } = state;
  if (tried === null) throw new Error('nothing is being tried');
  const whole: Trial = { ...NOTHING, ...trial };
  return reduce(state, { type: 'tried', windowId: tried.windowId, day: tried.day, trial: whole });
}

describe('moving a window', () => {
  it.each([
    [['l'], '2026-12-15'],
    [['h', 'h'], '2026-12-12'],
    [['L'], '2026-12-28'],
    [['L', 'H', 'l'], '2026-12-15'],
    [[']'], '2027-01-14'],
    [['t'], '2026-11-22'],
    [['H', 'H', 'H', 'H'], '2026-11-22'],
  ])('%j leads to %s', (keys, expected) => {
    const state = moving(keys);
    expect(fromNumber(state.cursor)).toBe(expected);
    expect(press(state, 'enter').request).toEqual({
      type: 'decide',
      kind: 'move',
      windowId: 'session-ttl',
      reason: null,
      to: expected,
      seen: [{ id: 'session-ttl', from: '2026-12-14', until: '2026-12-16' }],
    });
  });

  it('writes nothing when it stays, or is cancelled', () => {
    expect(press(moving(['l', 'h']), 'enter')).toMatchObject({ request: null, mode: { kind: 'none' } });
    const cancelled = press(moving(['L', 'l']), 'escape');
    expect(cancelled).toMatchObject({ request: null, mode: { kind: 'none' }, tried: null });
    expect(fromNumber(cancelled.cursor)).toBe('2026-12-14');
  });

  it('takes no other decision meanwhile', () => {
    expect(press(moving(['l']), 'a', 'x', 'p')).toMatchObject({ request: null, mode: { kind: 'move' } });
  });

  it('names the first rule broken there, and when it would pass', () => {
    const plan = anOverview().plan;
    const place = { from: day('2026-12-15'), until: day('2026-12-17') };
    const state = answeredWith(moving(['l']), { place, refusals: [refusal], plan });
    expect(text(state)).toContain(
      'breaks    ! freeze: the freeze "Peak freeze" lasts until 2027-01-04 (passes from 4 Jan 2027)',
    );
  });

  it('shows the plan before and after: what moves, what loses its place', () => {
    const { plan } = anOverview();
    const windows = plan.windows.flatMap((window) => {
      if (window.id === 'orders-split') return [];
      if (window.id === 'session-ttl') return [{ ...window, from: day('2027-01-11'), until: day('2027-01-13') }];
      return window.step === 'prepare' ? [{ ...window, from: day('2026-12-09'), until: day('2026-12-11') }] : [window];
    });
    const lost = {
      item: 'orders-split',
      title: 'orders',
      kind: 'model',
      store: 'mongodb',
      blockers: [],
      relaxations: [],
    } as const;
    const after = { ...plan, windows, unplaced: [...plan.unplaced, lost] };
    const place = { from: day('2027-01-11'), until: day('2027-01-13') };
    const state = press(answeredWith(moving([']', 'h', 'h', 'h']), { place, plan: after }), ' ');
    const shown = text(state);
    expect(shown).toContain('orders-split would have none');
    expect(shown).toContain('upgrade:mongodb-8.2/prepare: 7 Dec -> 9 Dec');
    // The bars stand where they would be, and a trace where they were.
    expect(shown).toMatch(/session-ttl {2}.*╌.*█ sessions/);
  });

  it('says why a day takes no window at all', () => {
    const state = answeredWith(moving(['l', 'l', 'l', 'l', 'l']), {
      problem: '2026-12-19 is no working day of the team',
    });
    expect(text(state)).toContain('2026-12-19 is no working day of the team');
  });

  it('believes no answer about a day it left', () => {
    const asked = moving(['l']);
    const gone = press(asked, 'l');
    const late = reduce(gone, {
      type: 'tried',
      windowId: 'session-ttl',
      day: toNumber(day('2026-12-15')),
      trial: { ...NOTHING, problem: 'late' },
    });
    expect(late.tried?.trial).toBeNull();
  });

  it('moves one step of an opened upgrade, and keeps it selected when the plan is new', () => {
    const held = pressing(['n', 'z', 'j', 'j', 'm', 'l', 'l'], { columns: 100, rows: 40 });
    expect(text(held)).toMatch(/▶\? {3}binaries .*╌█+ MongoDB 8.0 -> 8.2: binaries/);
    const overview = { ...anOverview(), status: 'another' };
    const answer = { ok: true, picture: { overview, changed: [] }, message: '', change: null } as const;
    const after = reduce(held, { type: 'refreshed', answer });
    expect(after.selected).toBe('window:upgrade:mongodb-8.2/binaries');
  });

  it('lets go when the plan changes underneath', () => {
    const overview = { ...anOverview(), status: 'another' };
    const state = reduce(moving(['l']), {
      type: 'refreshed',
      answer: { ok: true, picture: { overview, changed: [] }, message: 'Read again', change: null },
    });
    expect(state).toMatchObject({ mode: { kind: 'none' }, tried: null, toast: 'Read again' });
  });
});

describe('why not', () => {
  it('asks of a week before where the cursor is on the window, else of the cursor', () => {
    const before = pressing(['n', 'n', 'w']).tried;
    expect(before).toMatchObject({ windowId: 'session-ttl', day: toNumber(day('2026-12-07')), trial: null });
    expect(pressing(['n', 'n', 'L', 'w']).tried).toMatchObject({ day: toNumber(day('2026-12-28')) });
  });

  it('does not ask of the past, nor of what is no window', () => {
    expect(pressing(['t', 'h', 'w'])).toMatchObject({ tried: null, toast: 'Before today nothing can be planned' });
    expect(pressing(['k', 'w']).tried).toBeNull();
  });

  it('names each rule, the risk there and the first free day', () => {
    const state = answeredWith(pressing(['n', 'n', 'L', 'w']), {
      against: [refusal],
      risk: 0.12,
      free: day('2027-01-04'),
    });
    const shown = text(state);
    expect(shown).toContain('why not   session-ttl on Mon 28 Dec 2026');
    expect(shown).toContain('breaks    ! freeze: the freeze "Peak freeze"');
    expect(shown).toContain('risk      12 % there');
    expect(shown).toContain('first: 4 Jan 2027');
  });

  it('works out what would free work without a place', () => {
    const asked = pressing([':', ...'catalog', 'enter', 'w']);
    expect(asked.relaxed).toEqual({ item: 'catalog-price', found: null });
    const found = [
      {
        kind: 'tolerance',
        rule: 'patch-only',
        text: 'tolerance 0.1 → 0.4',
        key: 'policy.tolerance',
        from: 0.1,
        to: 0.4,
      },
    ] as const;
    const state = reduce(asked, { type: 'relaxed', item: 'catalog-price', found });
    expect(text(state)).toContain('would do  1. tolerance 0.1 → 0.4');
    expect(reduce(asked, { type: 'relaxed', item: 'other', found }).relaxed?.found).toBeNull();
    expect(press(state, 'o', '1', 'enter').request).toEqual({ type: 'relax', relaxation: found[0] });
    expect(press(state, 'o', '2', 'enter')).toMatchObject({ request: null, toast: 'There is no number 2' });
    expect(press(state, 'o', 'escape')).toMatchObject({ request: null, mode: { kind: 'none' } });
  });

  it('is closed by esc', () => {
    expect(pressing(['n', 'n', 'w', 'escape']).tried).toBeNull();
  });
});

describe('undo and redo', () => {
  const change: Change = { label: 'accepted session-ttl', item: 'session-ttl', before: [], after: [] };
  const yes = { ok: true, picture: { overview: anOverview(), changed: [] }, message: 'done', change } as const;
  const decided = reduce(pressing(['n', 'n', 'a']), { type: 'answered', answer: yes });

  it('take back what was decided here, newest first, and do it again', () => {
    expect(decided).toMatchObject({ undo: [change], redo: [] });
    const undoing = press(decided, 'u');
    expect(undoing.request).toEqual({ type: 'restore', change, to: 'before' });
    const undone = reduce(undoing, { type: 'answered', answer: yes });
    expect(undone).toMatchObject({ undo: [], redo: [change] });
    const redoing = press(undone, 'U');
    expect(redoing.request).toEqual({ type: 'restore', change, to: 'after' });
    expect(reduce(redoing, { type: 'answered', answer: yes })).toMatchObject({ undo: [change], redo: [] });
  });

  it('take a published plan back too, and leave the cursor where it is', () => {
    const asking = press(pressing(['n', 'n']), 'P');
    expect(asking.request).toEqual({ type: 'publish' });
    expect(press(asking, 'P').toast).toBe('Still writing the last decision');
    const published = { before: null, after: { on: day('2026-11-23'), proposals: [] } };
    const one: Change = { label: 'published 0 proposals', item: '', before: [], after: [], published };
    const done = reduce(asking, { type: 'answered', answer: { ...yes, change: one } });
    const undoing = press(done, 'u');
    expect(undoing.request).toEqual({ type: 'restore', change: one, to: 'before' });
    const undone = reduce(undoing, { type: 'answered', answer: { ...yes, change: one } });
    expect(undone).toMatchObject({ undo: [], redo: [one], selected: asking.selected, cursor: asking.cursor });
  });

  it('stay as they are when it was refused', () => {
    const refused = reduce(press(decided, 'u'), {
      type: 'answered',
      answer: { ok: false, message: 'decided otherwise' },
    });
    expect(refused).toMatchObject({ undo: [change], redo: [], toast: 'decided otherwise', request: null });
  });

  it('forget what was undone once something new is decided', () => {
    const undone = reduce(press(decided, 'u'), { type: 'answered', answer: yes });
    const other = { ...change, item: 'orders-split' };
    const again = reduce(press(undone, 'a'), { type: 'answered', answer: { ...yes, change: other } });
    expect(again).toMatchObject({ undo: [other], redo: [] });
  });

  it('say so where there is nothing', () => {
    expect(pressing(['u']).toast).toBe('Nothing was decided here yet');
    expect(pressing(['U']).toast).toBe('Nothing was undone');
  });
});

it('offers the lines of neap.yaml that what was done makes untrue, and writes them only on yes', () => {
  const changes = [{ id: 'mongodb', key: 'running', value: '8.2.1' }] as const;
  const offer = { changes, lines: ['- {running: 8.0.16}', '+ {running: 8.2.1}'] };
  const picture = { overview: anOverview(), changed: [] };
  const asked = reduce(pressing(['n', 'X']), {
    type: 'answered',
    answer: { ok: true, picture, message: '', change: null, offer },
  });
  expect(text(asked)).toContain('neap.yaml becomes {running: 8.2.1} (y/N)?');
  expect(press(asked, 'y', 'enter').request).toEqual({ type: 'running', changes });
  expect(press(asked, 'enter').request).toBeNull();
});
