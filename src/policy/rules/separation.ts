import { gap, type Interval, lastDay } from '../../domain/interval.ts';
import { isExcepted } from '../exception.ts';
import { exception, less } from '../relaxing.ts';
import type { Breach, Placed, Rule } from '../rule.ts';

export const separation: Rule = {
  id: 'separation',
  intent: 'A model change and an engine upgrade of one store never come close, so that either can be taken back alone.',
  unit: 'days missing',
  scope: 'others',
  gate: 'day',
  relax: [less('separation'), exception],
  check({ piece, window, disruption }, { config, placed }) {
    const wanted = config.policy.separation;
    for (const other of placed) {
      if (other.piece.store !== piece.store || other.piece.item === piece.item) continue;
      const [own, theirs] =
        piece.kind === 'model'
          ? [window, other.disruption]
          : [disruption, other.piece.kind === 'model' ? other.window : null];
      if (own === null || theirs === null) continue;
      // An exception of either of the two lets them come close.
      if (isExcepted(config.exceptions, 'separation', other.piece.item, other.window)) continue;
      const breach = tooClose(own, theirs, wanted, other);
      if (breach !== null) return breach;
    }
    return null;
  },
};

function tooClose(a: Interval, b: Interval, wanted: number, other: Placed): Breach | null {
  const days = gap(a, b);
  if (days >= wanted) return null;
  return {
    because: `${days < 0 ? 'it overlaps' : `it is ${days} days from`} ${other.piece.title} (${b.from} to ${lastDay(b)}), ${wanted} days are required`,
    facts: { other: other.piece.id, gap: days, separation: wanted },
  };
}
