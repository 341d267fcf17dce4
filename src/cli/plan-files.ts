import { weeklyReport } from '../app/weekly.ts';
import type { Overview } from '../domain/overview.ts';
import { calendarEvents } from '../export/calendar-events.ts';
import { planCsv } from '../export/csv.ts';
import { calendarText } from '../export/ics.ts';
import { weeklyHtml } from '../report/weekly/html.ts';
import type { PlanFormat } from '../tui/shell.ts';
import { readPlanOf, type Session } from './session.ts';

/** A file that the calendar writes of the plan: its name, and what is in it. The same as `neap export` and `neap report` write. */
export function planFile(as: PlanFormat, session: Session, overview: Overview): { name: string; text: string } {
  const { asOf, config } = overview;
  switch (as) {
    case 'calendar': {
      const text = calendarText(calendarEvents(overview), { team: config.team.name, asOf, previous: null });
      return { name: `neap-plan-${asOf}.ics`, text };
    }
    case 'table':
      return { name: `neap-plan-${asOf}.csv`, text: planCsv(overview) };
    case 'report': {
      const report = weeklyReport({ ...session, ...readPlanOf(session) });
      return { name: `neap-${report.week.name}-${asOf}.html`, text: weeklyHtml(report) };
    }
  }
}
