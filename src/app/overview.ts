import type { Config, StackItem } from '../domain/config.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { Decision, PlanSnapshot, StoreId } from '../domain/plan.ts';
import type { Product, ProductId, SchemeId } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { forecastNextFeature } from '../forecast/next-feature.ts';
import { buildHistory } from '../ledger/history.ts';
import { smallBumps } from '../policy/bumps.ts';
import type { ExposedProduct } from '../policy/collision.ts';
import { exposureOf, watchOf } from '../policy/exposure.ts';
import { outlookOf } from '../policy/periods.ts';
import type { Piece } from '../policy/rule.ts';
import { type HopResult, hopsFor, STEPS } from '../schedule/hop.ts';
import { horizonFrom, makePlan } from '../schedule/plan.ts';
import { snapshotOf } from '../schedule/snapshot.ts';
import { urgentPieces } from '../schedule/urgent.ts';
import { modelPieces } from '../schedule/work.ts';
import type { Store } from '../store/store.ts';
import type { Package } from '../upgrade/packages.ts';
import { TABLES } from '../upgrade/tables.ts';
import { statusLine } from './status.ts';

/** Days before `asOf` that outlooks and the calendar still show. */
export const DAYS_BACK = 84;

export interface OverviewInput {
  readonly store: Pick<Store, 'ledger'>;
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly config: Config;
  readonly origin: Overview['origin'];
  readonly decisions: readonly Decision[];
  readonly asOf: Day;
  readonly notices: readonly string[];
  /** The plan before, whose places win among equals; `null`: none. */
  readonly previous: PlanSnapshot | null;
}

/** Joins facts, forecasts, periods and plan into all that a screen or report shows. The store is the only door it touches. */
export function buildOverview(input: OverviewInput): Overview {
  const { config, asOf } = input;
  const seen = new Map<StackItem, { lane: Lane; exposed: ExposedProduct }>();
  for (const item of config.stack) {
    const product = input.products.get(item.product);
    if (product !== undefined) seen.set(item, laneOf(item, named(item, product, config), input));
  }
  const margins = config.policy.modelChanges;
  const horizon = horizonFrom(asOf);
  const days = { from: addDays(asOf, -DAYS_BACK), until: horizon.until };
  const exposed = new Map<StoreId, readonly ExposedProduct[]>();
  for (const item of engines(config, input.products)) {
    const members = [...seen].filter(([member]) => member === item || member.store === item.id);
    exposed.set(
      item.id,
      members.map(([, { exposed: one }]) => one),
    );
  }
  const outlooks = [...exposed].map(([store, products]) =>
    outlookOf({ store, products, margins, tolerance: config.policy.tolerance, days, asOf }),
  );
  const lanes = [...seen.values()].map(({ lane }) => lane);
  const hops = plannedHops(config, seen, asOf);
  const urgent = urgentPieces(
    [...seen].map(([item, { lane }]) => ({ item, product: lane.product, history: lane.history })),
    asOf,
    TABLES,
  );
  const begun = alreadyDone(hops, input.decisions, asOf);
  const whole = makePlan({
    facts: { config, asOf, margins, exposed, decisions: [...input.decisions, ...begun] },
    models: [...urgent, ...modelPieces(config)],
    hops,
    horizon,
    previous: new Map(
      (input.previous?.windows ?? []).flatMap(({ id, state, from }) =>
        state === 'proposed' ? [[id, from] as const] : [],
      ),
    ),
    observedThrough: Object.fromEntries(lanes.map((lane) => [lane.product.id, lane.history.observedThrough])),
  });
  const assumed = new Set(begun.map(({ item, step }) => `${item}/${step}`));
  const plan = { ...whole, windows: whole.windows.filter(({ id }) => !assumed.has(id)) };
  const stale = lanes.filter((lane) => lane.stale);
  const notices = [...input.notices, ...smallBumps(config), ...forgotten(input, hops, urgent)];
  if (stale.length > 0) notices.push(staleNotice(stale, config.policy.staleAfter));
  return {
    asOf,
    origin: input.origin,
    config,
    lanes,
    outlooks,
    plan,
    snapshot: snapshotOf({ plan, config, decisions: input.decisions, exposed }),
    decisions: input.decisions,
    status: statusLine({ config, asOf, outlooks }),
    notices,
  };
}

/** Where a product stands twice in the stack, its id there tells the two apart wherever the product is named. */
function named(item: StackItem, product: Product, config: Config): Product {
  const twice = config.stack.filter((other) => other.product === item.product).length > 1;
  return twice ? { ...product, name: `${product.name} (${item.id})` } : product;
}

function laneOf(item: StackItem, product: Product, input: OverviewInput): { lane: Lane; exposed: ExposedProduct } {
  const { config, asOf } = input;
  const history = buildHistory(product, input.store.ledger(product.id, asOf));
  const watch = watchOf(config, item, product);
  const exposure = exposureOf(item, history, watch, asOf, product.versioning);
  // A closed range still has a vendor whose rhythm people want to see on the lane.
  const shown = exposure.closed
    ? exposureOf({ ...item, range: null }, history, 'vendor', asOf, product.versioning)
    : exposure;
  const forecast = forecastNextFeature({
    product: product.id,
    events: shown.rhythm,
    asOf,
    observedThrough: history.observedThrough,
    superseded: shown.superseded,
    nextLine: shown.nextLine,
    heralds: shown.heralds,
  });
  const age = history.observedThrough === null ? null : daysBetween(history.observedThrough, asOf);
  const stale = isStale(history.observedThrough, asOf, config.policy.staleAfter);
  let unknown: string | null = null;
  if (!exposure.closed) {
    if (forecast.kind === 'unknown') unknown = forecast.because;
    else if (stale) unknown = `last complete reading ${history.observedThrough}, ${age} days ago`;
  }
  const { distribution: _, ...summary } = forecast;
  return {
    lane: {
      product,
      store: item.store,
      running: item.running,
      range: item.range,
      watch,
      history,
      forecast: summary,
      stale,
    },
    exposed: {
      product: product.id,
      name: product.name,
      exposure,
      forecast,
      unknown,
      observedThrough: history.observedThrough,
    },
  };
}

