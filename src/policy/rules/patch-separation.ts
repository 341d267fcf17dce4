import { lastDay } from '../../domain/interval.ts';
import { workdaysBetween } from '../calendar.ts';
import { indexOf } from '../placed-index.ts';
import { exception, less } from '../relaxing.ts';
import type { Piece, Rule } from '../rule.ts';

export const patchSeparation: Rule = {
  id: 'patch-separation',
  intent:
    'A patch of an engine and a model change of its store keep a small distance, so that what breaks is known to be one of them.',
  unit: 'working days missing',
  scope: 'others',
  gate: 'day',
  together: true,
  either: true,
  relax: [less('patchSeparation'), exception],
  check({ piece, window }, { config, placed }) {
    const wanted = config.policy.patchSeparation;
    if (piece.kind !== 'model' && !isEnginePatch(piece)) return null;
    for (const other of indexOf(placed).ofStore(piece.store)) {
      if (piece.kind === 'model' ? !isEnginePatch(other.piece) : other.piece.kind !== 'model') continue;
      const days = workdaysBetween(config.team, window, other.window, wanted);
      const overlapping = window.from < other.window.until && other.window.from < window.until;
      if (!overlapping && days >= wanted) continue;
      return {
        because: `${overlapping ? 'it overlaps' : `it is ${days} working days from`} ${other.piece.title} (${other.window.from} to ${lastDay(other.window)}), ${wanted} are required`,
        facts: { other: other.piece.id, gap: days, patchSeparation: wanted },
      };
    }
    return null;
  },
};

/** New binaries of the line that runs. */
function isEnginePatch({ kind, patch }: Piece): boolean {
  return kind === 'engine' && patch === true;
}
