import type { Config } from '../../src/domain/config.ts';
import type { Day } from '../../src/domain/day.ts';
import { count, text } from './checker/days.ts';
import type { Patch, Team, Vendor } from './checker/team.ts';
import { drawFor } from './draw.ts';
import { ASOF } from './hand-made.ts';
import { judgedHops } from './planner-input.ts';
import { aRandomConfig, enginesOf } from './random-config.ts';
import { someDecisions } from './random-decisions.ts';

/** A team with all it decided, and where its proposals were when they were last published. */
export interface RandomTeam extends Team {
  readonly seed: number;
  readonly baseline: ReadonlyMap<string, Day>;
}

/** The team of a seed, the same everywhere. */
export function aRandomTeam(seed: number): RandomTeam {
  const config = aRandomConfig(seed);
  const undecided: Team = {
    asOf: ASOF,
    config,
    decisions: [],
    vendors: vendorsOf(seed, config),
    hops: judgedHops(config),
    patches: patchesOf(seed, config),
  };
  return { ...undecided, seed, decisions: someDecisions(seed, undecided), baseline: baselineOf(seed, undecided) };
}

/** The vendor of each engine, and of its ODM where it has one, which holds can keep away. */
function vendorsOf(seed: number, config: Config): Team['vendors'] {
  return new Map(
    enginesOf(config.stack).map(({ id }): readonly [string, readonly Vendor[]] => {
      const odm = config.stack.find(({ store }) => store === id);
      return [id, [vendorOf(seed, id, false), ...(odm === undefined ? [] : [vendorOf(seed, odm.id, true)])]];
    }),
  );
}

function vendorOf(seed: number, product: string, reach: boolean): Vendor {
  const draw = (field: string) => drawFor(seed, `vendors.${product}.${field}`);
  const known = draw('known');
  return {
    product,
    known: known.chance(0.35) ? [text(count(ASOF) + known.int(-10, 120))] : [],
    daily: draw('daily').pick([0, 0, 0.001, 0.005, 0.01]),
    reach,
    unknown: draw('unknown').chance(0.05),
  };
}

/** Sometimes an engine with a grave hole, which its next patch mends. */
function patchesOf(seed: number, config: Config): readonly Patch[] {
  return enginesOf(config.stack).flatMap(({ id }): readonly Patch[] => {
    const draw = drawFor(seed, `patches.${id}`);
    if (!draw.chance(0.15)) return [];
    return [{ item: `${id}-patch`, store: id, kind: 'engine', days: 1, effort: 0.5, grave: true }];
  });
}

/** Some work was published somewhere once. */
function baselineOf(seed: number, { config, hops }: Team): RandomTeam['baseline'] {
  const ids = [
    ...config.modelChanges.map(({ id }) => id),
    ...hops.flatMap(({ item, steps }) => steps.map(({ step }) => `${item}/${step}`)),
  ];
  const draw = (id: string) => drawFor(seed, `baseline.${id}`);
  return new Map(
    ids.filter((id) => draw(id).chance(0.3)).map((id) => [id, text(count(ASOF) + draw(`${id}.day`).int(0, 60))]),
  );
}
