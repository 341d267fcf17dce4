import { daysBetween } from '../../domain/day.ts';
import { lastDay } from '../../domain/interval.ts';
import { workdaysIn } from '../calendar.ts';
import { split } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const inOneSprint: Rule = {
  id: 'in-one-sprint',
  intent: 'Work that is planned is finished in the sprint it is planned in.',
  unit: 'days past the sprint',
  scope: 'alone',
  gate: 'none',
  relax: [split],
  check({ piece, window, sprint }, { config }) {
    const worked = workdaysIn(config.team, window);
    if (worked < piece.days) {
      return {
        because: `it takes ${piece.days} working days, ${window.from} to ${lastDay(window)} has ${worked}`,
        facts: { days: piece.days, worked },
      };
    }
    if (window.until <= sprint.until) return null;
    return {
      because: `${piece.days} working days from ${window.from} end after sprint ${sprint.number}, which ends before ${sprint.until}`,
      facts: { sprint: sprint.number, days: piece.days, past: daysBetween(sprint.until, window.until) },
    };
  },
};
