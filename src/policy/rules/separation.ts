import { gap, type Interval } from '../../domain/interval.ts';
import type { Breach, Placed, Rule } from '../rule.ts';

export const separation: Rule = {
  id: 'separation',
  intent: 'A model change and an engine upgrade of one store never come close, so that either can be taken back alone.',
  unit: 'days missing',
  scope: 'others',
  check({ piece, window }, { config, placed }) {
    const wanted = config.policy.separation;
    if (piece.kind === 'model') {
      for (const other of placed) {
        if (other.disruption === null || other.piece.store !== piece.store) continue;
        const breach = tooClose(window, other.disruption, wanted, other);
        if (breach !== null) return breach;
      }
    }
    return null;
  },
};

/** The same rule from the other side: a disruption against the model changes that have their place. */
export function disruptionTooClose(
  store: string,
  disruption: Interval,
  placed: readonly Placed[],
  wanted: number,
): Breach | null {
  for (const other of placed) {
    if (other.piece.kind !== 'model' || other.piece.store !== store) continue;
    const breach = tooClose(disruption, other.window, wanted, other);
    if (breach !== null) return breach;
  }
  return null;
}

function tooClose(a: Interval, b: Interval, wanted: number, other: Placed): Breach | null {
  const days = gap(a, b);
  if (days >= wanted) return null;
  return {
    because: `${days < 0 ? 'it overlaps' : `it is ${days} days from`} ${other.piece.title} (${b.from} to ${b.until}), ${wanted} days are required`,
    facts: { other: other.piece.id, gap: days, separation: wanted },
  };
}
