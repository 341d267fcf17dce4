import { daysBetween } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import { indexOf } from '../placed-index.ts';
import { exception, less } from '../relaxing.ts';
import type { Breach, Piece, Rule } from '../rule.ts';

export const packagesSettled: Rule = {
  id: 'packages-settled',
  intent: 'A new major of a driver, ODM or runtime has run for a while before the engine under it changes.',
  unit: 'days missing',
  scope: 'others',
  gate: 'none',
  either: true,
  relax: [less('packages.settle'), exception],
  check({ piece, window }, { config, placed }) {
    const wanted = config.policy.packages.settle;
    if (piece.step !== 'binaries' && piece.major !== true) return null;
    for (const other of indexOf(placed).ofItem(piece.item)) {
      if (other.piece.id === piece.id) continue;
      const breach =
        piece.step === 'binaries'
          ? tooFresh(other.piece, other.window, window, wanted)
          : other.piece.step === 'binaries'
            ? tooFresh(piece, window, other.window, wanted)
            : null;
      if (breach !== null) return breach;
    }
    return null;
  },
};

function tooFresh(major: Piece, window: Interval, binaries: Interval, wanted: number): Breach | null {
  if (major.major !== true) return null;
  const days = daysBetween(window.until, binaries.from);
  if (days >= wanted) return null;
  return {
    because: `${major.title} is over on ${window.until}, ${days} days before the new binaries; ${wanted} days are required`,
    facts: { major: major.id, days, settle: wanted },
  };
}
