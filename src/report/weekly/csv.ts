import { addDays } from '../../domain/day.ts';
import type { PlannedWindow } from '../../domain/plan.ts';
import { carriedText } from '../../domain/plan-words.ts';
import type { WeeklyReport } from '../../domain/weekly.ts';
import { type Cell, csvText } from '../../export/csv-text.ts';
import { heldBy } from './record.ts';

/** In this order, which is stable; new ones come last. */
const COLUMNS = [
  'week',
  'section',
  'store',
  'product',
  'id',
  'title',
  'version',
  'state',
  'first_day',
  'last_day',
  'p10',
  'p50',
  'p90',
  'sprint',
  'risk',
  'confidence',
  'because',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], Cell>> & { readonly section: string };

/** The weekly report as one table for spreadsheets, a row for each thing it tells; `last_day` is in the run, unlike `until`. Pure. */
export function weeklyCsv(report: WeeklyReport): string {
  const rows = rowsOf(report).map((row) => ({ week: report.week.name, ...row }));
  return csvText(
    COLUMNS,
    rows.map((row) => COLUMNS.map((name) => row[name] ?? null)),
  );
}

function rowsOf(report: WeeklyReport): readonly Row[] {
  const { asOf } = report;
  return [
    ...report.stores.map(({ store, state, until, confidence, because }): Row => {
      const last = until === null ? null : addDays(until, -1);
      return {
        section: 'models',
        store,
        state,
        first_day: asOf,
        last_day: last,
        confidence: rounded(confidence),
        because,
      };
    }),
    ...report.moved.map(({ id, title, fate, before, after }): Row => {
      const was = before === null ? 'it had no place' : `it was on ${before}`;
      return { section: 'moved', id, title, state: fate, first_day: after, because: was };
    }),
    ...report.causes.map(({ text, moved }): Row => ({ section: 'moved-by', id: moved.join(' '), because: text })),
    ...report.sprints.flatMap(({ windows }) => windows.map(windowRow)),
    ...report.later.map(windowRow),
    ...report.released.map(({ product, version, level, feature, date, urgency }): Row => {
      const state = feature ? `${level}, feature release` : level;
      return { section: 'released', product, version, state, first_day: date, last_day: date, because: urgency };
    }),
    ...report.redated.map(({ product, version, from, to, source }): Row => {
      const because = `was ${from ?? 'unknown'}; ${source ?? 'nobody gives a date any more'}`;
      return { section: 'redated', product, version, first_day: to, last_day: to, because };
    }),
    ...report.told.map(({ product, about, from, to }): Row => {
      return { section: 'told', product, title: about, state: to, because: from === null ? null : `was ${from}` };
    }),
    ...report.coming.map(({ product, store, known, next, mostLikely, band, because }): Row => {
      const { p10, p50, p90 } = band;
      const days = { first_day: mostLikely, last_day: mostLikely, p10, p50, p90 };
      return {
        section: 'coming',
        store,
        product,
        version: next,
        state: known ? 'forecast' : 'unknown',
        ...days,
        because,
      };
    }),
    ...report.records.flatMap(({ product, releases }) =>
      releases.map((release): Row => {
        const { day, band } = release;
        const state = heldBy(release) ? 'within 80 %' : 'missed';
        return {
          section: 'record',
          product,
          state,
          first_day: day,
          last_day: day,
          p10: band.p10,
          p50: band.p50,
          p90: band.p90,
        };
      }),
    ),
    ...report.periods.map(({ store, kind, confidence, endsBecause, ...run }): Row => {
      const row = { section: 'patch-only', store, state: kind, ...runOf(run), because: endsBecause };
      return { ...row, confidence: rounded(confidence) };
    }),
    ...report.ends.map(({ product, running, line, day, state }): Row => {
      return { section: 'end-of-life', product, version: running, title: line, state, first_day: day, last_day: day };
    }),
    ...report.holds.map(({ product, range, ...run }): Row => {
      return { section: 'hold', product, state: range, ...runOf(run) };
    }),
    ...report.unplaced.map(({ item, title, blockers }): Row => {
      const because = blockers.map((one) => `${one.rule}: ${one.because}`).join('; ');
      return { section: 'unplaced', id: item, title, because };
    }),
    ...report.beyond.map(({ item, title, from, because }): Row => {
      return { section: 'later', id: item, title, first_day: from, because };
    }),
    ...report.noWay.map(({ item, title, store, because }): Row => {
      return { section: 'no-way', store, id: item, title, because };
    }),
    ...report.carried.map((one): Row => {
      return { section: 'carried', store: one.store, id: one.item, title: one.title, because: carriedText(one) };
    }),
    ...report.exceptions.map(({ rule, item, expires, reason }): Row => {
      return { section: 'exception', id: item, title: rule, last_day: expires, because: reason };
    }),
    ...report.data.map(({ product, readThrough, stale }): Row => {
      return { section: 'data', product, state: stale ? 'stale' : 'fresh', last_day: readThrough };
    }),
  ];
}

function windowRow({ id, title, kind, store, state, sprint, risk, reasons, ...run }: PlannedWindow): Row {
  const row = { section: 'window', store, id, title, state: `${kind}, ${state}`, ...runOf(run), sprint };
  return { ...row, risk: rounded(risk), because: reasons.join('; ') };
}

function runOf(run: Pick<PlannedWindow, 'from' | 'until'> | null): Pick<Row, 'first_day' | 'last_day'> {
  return run === null ? {} : { first_day: run.from, last_day: addDays(run.until, -1) };
}

function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 10_000;
}
