import { weeklyOf } from '../../src/app/weekly.ts';
import { addDays, type Day, day, daysBetween } from '../../src/domain/day.ts';
import { QUANTILES } from '../../src/domain/forecast.ts';
import type { Overview } from '../../src/domain/overview.ts';
import type { WeeklyRecord, WeeklyReport } from '../../src/domain/weekly.ts';
import { planDiff } from '../../src/schedule/ask/diff.ts';
import { anOverview } from './overview.ts';

/** The report of an overview whose plan had one window three days earlier a week ago. */
export function aWeeklyReport(now: Overview = anOverview()): WeeklyReport {
  const old = anOverview();
  const since = addDays(old.asOf, -7);
  const windows = now.plan.windows.map(({ id, item, store, title, state, from, until }) => {
    return { id, item, store, title, state, from, until };
  });
  const freeze = (from: Day) => {
    const value = { days: [{ from, until: addDays(from, 7) }], blocks: ['model'], allow: [] } as const;
    return { kind: 'freeze', key: 'Peak', value, store: null, item: null } as const;
  };
  const earlier = windows.map((window) =>
    window.item === 'session-ttl'
      ? { ...window, from: addDays(window.from, -3), until: addDays(window.until, -3) }
      : window,
  );
  const snapshot = { asOf: now.asOf, windows, unplaced: [], holds: [], inputs: [freeze(day('2026-12-11'))] };
  const before = { ...snapshot, asOf: since, windows: earlier, inputs: [freeze(day('2026-12-18'))] };
  const lane = now.lanes.find(({ product }) => product.id === 'mongoose');
  const release = lane?.history.releases.at(-1);
  if (lane === undefined || release === undefined) throw new Error('the overview lost mongoose');
  const redated = { kind: 'redated', version: release.version, from: since, release } as const;
  const news = [
    { lane, items: [redated] },
    ...now.lanes.filter((one) => one !== lane).map((one) => ({ lane: one, items: [] })),
  ];
  const records = now.lanes.map(({ product }) => aRecord(product.name, now.asOf));
  const diff = planDiff(before, snapshot);
  return weeklyOf({ ...now, snapshot }, { before: old.lanes, diff, news, records });
}

/** Four releases of which the last came later than its band. */
function aRecord(product: string, asOf: Day): WeeklyRecord {
  const days = [-400, -300, -210, -20].map((days) => addDays(asOf, days));
  const releases = days.slice(1).map((day, index) => {
    const last = days[index] ?? day;
    const [p10, p25, p50, p75, p90] = [60, 80, 100, 120, 150].map((gap) => addDays(last, gap));
    const band = { p10: p10 ?? null, p25: p25 ?? null, p50: p50 ?? null, p75: p75 ?? null, p90: p90 ?? null };
    return { day, gap: daysBetween(last, day), band };
  });
  const cameBy = QUANTILES.map((stated) => ({ stated, came: Math.round(stated * 54) }));
  return { product, releases, forecasts: 54, cameBy };
}
