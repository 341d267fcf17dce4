import type { Day } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import type { Reading } from '../domain/reading.ts';
import type { Saved, Store } from '../store/store.ts';

/** A reading that neap ships with, as it was made from its original source. */
export interface BundledReading {
  readonly product: ProductId;
  readonly feed: string;
  readonly readOn: Day;
  readonly reading: Reading;
}

/**
 * Takes bundled readings in, all or none, marked `via: bundle`. A newer bundle over an older database adds what changed and keeps the rest.
 * @param bundleId remembered with them, so that `store.hasBundle` can spare the next start the work; null to remember nothing.
 * @returns what each reading changed, in their order.
 */
export function ingestBundle(
  store: Store,
  readings: readonly BundledReading[],
  bundleId: string | null = null,
): readonly Saved[] {
  return store.transaction(() => {
    const saved = readings.map(({ product, feed, readOn, reading }) =>
      store.save({ product, feed, via: 'bundle', readOn, reading }),
    );
    if (bundleId !== null) store.markBundle(bundleId);
    return saved;
  });
}
