import { isExcepted } from '../exception.ts';
import { indexOf } from '../placed-index.ts';
import type { Rule } from '../rule.ts';

export const driversCoverBoth: Rule = {
  id: 'drivers-cover-both',
  intent: 'On no day does an engine run that a running driver does not admit.',
  unit: 'days uncovered',
  scope: 'others',
  gate: 'none',
  relax: [],
  check({ piece, window }, { placed, config }) {
    const own = indexOf(placed).ofItem(piece.item);
    for (const id of piece.needs) {
      const other = own.find((one) => one.piece.id === id);
      if (other === undefined) {
        return { because: `${id} has no place, and without it drivers refuse the engine`, facts: { needs: id } };
      }
      if (other.window.until > window.from) {
        return {
          because: `${other.piece.title} lasts until ${other.window.until}, and must be over before`,
          facts: { needs: id, until: other.window.until },
        };
      }
    }
    const first = own.find(
      ({ piece: { needs, item }, window: theirs }) =>
        needs.includes(piece.id) &&
        theirs.from < window.until &&
        !isExcepted(config.exceptions, 'drivers-cover-both', item, theirs),
    );
    if (first === undefined) return null;
    return {
      because: `${first.piece.title} starts on ${first.window.from}, and it must be over before`,
      facts: { before: first.piece.id, from: first.window.from },
    };
  },
};
