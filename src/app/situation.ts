import type { Baseline } from '../domain/baseline.ts';
import type { Config, StackItem } from '../domain/config.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import { horizonFrom } from '../domain/horizon.ts';
import type { Interval } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { Lane, LaneAdvisory } from '../domain/overview.ts';
import type { Plan, StoreId } from '../domain/plan.ts';
import type { Product, ProductId } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { upgradeId } from '../domain/work-id.ts';
import { forecastNextFeature } from '../forecast/next-feature.ts';
import { buildHistory } from '../ledger/history.ts';
import { type ExposedProduct, withUpgrade } from '../policy/collision.ts';
import { exposureOf, shownExposure, watchOf } from '../policy/exposure.ts';
import type { Piece } from '../policy/rule.ts';
import { rangeAt } from '../policy/series.ts';
import { withHolds } from '../schedule/places/holds.ts';
import { makePlan } from '../schedule/plan.ts';
import type { PlanInput } from '../schedule/search/search.ts';
import type { HopResult } from '../schedule/work/hop.ts';
import { stepsOf, tied } from '../schedule/work/hop-order.ts';
import { hopsFor } from '../schedule/work/hops-for.ts';
import { modelPieces } from '../schedule/work/model-changes.ts';
import { urgentPieces } from '../schedule/work/urgent-patches.ts';
import type { Store } from '../store/store.ts';
import { freshTables } from '../upgrade/fresh.ts';
import type { Package } from '../upgrade/packages.ts';
import { TABLES, type Tables } from '../upgrade/tables.ts';
import { openAdvisories } from '../upgrade/target.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { releasesBy } from './patches.ts';

export interface SituationInput {
  readonly store: Pick<Store, 'ledger' | 'facts'>;
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly config: Config;
  readonly asOf: Day;
  /** The proposals published by that day, from which the plan moves only for a gain; `null`: none. */
  readonly baseline: Baseline | null;
  /** What is known of engines beside their dates; absent: what neap ships with, and what feeds told since. */
  readonly tables?: Tables;
  /** Forecasts only what can reach the team; lanes of other products show none then. For plans that nobody looks at. */
  readonly onlyCounted?: boolean;
}

/** What is known of a team's stack on a day: everything plans are made from but the work, the rules and the decisions. */
export interface Situation {
  readonly asOf: Day;
  readonly horizon: Interval;
  readonly baseline: Baseline | null;
  readonly tables: Tables;
  readonly seen: ReadonlyMap<StackItem, { readonly lane: Lane; readonly exposed: ExposedProduct }>;
  readonly lanes: readonly Lane[];
  /** Products whose feature releases count, by store. */
  readonly exposed: ReadonlyMap<StoreId, readonly ExposedProduct[]>;
}

/** Reads the ledger and forecasts each product once. The store is the only door it touches. */
export function situationOf(input: SituationInput): Situation {
  const { config, asOf } = input;
  const tables = knownOn(asOf, input.tables ?? toldTables(input));
  const seen = new Map<StackItem, { lane: Lane; exposed: ExposedProduct }>();
  for (const item of config.stack) {
    const product = input.products.get(item.product);
    if (product !== undefined) seen.set(item, laneOf(item, named(item, product, config), { ...input, tables }));
  }
  const exposed = new Map<StoreId, readonly ExposedProduct[]>();
  for (const item of engines(config, input.products)) {
    const members = [...seen].filter(([member]) => member === item || member.store === item.id);
    exposed.set(
      item.id,
      members.map(([, { exposed: one }]) => one),
    );
  }
  const lanes = [...seen.values()].map(({ lane }) => lane);
  return { asOf, horizon: horizonFrom(asOf), baseline: input.baseline, tables, seen, lanes, exposed };
}

/** The tables that ship with what feeds told by then of the stack's products. */
function toldTables({ store, config, asOf }: SituationInput): Tables {
  const products = new Set(config.stack.map(({ product }) => product));
  return freshTables(TABLES, new Map([...products].map((id) => [id, store.facts(id, asOf)])));
}

/** Without the advisories that were published later; those of which nobody gives a day stay. */
function knownOn(asOf: Day, tables: Tables): Tables {
  const advisories = tables.advisories.filter(({ published }) => published === null || published <= asOf);
  return { ...tables, advisories };
}

/** A plan with the work it was made for. */
export interface Planned {
  readonly plan: Plan;
  readonly hops: readonly HopResult[];
  readonly urgent: readonly Piece[];
  /** Products whose feature releases count, by store, decided upgrades included. */
  readonly exposed: Situation['exposed'];
  /** The same while the plan's holds are kept: what its windows are judged by. */
  readonly held: Situation['exposed'];
  /** Every piece of work, by id, placed or not. */
  readonly pieces: ReadonlyMap<string, Piece>;
}

