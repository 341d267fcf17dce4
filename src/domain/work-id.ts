import type { StoreId } from './plan.ts';

// How work is named. A model change by its id; an upgrade by its store and the line it leads to; a window by its item, and its step where
// the item has several.

/** The item of an upgrade: `mongodb-8.0`. */
export function upgradeId({ store, to }: { readonly store: StoreId; readonly to: string }): string {
  return `${store}-${to}`;
}

/** The store of an upgrade's item, whatever line it leads to; empty text where it is none. */
export function storeOfUpgrade(item: string): StoreId {
  return item.slice(0, Math.max(0, item.lastIndexOf('-')));
}

/** The id of a window: `mongodb-8.0/binaries`, `order-currency`. */
export function windowId({ item, step }: { readonly item: string; readonly step: string | null }): string {
  return step === null ? item : `${item}/${step}`;
}

/** The item a window belongs to. */
export function itemOfWindow(window: string): string {
  const slash = window.lastIndexOf('/');
  return slash < 0 ? window : window.slice(0, slash);
}
