import type { Config } from '../../src/domain/config.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { horizonFrom } from '../../src/domain/horizon.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';
import type { Piece } from '../../src/policy/rule.ts';
import { makePlan } from '../../src/schedule/plan.ts';
import { modelPieces } from '../../src/schedule/work/model-changes.ts';
import { mongodbHops } from './hops.ts';
import { ASOF, facts } from './team.ts';

interface Given {
  readonly decisions?: readonly Decision[];
  /** Products whose releases count for `mongodb`. */
  readonly exposed?: readonly ExposedProduct[];
  readonly patches?: readonly Piece[];
}

/** The plan of a team with MongoDB on the day of all tests. */
export function planFor(config: Config, { decisions = [], exposed = [], patches = [] }: Given = {}): Plan {
  return makePlan({
    facts: facts(config, exposed, decisions),
    models: [...patches, ...modelPieces(config)],
    hops: mongodbHops(config),
    horizon: horizonFrom(ASOF),
    observedThrough: {},
  });
}
