import { addDays } from '../domain/day.ts';
import type { Overview } from '../domain/overview.ts';
import type { Plan } from '../domain/plan.ts';
import { carriedText } from '../domain/plan-words.ts';
import { storeOf, storeOfItem } from './choose-store.ts';
import { type Cell, csvText } from './csv-text.ts';

/** In this order, which is stable; new ones come last. */
const COLUMNS = [
  'row',
  'id',
  'item',
  'step',
  'title',
  'kind',
  'store',
  'state',
  'first_day',
  'last_day',
  'sprint',
  'risk',
  'days_late',
  'no_return_from',
  'because',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], Cell>>;

/**
 * The plan as CSV (RFC 4180): a row for each window, wait, hold, piece of work without a place or for a later plan, and upgrade without a way. `last_day` is in the run, unlike `until`.
 * Text that a spreadsheet would calculate has `'` before it.
 */
export function planCsv(overview: Overview): string {
  return csvText(
    COLUMNS,
    rowsOf(overview).map((row) => COLUMNS.map((name) => row[name] ?? null)),
  );
}

function rowsOf({ plan, lanes, config }: Overview): readonly Row[] {
  const windows = new Map(plan.windows.map((window) => [window.id, window]));
  return [
    ...windowRows(plan),
    ...plan.waits.map(({ after, kind, from, until }): Row => {
      const store = windows.get(after)?.store ?? null;
      return { row: 'wait', id: after, kind, store, first_day: from, last_day: addDays(until, -1) };
    }),
    ...plan.holds.map(({ product, range, from, until }): Row => {
      const lane = lanes.find((one) => one.product.id === product);
      const store = lane === undefined ? null : storeOf(lane, config);
      const title = `${lane?.product.name ?? product} stays in ${range}`;
      return { row: 'hold', id: product, title, store, first_day: from, last_day: addDays(until, -1) };
    }),
    ...plan.unplaced.map(({ item, title, kind, store, blockers }): Row => {
      const because = blockers.map((one) => `${one.rule}: ${one.because}`).join('; ');
      return { row: 'unplaced', id: item, item, title, kind, store, because };
    }),
    ...plan.later.map(({ item, title, from, because }): Row => {
      return { row: 'later', id: item, item, title, store: storeOfItem(item, config), first_day: from, because };
    }),
    ...plan.noWay.map(({ item, title, store, because }): Row => {
      return { row: 'no-way', id: item, item, title, store, because };
    }),
    ...plan.carried.map((one): Row => {
      const { item, title, store } = one;
      return { row: 'carried', id: item, item, title, store, because: carriedText(one) };
    }),
  ];
}

function windowRows({ windows }: Plan): readonly Row[] {
  return windows.map(({ id, item, step, title, kind, store, state, from, until, ...rest }) => ({
    row: 'window',
    id,
    item,
    step,
    title,
    kind,
    store,
    state,
    first_day: from,
    last_day: addDays(until, -1),
    sprint: rest.sprint,
    risk: rest.risk === null ? null : Math.round(rest.risk * 10_000) / 10_000,
    days_late: rest.daysLate,
    no_return_from: rest.noReturnFrom,
    because: [...rest.reasons, ...rest.findings.map(({ rule, because }) => `breaks ${rule}: ${because}`)].join('; '),
  }));
}
