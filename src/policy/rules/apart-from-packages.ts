import { indexOf } from '../placed-index.ts';
import { exception } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const apartFromPackages: Rule = {
  id: 'apart-from-packages',
  intent: 'Drivers and ODM of a store are not changed in a sprint in which its models are.',
  unit: 'sprints shared',
  scope: 'others',
  gate: 'day',
  together: true,
  either: true,
  relax: [exception],
  check({ piece, sprint }, { placed }) {
    if (piece.kind === 'engine') return null;
    const other = indexOf(placed)
      .inSprint(sprint.number)
      .find(
        (one) => one.piece.store === piece.store && one.piece.kind === (piece.kind === 'model' ? 'package' : 'model'),
      );
    if (other === undefined) return null;
    return {
      because: `${other.piece.title} is in sprint ${sprint.number} too`,
      facts: { other: other.piece.id, sprint: sprint.number },
    };
  },
};
