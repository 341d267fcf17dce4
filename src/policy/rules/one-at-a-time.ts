import { addDays, type Day } from '../../domain/day.ts';
import { overlaps } from '../../domain/interval.ts';
import { indexOf } from '../placed-index.ts';
import { exception, more } from '../relaxing.ts';
import type { Piece, Placed, Rule } from '../rule.ts';

export const oneAtATime: Rule = {
  id: 'one-at-a-time',
  intent: 'Model changes of one store come one after another, so that what breaks is known to be one of them.',
  unit: 'changes too many on a day',
  scope: 'others',
  gate: 'none',
  either: true,
  relax: [more('modelChanges.perDay'), exception],
  check({ piece, window }, { config, placed }) {
    if (piece.kind !== 'model') return null;
    const { perDay } = config.policy.modelChanges;
    const beside = indexOf(placed)
      .ofStore(piece.store)
      .filter((other) => other.piece.kind === 'model' && other.piece.id !== piece.id && overlaps(other.window, window));
    if (beside.length === 0) return null;
    const same = beside.find((other) => sharedModel(piece, other.piece) !== null);
    if (same !== undefined) {
      const model = sharedModel(piece, same.piece) ?? '';
      return {
        because: `${same.piece.title} changes ${model} too, on ${same.window.from}`,
        facts: { other: same.piece.id, model },
      };
    }
    for (let day = window.from; day < window.until; day = addDays(day, 1)) {
      const running = beside.filter((other) => other.window.from <= day && day < other.window.until);
      const risky = piece.lowRisk === true ? undefined : running.find((other) => other.piece.lowRisk !== true);
      if (risky !== undefined) {
        return {
          because: `${risky.piece.title} runs on ${day} too, and only one of two may be of more than low risk`,
          facts: { other: risky.piece.id, day },
        };
      }
      if (running.length + 1 > perDay) return tooMany(day, running, perDay);
    }
    return null;
  },
};

function tooMany(day: Day, running: readonly Placed[], perDay: number) {
  return {
    because: `${running.length} other model changes of the store run on ${day}, ${perDay} may`,
    facts: { day, running: running.length, perDay },
  };
}

function sharedModel(a: Piece, b: Piece): string | null {
  return a.models?.find((model) => b.models?.includes(model)) ?? null;
}
