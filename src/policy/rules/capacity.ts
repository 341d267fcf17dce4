import { exception, moreCapacity } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const capacity: Rule = {
  id: 'capacity',
  intent: 'A sprint holds only as much work as the team has days.',
  unit: 'person-days too many',
  scope: 'others',
  gate: 'none',
  relax: [moreCapacity, exception],
  check({ piece, sprint }, { config, placed }) {
    const limit = config.team.sprint.capacity;
    if (limit === null) return null;
    const others = placed.filter((other) => other.sprint.number === sprint.number && other.piece.id !== piece.id);
    const effort = others.reduce((sum, other) => sum + other.piece.effort, piece.effort);
    if (effort <= limit) return null;
    const rounded = Number(effort.toFixed(2));
    return {
      because: `sprint ${sprint.number} would hold ${rounded} person-days, its capacity is ${limit}`,
      facts: { sprint: sprint.number, effort: rounded, capacity: limit },
    };
  },
};
