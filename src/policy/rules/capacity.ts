import { indexOf } from '../placed-index.ts';
import { exception, moreCapacity } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const capacity: Rule = {
  id: 'capacity',
  intent: 'A sprint holds only as much work as the team has days.',
  unit: 'person-days too many',
  scope: 'others',
  gate: 'none',
  either: true,
  relax: [moreCapacity, exception],
  check({ piece, sprint, decided }, { config, placed }) {
    const limit = config.team.sprint.capacity;
    // A grave patch is done whatever else the sprint holds; what is only proposed makes room for it.
    if (limit === null || piece.grave !== undefined) return null;
    let effort = piece.effort;
    for (const other of indexOf(placed).inSprint(sprint.number)) {
      if (other.piece.id === piece.id) continue;
      if (other.piece.grave === undefined || decided !== true) effort += other.piece.effort;
    }
    if (effort <= limit + ROUNDING) return null;
    const rounded = Number(effort.toFixed(2));
    return {
      because: `sprint ${sprint.number} would hold ${rounded} person-days, its capacity is ${limit}`,
      facts: { sprint: sprint.number, effort: rounded, capacity: limit },
    };
  },
};

/** What adding up thirds of person-days may be wrong by. */
const ROUNDING = 1e-9;
