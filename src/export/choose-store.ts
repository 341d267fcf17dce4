import type { Config } from '../domain/config.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { StoreId } from '../domain/plan.ts';
import { storeOfUpgrade } from '../domain/work-id.ts';

/** The store a product belongs to, an engine to its own; `null`: to none, as a runtime. */
export function storeOf({ product, store }: Lane, { stack }: Config): StoreId | null {
  if (store !== null || product.kind !== 'engine') return store;
  return stack.find((item) => item.product === product.id && item.store === null)?.id ?? null;
}

/** The store of a model change or an upgrade; `null`: neither neap.yaml nor the name of the work tells. */
export function storeOfItem(item: string, { modelChanges, stack }: Config): StoreId | null {
  const change = modelChanges.find(({ id }) => id === item);
  if (change !== undefined) return change.store;
  const store = storeOfUpgrade(item);
  return stack.some((one) => one.id === store && one.store === null) ? store : null;
}

/** The overview with only what belongs to that store, and what counts for all, such as freezes. */
export function onlyStore(overview: Overview, store: StoreId): Overview {
  const { plan, config } = overview;
  const lanes = overview.lanes.filter((lane) => storeOf(lane, config) === store);
  const windows = plan.windows.filter((window) => window.store === store);
  const kept = new Set(windows.map(({ id }) => id));
  const products = new Set(lanes.map(({ product }) => product.id));
  return {
    ...overview,
    lanes,
    plan: {
      ...plan,
      windows,
      waits: plan.waits.filter(({ after }) => kept.has(after)),
      holds: plan.holds.filter(({ product }) => products.has(product)),
      unplaced: plan.unplaced.filter((one) => one.store === store),
      // Work whose store nobody can tell is shown for each.
      later: plan.later.filter(({ item }) => [store, null].includes(storeOfItem(item, config))),
      noWay: plan.noWay.filter((one) => one.store === store),
      carried: plan.carried.filter((one) => one.store === store),
      disruptions: plan.disruptions.filter((one) => one.store === store),
    },
  };
}
