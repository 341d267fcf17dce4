import type { Config } from '../domain/config.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { StoreId } from '../domain/plan.ts';

/** The store a product belongs to, an engine to its own; `null`: to none, as a runtime. */
export function storeOf({ product, store }: Lane, { stack }: Config): StoreId | null {
  if (store !== null || product.kind !== 'engine') return store;
  return stack.find((item) => item.product === product.id && item.store === null)?.id ?? null;
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
    },
  };
}
