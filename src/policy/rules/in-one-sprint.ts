import { daysBetween } from '../../domain/day.ts';
import type { Rule } from '../rule.ts';

export const inOneSprint: Rule = {
  id: 'in-one-sprint',
  intent: 'Work that is planned is finished in the sprint it is planned in.',
  unit: 'days past the sprint',
  scope: 'alone',
  check({ piece, window, sprint }) {
    if (window.until <= sprint.until) return null;
    return {
      because: `${piece.days} working days from ${window.from} end after sprint ${sprint.number}, which ends before ${sprint.until}`,
      facts: { sprint: sprint.number, days: piece.days, past: daysBetween(sprint.until, window.until) },
    };
  },
};