/** Whether the last complete reading is older than the policy allows, in days; never read is stale. */
export function isStale(observedThrough: Day | null, asOf: Day, staleAfter: number): boolean {
  return observedThrough === null || daysBetween(observedThrough, asOf) > staleAfter;
}

/** What a vendor does, for a product outside the stack: every feature release counts. */
export function forecastOf(history: History, asOf: Day, versioning: SchemeId): Forecast {
  const item = { id: history.product, product: history.product, running: null, range: null, store: null };
  const { rhythm, nextLine, heralds } = exposureOf(
    { ...item, edition: null, topology: null, platform: null, fcv: null },
    history,
    'vendor',
    asOf,
    versioning,
  );
  return forecastNextFeature({
    product: history.product,
    events: rhythm,
    asOf,
    observedThrough: history.observedThrough,
    superseded: false,
    nextLine,
    heralds,
  });
}

/** The stack's engines, which are the team's stores. */
export function engines(config: Config, products: ReadonlyMap<ProductId, Product>): readonly StackItem[] {
  return config.stack.filter((item) => products.get(item.product)?.kind === 'engine');
}

/** The hops of every wish, each once: a stop on the way to one wish may be the end of another. */
function plannedHops(
  config: Config,
  seen: ReadonlyMap<StackItem, { readonly lane: Lane }>,
  asOf: Day,
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
      tables: TABLES,
    });
  });
  const wished = new Set(config.upgrades.map(({ store, to }) => `${store}-${to}`));
  const own = (result: HopResult) => (result.kind === 'hop' ? result.hop : result);
  // A line that is wished for itself keeps its own deadline and priority.
  const byItem = Map.groupBy(results, (result) => own(result).item);
  return [...byItem.values()].flatMap((same) => {
    const best = wished.has(own(same[0] as HopResult).item)
      ? same.find((result) =>
          config.upgrades.some(({ by, to }) => own(result).upgrade.by === by && own(result).upgrade.to === to),
        )
      : same[0];
    return best ?? same[0] ?? [];
  });
}

/** Steps before the binaries of a hop that has begun count as done, so long ago that the burn-in is over, where nobody said when. */
function alreadyDone(hops: readonly HopResult[], decisions: readonly Decision[], asOf: Day): readonly Decision[] {
  return hops.flatMap((result) => {
    if (result.kind !== 'hop' || !result.hop.begun) return [];
    const { hop } = result;
    const until = addDays(asOf, -hop.burnIn);
    return [...hop.before, hop.prepare, hop.binaries].flatMap(({ item, step }): readonly Decision[] => {
      const known = decisions.some((one) => one.item === item && one.step === step && one.state !== 'rejected');
      if (known) return [];
      return [
        { item, step, state: 'done', from: addDays(until, -1), until, by: null, on: asOf, reason: 'it runs already' },
      ];
    });
  });
}

/** Decisions on work that the configuration does not name: kept in the file, without effect, and said. */
function forgotten(
  { config, decisions }: OverviewInput,
  hops: readonly HopResult[],
  urgent: readonly Piece[],
): readonly string[] {
  const changes = new Map(config.modelChanges.map(({ id }) => [id, new Set<string | null>()]));
  for (const { item } of urgent) changes.set(item, new Set());
  for (const { item, step } of [...urgent, ...modelPieces(config)]) changes.get(item)?.add(step);
  const upgrades = new Set([
    ...config.upgrades.map(({ store, to }) => `${store}-${to}`),
    ...hops.map((result) => (result.kind === 'hop' ? result.hop.item : result.item)),
  ]);
  const isKnown = ({ item, step, state }: Decision) => {
    const phases = changes.get(item);
    if (phases !== undefined) return phases.has(step) || (step === null && state === 'rejected');
    // A rejection without a step speaks of the whole upgrade.
    return upgrades.has(item) && (step === null ? state === 'rejected' : STEPS.includes(step));
  };
  // Work that is done leaves the plan when what runs says so.
  const isOver = ({ item, state }: Decision) => state === 'done' && !changes.has(item) && !upgrades.has(item);
  const gone = decisions.filter((decision) => !isKnown(decision) && !isOver(decision));
  const names = [...new Set(gone.map(({ item, step }) => (step === null ? item : `${item}/${step}`)))].sort();
  if (names.length === 0) return [];
  return [
    `neap.plan.yaml decides on ${names.join(', ')}, which is no work of the configuration (an upgrade needs a step: ${STEPS.join(', ')})`,
  ];
}

function staleNotice(stale: readonly Lane[], staleAfter: number): string {
  const names = stale.map((lane) => `${lane.product.name} (${lane.history.observedThrough ?? 'never read'})`);
  return `Stale: ${names.join(', ')}; older than ${staleAfter} days. Run: neap sync`;
}
