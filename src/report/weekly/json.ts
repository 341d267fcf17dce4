import type { PlannedWindow } from '../../domain/plan.ts';
import type { WeeklyReport } from '../../domain/weekly.ts';

/** The weekly report as data; `data/schemas/report.schema.json` says what each key means. Runs of days are half-open. */
export function weeklyJson(report: WeeklyReport): object {
  return {
    ...report,
    sprints: report.sprints.map((sprint) => ({ ...sprint, windows: sprint.windows.map(windowJson) })),
    later: report.later.map(windowJson),
  };
}

function windowJson(window: PlannedWindow): object {
  const { id, item, title, kind, store, from, until, sprint, state, risk, wayBack, noReturnFrom, reasons } = window;
  const breaks = window.findings.map(({ rule, because }) => ({ rule, because }));
  return { id, item, title, kind, store, from, until, sprint, state, risk, wayBack, noReturnFrom, reasons, breaks };
}
