import type { Config, StackItem } from '../../src/domain/config.ts';
import { type Day, toNumber } from '../../src/domain/day.ts';
import { horizonFrom } from '../../src/domain/horizon.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { ExposedProduct } from '../../src/policy/collision.ts';
import { pieceLike } from '../../src/policy/piece-like.ts';
import type { Piece, RuleFacts } from '../../src/policy/rule.ts';
import { makePlan } from '../../src/schedule/plan.ts';
import type { HopResult } from '../../src/schedule/work/hop.ts';
import { stepsOf } from '../../src/schedule/work/hop-order.ts';
import { hopsFor } from '../../src/schedule/work/hops-for.ts';
import { modelPieces } from '../../src/schedule/work/model-changes.ts';
import type { Package } from '../../src/upgrade/packages.ts';
import { TABLES } from '../../src/upgrade/tables.ts';
import { text } from './checker/days.ts';
import type { Hop, Patch, Team, Vendor } from './checker/team.ts';
import { ASOF } from './hand-made.ts';
import { knownOf, lineOf } from './histories.ts';
import { WEEKS } from './random-config.ts';

// All that the random teams know of what the planner takes: to be changed with it, and nothing else of this folder.

/** A plan for the team. @param baseline first days of proposals that were published, by window. @param weeks planned for. */
export function planOf(team: Team, baseline: ReadonlyMap<string, Day> = new Map(), weeks = WEEKS): Plan {
  return makePlan({
    facts: { ...factsOf(team), baseline },
    models: modelsOf(team),
    hops: hopsOf(team.config),
    horizon: horizonFrom(team.asOf, weeks),
    observedThrough: {},
  });
}

/** What the rules know of the team before anything has a place. */
export function factsOf({ config, decisions, asOf, vendors }: Team): Omit<RuleFacts, 'placed' | 'unplaced'> {
  const exposed = new Map([...vendors].map(([store, all]) => [store, all.map(exposedBy)]));
  return { config, asOf, margins: config.policy.modelChanges, exposed, decisions };
}

/** All work of the team by the ids of its windows. */
export function piecesOf(team: Team): ReadonlyMap<string, Piece> {
  const steps = hopsOf(team.config).flatMap((result) => (result.kind === 'hop' ? stepsOf(result.hop) : []));
  return new Map([...modelsOf(team), ...steps].map((piece) => [piece.id, piece]));
}

function modelsOf({ patches, config }: Team): readonly Piece[] {
  return [...patches.map(pieceOf), ...modelPieces(config)];
}

function hopsOf(config: Config): readonly HopResult[] {
  return config.upgrades.flatMap((upgrade) => {
    const engine = config.stack.find(({ id }) => id === upgrade.store);
    if (engine === undefined) return [];
    return hopsFor({
      config,
      upgrade,
      engine,
      ...knownOf(engine.product),
      packages: config.stack.filter(({ store }) => store === engine.id).map(packageOf),
      runtime: config.stack.filter(({ product }) => product === 'nodejs').map(packageOf)[0] ?? null,
      asOf: ASOF,
      tables: { ...TABLES, advisories: [] },
    });
  });
}

function packageOf({ id, product, running }: StackItem): Package {
  return { id, running, ...knownOf(product) };
}

function pieceOf({ item, store, kind, days, effort, grave }: Patch): Piece {
  const patch = kind === 'engine';
  return {
    ...pieceLike({ id: item, item, step: null, title: item, kind, store, patch }),
    days,
    effort,
    priority: 1,
    urgent: grave,
    ...(grave ? { grave: { exploited: false, advisories: ['CVE-1'], version: '' } } : {}),
  };
}

/** The hops of the team's upgrades as the judge takes them, and the items that neap knows no way for. */
export function judgedHops(config: Config): readonly Hop[] {
  return hopsOf(config).flatMap((result) => {
    if (result.kind !== 'hop') return [];
    const { hop } = result;
    const all = [...hop.before, hop.prepare, hop.binaries];
    const pieces = [...(hop.begun ? [] : all), ...(hop.fcv === null ? [] : [hop.fcv])];
    const product = config.stack.find(({ id }) => id === hop.upgrade.store)?.product ?? '';
    return [
      {
        item: hop.item,
        store: hop.upgrade.store,
        after: hop.binaries.after,
        steps: pieces.flatMap(({ step, kind, days, effort }) => (step === null ? [] : [{ step, kind, days, effort }])),
        needed: hop.before.flatMap(({ id, step }) => (step !== null && hop.binaries.needs.includes(id) ? [step] : [])),
        hasFcv: hop.fcv !== null,
        noReturn: hop.noReturn,
        begun: hop.begun,
        by: hop.upgrade.by,
        ripe: ripeOf(config, product, hop.upgrade.to),
      },
    ];
  });
}

/** Counted here, not taken from the hop. */
function ripeOf({ policy }: Config, product: string, line: string): Hop['ripe'] {
  const known = lineOf(product, line);
  if (known === null) return null;
  const { minAge, minPatch } = policy.engineUpgrades;
  return known.patches < minPatch ? 'never' : text(known.ga + minAge);
}

/** The same chance on each day after today, independent of all others. */
export function exposedBy({ product, known, daily, reach, unknown }: Vendor): ExposedProduct {
  const start = toNumber(ASOF) + 1;
  const hit = (from: number, until: number) => 1 - (1 - daily) ** Math.max(0, until - Math.max(from, start));
  return {
    product,
    name: product,
    versioning: 'semver',
    unknown: unknown ? 'nobody read it' : null,
    observedThrough: ASOF,
    exposure: {
      watch: reach ? 'reach' : 'vendor',
      events: known.map((on, index) => ({ day: on, line: `1.${index}`, name: `${product} 1.${index}` })),
      rhythm: [],
      closed: false,
      superseded: false,
      heralds: [],
      nextLine: null,
    },
    forecast: {
      product,
      kind: 'known',
      because: '',
      observedThrough: ASOF,
      quantiles: {},
      mostLikely: null,
      evidence: [],
      nextLine: null,
      distribution: { start, mass: Float64Array.from([daily]), hit },
    },
  };
}
