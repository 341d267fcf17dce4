import type { Config, Freeze, ModelChange, RuleException } from '../../src/domain/config.ts';
import { addDays, type Day, day, weekday } from '../../src/domain/day.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import { horizonFrom } from '../../src/domain/horizon.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Product } from '../../src/domain/product.ts';
import type { History } from '../../src/domain/release.ts';
import { makePlan } from '../../src/schedule/plan.ts';
import type { HopResult } from '../../src/schedule/work/hop.ts';
import { hopsFor } from '../../src/schedule/work/hops-for.ts';
import { modelPieces } from '../../src/schedule/work/model-changes.ts';
import { TABLES } from '../../src/upgrade/tables.ts';
import { exposedBy } from '../properties/planner-input.ts';
import { aHistory, MONGODB } from '../support/mongodb.ts';
import { ASOF, aConfig, aModelChange } from '../support/team.ts';

/** A random team with its work, and what is known of its vendors in a form that a checker can count with by itself. */
export interface Instance {
  readonly seed: number;
  readonly config: Config;
  readonly decisions: readonly Decision[];
  /** By store: days of known feature releases, the same chance of one on each day to come, and whether a hold keeps them away. */
  readonly vendors: ReadonlyMap<
    string,
    { readonly known: readonly Day[]; readonly daily: number; readonly reach: boolean }
  >;
  /** First day, by line, that the policy lets new binaries come; `null`: never. */
  readonly ripe: Readonly<Record<string, Day | null>>;
}

/** Numbers in 0..1 that a seed gives, the same everywhere (mulberry32). */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const REDIS: Product = { ...MONGODB, id: 'redis', name: 'Redis', vendor: 'Redis', versioning: 'redis' };
const MONGOOSE: Product = {
  ...MONGODB,
  id: 'mongoose',
  name: 'mongoose',
  kind: 'odm',
  versioning: 'semver',
  npm: 'mongoose',
};
const HISTORIES: Readonly<Record<string, History>> = {
  mongodb: aHistory(MONGODB, [
    ['7.0.31', '2026-03-17'],
    ['8.0.0', '2024-10-02'],
    ['8.0.4', '2024-12-09'],
    ['8.0.5', '2025-12-09'],
    ['8.0.6', '2026-06-09'],
    ['9.0.0', '2026-09-28'],
    ['9.0.1', '2026-10-10'],
    ['9.0.4', '2026-11-01'],
  ]),
  redis: aHistory(REDIS, [
    ['7.2.6', '2024-10-02'],
    ['8.2.0', '2025-08-04'],
    ['8.2.1', '2025-09-04'],
    ['8.2.2', '2025-10-04'],
    ['8.2.3', '2025-11-04'],
  ]),
  mongoose: aHistory(MONGOOSE, [
    ['8.19.1', '2025-10-02'],
    ['9.12.1', '2026-10-09'],
  ]),
};
const GA: Readonly<Record<string, readonly [ga: Day, patches: number]>> = {
  'mongodb 8.0': [day('2024-10-02'), 3],
  'mongodb 9.0': [day('2026-09-28'), 2],
  'redis 8.2': [day('2025-08-04'), 3],
};

