import type { Rule } from '../rule.ts';

export const order: Rule = {
  id: 'order',
  intent: 'Work starts when it may, and after the work it builds on.',
  unit: 'days too early',
  scope: 'others',
  check({ piece, window }, { placed, unplaced }) {
    if (piece.notBefore !== null && window.from < piece.notBefore) {
      return { because: `it may not start before ${piece.notBefore}`, facts: { notBefore: piece.notBefore } };
    }
    for (const item of piece.after) {
      if (unplaced.has(item)) return { because: `it comes after ${item}, which has no place`, facts: { after: item } };
      const last = placed
        .filter((other) => other.piece.item === item)
        .toSorted(byEnd)
        .at(-1);
      const end = last?.disruption?.until ?? last?.window.until;
      if (end !== undefined && window.from < end) {
        return { because: `it comes after ${item}, which lasts until ${end}`, facts: { after: item, until: end } };
      }
    }
    return null;
  },
};

function byEnd(a: { window: { until: string } }, b: { window: { until: string } }): number {
  return a.window.until < b.window.until ? -1 : 1;
}
