import { percentsApart } from '../../domain/percent.ts';
import type { KnownRelease } from '../../domain/period.ts';
import { knownCollision, type Margins } from '../collision.ts';
import { exception, higherTolerance, less } from '../relaxing.ts';
import type { Breach, Rule } from '../rule.ts';

export const patchOnly: Rule = {
  id: 'patch-only',
  intent: 'A model change ships while only patches are due, so that what breaks is known to be ours.',
  unit: 'chance above the tolerance',
  scope: 'alone',
  gate: 'day',
  relax: [higherTolerance, less('modelChanges.settle', 1), less('modelChanges.guard'), exception],
  check({ piece, window, risk }, { config, exposed, margins }) {
    if (piece.kind !== 'model') return null;
    const known = knownCollision(exposed.get(piece.store) ?? [], window, margins);
    return turbulentBreach(known, risk, config.policy.tolerance, margins);
  },
};

/** What the rule says of a window, given the known release that collides with it (`null`: none) and its collision probability. */
export function turbulentBreach(
  known: KnownRelease | null,
  risk: number,
  tolerance: number,
  { settle, guard }: Margins,
): Breach | null {
  if (known !== null) {
    return {
      because: `${known.name} of ${known.day} is within ${settle} days before or ${guard} days after the window`,
      facts: { release: known.name, day: known.day, settle, guard },
    };
  }
  if (risk <= tolerance) return null;
  const [chance, allowed] = percentsApart(risk, tolerance);
  return {
    because: `a feature release collides with a chance of ${chance}, the tolerance is ${allowed}`,
    facts: { risk: Number(risk.toFixed(4)), tolerance },
  };
}