export function anInstance(seed: number): Instance {
  const next = numbersOf(seed);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const chance = (p: number) => next() < p;
  const pick = <T>(all: readonly T[]): T => all[int(0, all.length - 1)] as T;
  const dayIn = (low: number, high: number) => addDays(ASOF, int(low, high));

  const stores = chance(0.5) ? ['mongodb', 'redis'] : ['mongodb'];
  const length = pick([7, 10, 14, 21]);
  const start = addDays(ASOF, -int(0, 40));
  const exceptions = chance(0.3) ? [{ start: addDays(start, length * int(1, 5)), days: int(3, 30) }] : [];
  const base = aConfig();
  const policy: Config['policy'] = {
    ...DEFAULT_POLICY,
    tolerance: pick([0.05, 0.2, 0.5]),
    separation: pick([0, 7, 14, 30]),
    modelChanges: { ...DEFAULT_POLICY.modelChanges, guard: int(0, 10), settle: int(1, 20) },
    engineUpgrades: {
      ...DEFAULT_POLICY.engineUpgrades,
      minAge: pick([30, 60]),
      minPatch: pick([0, 2, 3]),
      burnIn: int(0, 20),
      soak: int(0, 14),
      leaveBeforeEol: 90,
      effort: int(1, 6),
    },
  };
  const count = int(1, 6);
  const modelChanges = Array.from({ length: count }, (_, i): ModelChange => {
    const notBefore = chance(0.3) ? dayIn(-5, 60) : null;
    return aModelChange({
      id: `change-${i}`,
      store: pick(stores),
      type: pick([null, null, 'add-index', 'split-field', 'remove-field', 'unique-constraint']),
      phases: chance(0.2) ? 'together' : 'apart',
      days: int(1, 6),
      effort: int(0, 8),
      priority: int(1, 5),
      notBefore,
      deadline: chance(0.3) ? addDays(notBefore ?? ASOF, int(0, 90)) : null,
      after: i > 0 && chance(0.25) ? [`change-${int(0, i - 1)}`] : [],
      rerunnable: !chance(0.05),
      rollback: chance(0.05) ? 'none' : 'script',
    });
  });
  const freezes = Array.from({ length: int(0, 3) }, (_, i): Freeze => {
    const from = dayIn(0, 150);
    const allow = chance(0.2) ? [pick(['model', 'engine', 'package'])] : [];
    return {
      name: `freeze-${i}`,
      from,
      until: addDays(from, int(1, 21)),
      blocks: pick<Freeze['blocks']>([['model', 'engine', 'package'], ['model'], ['engine'], ['package']]),
      allow,
      recurring: false,
    };
  });
  const excepted = chance(0.2)
    ? [
        {
          rule: pick(['separation', 'freeze', 'patch-only', 'capacity'] as const),
          item: 'change-0',
          expires: dayIn(0, 120),
          reason: 'said so',
        },
      ]
    : [];
  const upgrades = [
    ...(chance(0.6)
      ? [{ store: 'mongodb', to: pick(['8.0', '9.0']), by: chance(0.2) ? dayIn(40, 170) : null, priority: int(1, 5) }]
      : []),
    ...(stores.includes('redis') && chance(0.5) ? [{ store: 'redis', to: '8.2', by: null, priority: int(1, 5) }] : []),
  ];
  const engine = base.stack[0];
  if (engine === undefined) throw new Error('no engine');
  const item = (id: string, running: string, store: string | null) => ({
    ...engine,
    id,
    product: id,
    running,
    store,
    topology: null,
    edition: null,
    fcv: null,
  });
  const config: Config = {
    ...base,
    team: {
      ...base.team,
      timezone: pick(['UTC', 'Europe/Paris', 'Pacific/Kiritimati', 'America/St_Johns']),
      workdays: pick([
        [1, 2, 3, 4, 5],
        [1, 2, 3, 4],
        [2, 3, 4, 5, 6],
        [1, 3, 5],
      ]),
      daysOff: Array.from({ length: int(0, 6) }, () => dayIn(0, 180)).sort(),
      sprint: { start, days: length, first: 1, capacity: pick([null, 8, 15]), exceptions },
    },
    stack: [{ ...engine, fcv: '7.0' }, item('redis', '7.2.6', null), item('mongoose', '8.19.1', 'mongodb')],
    policy,
    freezes,
    modelChanges,
    upgrades,
    exceptions: excepted as readonly RuleException[],
  };
  const vendors = new Map(
    stores.map((store) => [
      store,
      {
        known: chance(0.5) ? [dayIn(-10, 120)] : [],
        daily: pick([0, 0.001, 0.01]),
        reach: store === 'mongodb' && chance(0.25),
      },
    ]),
  );
  const ripe = Object.fromEntries(
    Object.entries(GA).map(([line, [ga, patches]]) => [
      line,
      patches < policy.engineUpgrades.minPatch ? null : addDays(ga, policy.engineUpgrades.minAge),
    ]),
  );
  const plain: Instance = { seed, config, decisions: [], vendors, ripe };
  return { ...plain, decisions: decisionsOn(planOf(plain), int, chance, config) };
}

