import { overlaps } from '../../domain/interval.ts';
import type { Rule } from '../rule.ts';

export const oneEngineAtATime: Rule = {
  id: 'one-engine-at-a-time',
  intent: 'Two engines are never in between at once.',
  unit: 'days shared',
  scope: 'others',
  gate: 'day',
  relax: [],
  check({ piece, disruption }, { placed }) {
    if (disruption === null) return null;
    for (const other of placed) {
      if (other.piece.item === piece.item || other.disruption === null || !overlaps(other.disruption, disruption))
        continue;
      const { from, until } = other.disruption;
      return {
        because: `${other.piece.item} is under way from ${from} until ${until}`,
        facts: { other: other.piece.item, from, until },
      };
    }
    return null;
  },
};
