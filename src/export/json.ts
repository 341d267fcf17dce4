import type { Overview } from '../domain/overview.ts';
import { calendarEvents } from './calendar-events.ts';

/** The plan, and the events a calendar shows of it, as data. Runs of days are half-open. */
export function planJson(overview: Overview): object {
  const { asOf, config, plan } = overview;
  const { horizon, windows, waits, holds, unplaced } = plan;
  return { team: config.team.name, asOf, horizon, windows, waits, holds, unplaced, events: calendarEvents(overview) };
}