/** A team with so little to do in so few weeks that every arrangement can be tried: two or three changes, tight sprints, no upgrades. */
export function aSmallInstance(seed: number): Instance {
  const next = numbersOf(seed * 7919);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const whole = anInstance(seed);
  const changes = whole.config.modelChanges.slice(0, 3).map((change, i, all): ModelChange => {
    const phased = change.type === 'split-field' || change.type === 'unique-constraint';
    return {
      ...change,
      // One change in phases at most, or there would be too many arrangements.
      type: phased && i > 0 ? null : change.type,
      days: int(1, 3),
      effort: int(3, 7),
      notBefore: next() < 0.2 ? addDays(ASOF, int(0, 10)) : null,
      deadline: next() < 0.3 ? addDays(ASOF, int(2, 20)) : null,
      after: change.after.filter((id) => all.some((other) => other.id === id)),
    };
  });
  const sprint = { ...whole.config.team.sprint, capacity: int(6, 12) };
  const config = {
    ...whole.config,
    upgrades: [],
    modelChanges: changes,
    exceptions: [],
    team: { ...whole.config.team, sprint },
  };
  const vendors = new Map([...whole.vendors].map(([store, vendor]) => [store, { ...vendor, reach: false }]));
  return { ...whole, config, decisions: [], vendors };
}

/** Some windows of a first plan as people decide them: kept, moved to another day, rejected. */
function decisionsOn(
  plan: Plan,
  int: (low: number, high: number) => number,
  chance: (p: number) => boolean,
  config: Config,
): readonly Decision[] {
  const decisions: Decision[] = [];
  for (const { item, step, from, until, kind } of plan.windows) {
    if (!chance(0.2)) continue;
    const moved = kind === 'model' && chance(0.4) ? int(-10, 30) : 0;
    const start = addDays(from, moved);
    if (!config.team.workdays.includes(weekday(start))) continue;
    const state = chance(0.3) ? 'rejected' : chance(0.5) ? 'accepted' : 'pinned';
    decisions.push({ item, step, state, from: start, until: addDays(until, moved), by: null, on: ASOF, reason: null });
  }
  return decisions;
}

/** @param weeks planned for. */
export function planOf(instance: Instance, weeks = 26, previous?: Plan): Plan {
  const { config } = instance;
  const before = previous?.windows.filter(({ state }) => state === 'proposed') ?? [];
  return makePlan({
    facts: { ...factsOf(instance), baseline: new Map(before.map(({ id, from }) => [id, from])) },
    models: modelPieces(config),
    hops: hopsOf(config),
    horizon: horizonFrom(ASOF, weeks),
    observedThrough: {},
  });
}

/** What the rules know of an instance before anything has a place. */
export function factsOf({ config, decisions, vendors }: Instance) {
  const exposed = new Map(
    [...vendors].map(([store, vendor]) => [
      store,
      // What a hold keeps away must be a package of the stack.
      [exposedBy({ ...vendor, product: vendor.reach ? 'mongoose' : store, unknown: false })],
    ]),
  );
  return { config, asOf: ASOF, margins: config.policy.modelChanges, exposed, decisions };
}

export function hopsOf(config: Config): readonly HopResult[] {
  return config.upgrades.flatMap((upgrade) => {
    const engine = config.stack.find(({ id }) => id === upgrade.store);
    const [product, history] = [upgrade.store === 'redis' ? REDIS : MONGODB, HISTORIES[upgrade.store]];
    const mongoose = HISTORIES.mongoose;
    if (engine === undefined || history === undefined || mongoose === undefined) return [];
    const packages =
      upgrade.store === 'mongodb' ? [{ id: 'mongoose', product: MONGOOSE, running: '8.19.1', history: mongoose }] : [];
    return hopsFor({
      config,
      upgrade,
      engine,
      product,
      history,
      packages,
      runtime: null,
      asOf: ASOF,
      tables: { ...TABLES, advisories: [] },
    });
  });
}
