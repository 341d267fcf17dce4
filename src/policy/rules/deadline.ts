import { daysBetween } from '../../domain/day.ts';
import { lastDay } from '../../domain/interval.ts';
import { laterDeadline } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const deadline: Rule = {
  id: 'deadline',
  intent: 'What somebody waits for is done by the day they named.',
  unit: 'days late',
  scope: 'alone',
  gate: 'none',
  relax: [laterDeadline],
  check({ piece, window }) {
    const last = lastDay(window);
    if (piece.deadline === null || last <= piece.deadline) return null;
    return {
      because: `its last day ${last} is after the deadline ${piece.deadline}`,
      facts: { deadline: piece.deadline, late: daysBetween(piece.deadline, last) },
    };
  },
};
