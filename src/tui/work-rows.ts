import { toNumber } from '../domain/day.ts';
import type { Plan, PlannedWindow, WindowState } from '../domain/plan.ts';
import { laterWhen } from '../domain/plan-words.ts';
import type { HeadingRow, Row, Step, UpgradeRow, WindowRow } from './row.ts';

/** The rows a person decides on: planned windows, upgrades with their steps in one row, then what found no place. */
export function decisionRows(plan: Plan, stores: readonly string[]): readonly Row[] {
  const hueOf = (store: string) => Math.max(0, stores.indexOf(store));
  const rows: Row[] = [section('windows', plan.windows.length === 0 ? 'Windows (none)' : 'Windows')];
  const joined = new Set<string>();
  for (const window of plan.windows) {
    const joins = window.kind === 'engine' || window.step !== null;
    if (!joins) rows.push(windowRow(plan, window, hueOf(window.store)));
    else if (!joined.has(window.item)) {
      joined.add(window.item);
      rows.push(upgradeRow(plan, window, hueOf(window.store)));
    }
  }
  if (plan.unplaced.length > 0) rows.push(section('unplaced', 'Unplaced'));
  for (const entry of plan.unplaced) {
    rows.push({ kind: 'unplaced', id: `unplaced:${entry.item}`, label: entry.item, hue: hueOf(entry.store), entry });
  }
  if (plan.later.length > 0) rows.push(section('later', 'Later'));
  for (const work of plan.later) {
    const { item, title, because } = work;
    const when = laterWhen(work);
    rows.push({ kind: 'later', of: 'later', id: `later:${item}`, label: item, hue: 0, item, title, when, because });
  }
  if (plan.noWay.length > 0) rows.push(section('no-way', 'No way'));
  for (const { item, title, store, because } of plan.noWay) {
    const base = { id: `no-way:${item}`, label: item, hue: hueOf(store) };
    rows.push({ ...base, kind: 'later', of: 'no way', item, title, when: 'no way known', because });
  }
  return rows;
}

function section(id: string, label: string): HeadingRow {
  return { kind: 'heading', id: `section:${id}`, label, of: 'section', hue: 0 };
}

function windowRow(plan: Plan, window: PlannedWindow, hue: number): WindowRow {
  const { item, title, state } = window;
  return {
    kind: 'window',
    id: rowIdOf(plan.windows, window),
    label: item,
    hue,
    window,
    title,
    state,
    ...spanOf(window),
  };
}

function upgradeRow(plan: Plan, first: PlannedWindow, hue: number): UpgradeRow {
  const { item } = first;
  const steps = plan.windows
    .filter((window) => window.item === item)
    .map((window): Step => ({ window, ...spanOf(window) }))
    .sort((a, b) => a.from - b.from);
  const ids = new Set(steps.map((step) => step.window.id));
  const waits = plan.waits
    .filter((wait) => ids.has(wait.after))
    .map((wait) => ({ wait, from: toNumber(wait.from), until: toNumber(wait.until) }));
  const spans = [...steps, ...waits];
  return {
    kind: 'upgrade',
    id: `window:${item}`,
    label: item,
    hue,
    item,
    title: commonTitle(steps.map((step) => step.window.title)) ?? item,
    state: weakest(steps.map((step) => step.window.state)),
    steps,
    waits,
    from: spans.reduce((day, span) => Math.min(day, span.from), Infinity),
    until: spans.reduce((day, span) => Math.max(day, span.until), -Infinity),
  };
}

/** Unlike the window's id, unlike that of any other row: a proposal may stand beside an accepted window that breaks a rule. */
export function rowIdOf(windows: readonly PlannedWindow[], { id, state }: PlannedWindow): string {
  const instead = state === 'proposed' && windows.some((other) => other.id === id && other.state !== 'proposed');
  return instead ? `window:${id}:instead` : `window:${id}`;
}

/** What the titles of all steps begin with: `MongoDB 8.0 -> 8.3` of `MongoDB 8.0 -> 8.3: binaries`; `null` when that says nothing. */
function commonTitle(titles: readonly string[]): string | null {
  const [first = ''] = titles;
  let end = first.length;
  for (const title of titles) {
    while (!title.startsWith(first.slice(0, end))) end--;
  }
  const shared = first.slice(0, end).replace(/[\s:,(·—–-]+$/u, '');
  return shared.length >= 4 ? shared : titles.length === 1 ? first : null;
}

/** A chain is as decided as its least decided step; steps already done do not count while others are open. */
function weakest(states: readonly WindowState[]): WindowState {
  return (['proposed', 'accepted', 'pinned'] as const).find((state) => states.includes(state)) ?? 'done';
}

function spanOf({ from, until, noReturnFrom }: PlannedWindow): Omit<Step, 'window'> {
  return {
    from: toNumber(from),
    until: toNumber(until),
    noReturnFrom: noReturnFrom === null ? null : toNumber(noReturnFrom),
  };
}
