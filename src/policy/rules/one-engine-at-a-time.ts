import { type Interval, overlaps } from '../../domain/interval.ts';
import type { Breach, Placed, Rule } from '../rule.ts';

export const oneEngineAtATime: Rule = {
  id: 'one-engine-at-a-time',
  intent: 'Two engines are never in between at once.',
  unit: 'days shared',
  scope: 'others',
  check({ piece, window }, { placed }) {
    return piece.kind === 'engine' ? twoAtOnce(piece.item, window, placed) : null;
  },
};

/** The first disruption of another upgrade that shares a day with `days`, as a breach. */
export function twoAtOnce(item: string, days: Interval, placed: readonly Placed[]): Breach | null {
  const other = placed.find(
    ({ piece, disruption }) => piece.item !== item && disruption !== null && overlaps(disruption, days),
  );
  if (other?.disruption == null) return null;
  const { from, until } = other.disruption;
  return {
    because: `${other.piece.item} is under way from ${from} until ${until}`,
    facts: { other: other.piece.item, from, until },
  };
}
