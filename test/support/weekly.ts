import { weeklyOf } from '../../src/app/weekly.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Overview } from '../../src/domain/overview.ts';
import type { WeeklyReport } from '../../src/domain/weekly.ts';
import { anOverview } from './overview.ts';

/** The report of an overview whose plan had one window three days earlier a week ago. */
export function aWeeklyReport(now: Overview = anOverview()): WeeklyReport {
  const old = anOverview();
  const since = addDays(old.asOf, -7);
  const windows = now.plan.windows.map(({ id, item, store, title, state, from, until }) => {
    return { id, item, store, title, state, from, until };
  });
  const input = { kind: 'calendar', key: 'freeze Peak', store: null, item: null } as const;
  const earlier = windows.map((window) =>
    window.item === 'session-ttl'
      ? { ...window, from: addDays(window.from, -3), until: addDays(window.until, -3) }
      : window,
  );
  const snapshot = {
    asOf: now.asOf,
    windows,
    unplaced: [],
    holds: [],
    inputs: [{ ...input, value: 'from 2026-12-11' }],
  };
  const before = { ...snapshot, asOf: since, windows: earlier, inputs: [] };
  const lane = now.lanes.find(({ product }) => product.id === 'mongoose');
  const release = lane?.history.releases.at(-1);
  if (lane === undefined || release === undefined) throw new Error('the overview lost mongoose');
  const redated = { kind: 'redated', version: release.version, from: since, release } as const;
  return weeklyOf({ ...now, snapshot }, { ...old, asOf: since, snapshot: before }, [
    { lane, items: [redated] },
    ...now.lanes.filter((one) => one !== lane).map((one) => ({ lane: one, items: [] })),
  ]);
}
