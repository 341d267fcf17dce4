import { maxDay } from '../../domain/day.ts';
import { earlierStart } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const order: Rule = {
  id: 'order',
  intent: 'Work starts when it may, and after the work it builds on.',
  unit: 'days too early',
  scope: 'others',
  gate: 'order',
  relax: [earlierStart],
  alone({ piece, window }) {
    if (piece.notBefore === null || window.from >= piece.notBefore) return null;
    return { because: `it may not start before ${piece.notBefore}`, facts: { notBefore: piece.notBefore } };
  },
  check(candidate, { placed, unplaced }) {
    const { piece, window, sprint } = candidate;
    const early = order.alone?.(candidate) ?? null;
    if (early !== null) return early;
    for (const { piece: id, laterSprint } of piece.follows) {
      const before = placed.find((other) => other.piece.id === id);
      if (unplaced.has(id)) return { because: `it comes after ${id}, which has no place`, facts: { after: id } };
      if (before === undefined) continue;
      if (window.from < before.window.until) {
        return {
          because: `it comes after ${id}, which lasts until ${before.window.until}`,
          facts: { after: id, until: before.window.until },
        };
      }
      if (laterSprint && sprint.number <= before.sprint.number) {
        return {
          because: `it comes in a later sprint than ${id}, which is in sprint ${before.sprint.number}`,
          facts: { after: id, sprint: before.sprint.number },
        };
      }
    }
    for (const item of piece.after) {
      if (unplaced.has(item)) return { because: `it comes after ${item}, which has no place`, facts: { after: item } };
      // An upgrade is over when its soak is, whichever of its steps ends last.
      const ends = placed
        .filter((other) => other.piece.item === item)
        .map((other) => maxDay(other.window.until, other.disruption?.until ?? other.window.until));
      const end = ends.sort().at(-1);
      if (end !== undefined && window.from < end) {
        return { because: `it comes after ${item}, which lasts until ${end}`, facts: { after: item, until: end } };
      }
    }
    return null;
  },
};
