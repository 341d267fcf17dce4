import type { Overview } from '../domain/overview.ts';
import { calendarEvents } from './calendar-events.ts';

/** The plan, and the events a calendar shows of it, as data. Runs of days are half-open. */
export function planJson(overview: Overview): object {
  const { asOf, config, plan } = overview;
  const { horizon, windows, waits, holds, unplaced, later, noWay, carried, disruptions } = plan;
  const work = { windows, waits, holds, unplaced, later, noWay, carried, disruptions };
  return { team: config.team.name, asOf, horizon, ...work, events: calendarEvents(overview) };
}