/** The plan of a situation under a configuration whose stack is that of the situation; `quick`: see PlanInput. Pure. */
export function planIn(
  situation: Situation,
  config: Config,
  decisions: readonly Decision[],
  { quick = false, stay = new Map() }: Partial<Pick<PlanInput, 'quick' | 'stay'>> = {},
): Planned {
  const { asOf, horizon, seen, lanes, baseline, tables } = situation;
  const urgent = urgentPieces(
    [...seen].map(([item, { lane }]) => ({ item, product: lane.product, history: lane.history })),
    asOf,
    tables,
  );
  const hops = plannedHops(config, situation, urgent);
  const counted = exposedAfter(situation, config, hops, decisions);
  const models = [...urgent, ...modelPieces(config)];
  const plan = makePlan({
    facts: {
      config,
      asOf,
      margins: config.policy.modelChanges,
      exposed: counted,
      decisions,
      baseline: firstDays(baseline),
    },
    models,
    hops,
    horizon,
    stay,
    observedThrough: Object.fromEntries(lanes.map((lane) => [lane.product.id, lane.history.observedThrough])),
    quick,
  });
  const steps = hops.flatMap((result) => (result.kind === 'hop' ? stepsOf(result.hop) : []));
  return {
    plan,
    hops,
    urgent,
    exposed: counted,
    held: withHolds(counted, plan.holds),
    pieces: new Map([...models, ...steps].map((piece) => [piece.id, piece])),
  };
}

/** First day of each proposal by its id; of `null`, none. */
export function firstDays(baseline: Baseline | null): ReadonlyMap<string, Day> {
  return new Map((baseline?.proposals ?? []).map(({ id, from }) => [id, from]));
}

/** Where a product stands twice in the stack, its id there tells the two apart wherever the product is named. */
function named(item: StackItem, product: Product, config: Config): Product {
  const twice = config.stack.filter((other) => other.product === item.product).length > 1;
  return twice ? { ...product, name: `${product.name} (${item.id})` } : product;
}

function laneOf(
  item: StackItem,
  product: Product,
  input: SituationInput & { readonly tables: Tables },
): { lane: Lane; exposed: ExposedProduct } {
  const { config, asOf } = input;
  const history = buildHistory(product, input.store.ledger(product.id, asOf));
  const watch = watchOf(config, item, product);
  const exposed = exposedBy(item, product, history, input);
  const { distribution: _, ...forecast } = exposed.forecast;
  const stale = isStale(history.observedThrough, asOf, config.policy.staleAfter);
  const { store, running, range } = item;
  const advisories = advisoriesOf(running, product, input.tables);
  return { lane: { product, store, running, range, watch, history, forecast, stale, advisories }, exposed };
}

function advisoriesOf(running: string | null, product: Product, tables: Tables): readonly LaneAdvisory[] {
  if (running === null) return [];
  const open = openAdvisories(product.id, running, schemeOf(product.versioning), tables.advisories);
  return open.map(({ id, title, kind, severity, exploited, published, source }) => {
    return { id, title, kind: kind === 'security' ? 'security' : 'defect', severity, exploited, published, source };
  });
}

/** What counts of a product for its store, with the version and range that the item has. */
function exposedBy(
  item: StackItem,
  product: Product,
  history: History,
  { config, asOf, onlyCounted = false }: Pick<SituationInput, 'config' | 'asOf' | 'onlyCounted'>,
): ExposedProduct {
  const { observedThrough } = history;
  const exposure = exposureOf(item, history, watchOf(config, item, product), asOf, product.versioning);
  const shown = shownExposure(exposure, item, history, asOf, product.versioning);
  const forecast = forecastNextFeature({
    product: product.id,
    // Without a history there is nothing to work out.
    events: onlyCounted && exposure.closed ? [] : shown.rhythm,
    asOf,
    observedThrough,
    superseded: shown.superseded,
    nextLine: shown.nextLine,
    heralds: shown.heralds,
  });
  let unknown: string | null = null;
  if (!exposure.closed) {
    if (forecast.kind === 'unknown') unknown = forecast.because;
    else if (isStale(observedThrough, asOf, config.policy.staleAfter)) {
      const age = observedThrough === null ? null : daysBetween(observedThrough, asOf);
      unknown = `last complete reading ${observedThrough}, ${age} days ago`;
    }
  }
  const { id, name, versioning } = product;
  return { product: id, name, versioning, exposure, forecast, unknown, observedThrough };
}

