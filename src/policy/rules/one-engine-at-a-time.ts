import { indexOf } from '../placed-index.ts';
import { exception } from '../relaxing.ts';
import type { Rule } from '../rule.ts';
import { openOverlaps, openText } from '../spans.ts';

export const oneEngineAtATime: Rule = {
  id: 'one-engine-at-a-time',
  intent: 'Two engines are never in between at once.',
  unit: 'days shared',
  scope: 'others',
  gate: 'day',
  together: true,
  either: true,
  relax: [exception],
  check({ piece, disruption }, { placed }) {
    if (disruption === null) return null;
    for (const other of indexOf(placed).disrupting) {
      if (other.piece.item === piece.item || other.disruption === null) continue;
      if (!openOverlaps(other.disruption, disruption)) continue;
      const { from, until } = other.disruption;
      return {
        because: `${other.piece.item} is under way ${openText(other.disruption)}`,
        facts: { other: other.piece.item, from, ...(until === null ? {} : { until }) },
      };
    }
    return null;
  },
};
