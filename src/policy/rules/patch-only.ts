import { knownCollision } from '../collision.ts';
import type { Rule } from '../rule.ts';

export const patchOnly: Rule = {
  id: 'patch-only',
  intent: 'A model change ships while only patches are due, so that what breaks is known to be ours.',
  unit: 'chance above the tolerance',
  scope: 'alone',
  check({ piece, window, risk }, { config, exposed, margins }) {
    if (piece.kind !== 'model') return null;
    const known = knownCollision(exposed.get(piece.store) ?? [], window, margins);
    if (known !== null) {
      return {
        because: `${known.name} of ${known.day} is within ${margins.settle} days before or ${margins.guard} days after the window`,
        facts: { release: known.name, day: known.day, settle: margins.settle, guard: margins.guard },
      };
    }
    const { tolerance } = config.policy;
    if (risk <= tolerance) return null;
    return {
      because: `a feature release collides with a chance of ${percent(risk)}, the tolerance is ${percent(tolerance)}`,
      facts: { risk: Number(risk.toFixed(4)), tolerance },
    };
  },
};

function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}