/**
 * What counts for each store once accepted and pinned upgrades have changed what runs, from the first day of each on; proposals change
 * nothing. Design.md section 6.
 */
function exposedAfter(
  situation: Situation,
  config: Config,
  hops: readonly HopResult[],
  decisions: readonly Decision[],
) {
  const changes = decisions.flatMap(({ item, step, state, from }) => {
    if (state !== 'accepted' && state !== 'pinned') return [];
    const sets = hops.flatMap((result) =>
      result.kind === 'hop' && result.hop.item === item && step !== null ? (result.hop.sets[step] ?? []) : [],
    );
    return sets.filter(({ key }) => key === 'running').map(({ id, value }) => ({ id, value, from }));
  });
  if (changes.length === 0) return situation.exposed;
  const upgraded = new Map<ExposedProduct, ExposedProduct>();
  for (const [item, { lane, exposed }] of situation.seen) {
    // The last comes first: what it changes lies behind what comes before it.
    const own = changes.filter(({ id }) => id === item.id).sort((a, b) => compareText(a.from, b.from));
    const after = own.map(({ value, from }) => {
      const there = { ...item, running: value, range: rangeAt(item.range, value) };
      return { from, product: exposedBy(there, lane.product, lane.history, { config, asOf: situation.asOf }) };
    });
    const [first, ...rest] = [exposed, ...after.map(({ product }) => product)];
    let behind: ExposedProduct | undefined;
    for (let index = rest.length - 1; index >= 0; index--) {
      const one = rest[index] as ExposedProduct;
      const next = after[index + 1];
      behind = behind === undefined || next === undefined ? one : withUpgrade(one, next.from, behind);
    }
    if (first !== undefined && behind !== undefined && after[0] !== undefined)
      upgraded.set(exposed, withUpgrade(first, after[0].from, behind));
  }
  return new Map(
    [...situation.exposed].map(([store, products]) => [
      store,
      products.some((one) => upgraded.has(one)) ? products.map((one) => upgraded.get(one) ?? one) : products,
    ]),
  );
}

/** Whether the last complete reading is older than the policy allows, in days; never read is stale. */
export function isStale(observedThrough: Day | null, asOf: Day, staleAfter: number): boolean {
  return observedThrough === null || daysBetween(observedThrough, asOf) > staleAfter;
}

/** The stack's engines, which are the team's stores. */
export function engines(config: Config, products: ReadonlyMap<ProductId, Product>): readonly StackItem[] {
  return config.stack.filter((item) => products.get(item.product)?.kind === 'engine');
}

/** The hops of every wish, each once: a stop on the way to one wish may be the end of another. */
function plannedHops(
  config: Config,
  { seen, asOf, tables }: Situation,
  urgent: readonly Piece[],
): readonly HopResult[] {
  const parts = [...seen].map(([item, { lane }]) => ({
    item,
    part: { id: item.id, product: lane.product, running: item.running, history: lane.history } satisfies Package,
  }));
  const results = config.upgrades.flatMap((upgrade) => {
    const engine = config.stack.find((item) => item.id === upgrade.store);
    const lane = engine === undefined ? undefined : seen.get(engine)?.lane;
    if (engine === undefined || lane === undefined) return [];
    return hopsFor({
      config,
      upgrade,
      engine,
      product: lane.product,
      history: lane.history,
      packages: parts.filter(({ item }) => item !== engine && item.store === engine.id).map(({ part }) => part),
      runtime: parts.find(({ part }) => part.product.kind === 'runtime')?.part ?? null,
      asOf,
      tables,
      patched: urgent.find(({ store, patch }) => store === engine.id && patch === true)?.grave?.version ?? null,
      patchesBy: releasesBy(lane, asOf),
    });
  });
  const wished = new Set(config.upgrades.map(upgradeId));
  const own = (result: HopResult) => (result.kind === 'hop' ? result.hop : result);
  // A line that is wished for itself keeps its own deadline and priority.
  const byItem = Map.groupBy(results, (result) => own(result).item);
  return [...byItem.values()].flatMap((same): readonly HopResult[] => {
    const best = wished.has(own(same[0] as HopResult).item)
      ? same.find((result) =>
          config.upgrades.some((wish) => upgradeId(wish) === own(result).item && own(result).upgrade.by === wish.by),
        )
      : same[0];
    const result = best ?? same[0];
    if (result === undefined) return [];
    return result.kind === 'hop' ? [{ kind: 'hop', hop: tied(result.hop) }] : [result];
  });
}
