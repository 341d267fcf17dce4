import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../domain/day.ts';
import type { Product, ProductId } from '../domain/product.ts';

/** The products neap ships with. */
export interface Catalogue {
  /** The bundle's day: what the bundled example team is shown as of. */
  readonly asOf: Day;
  readonly products: readonly Product[];
}

/** Reads data/products.json; `npm run data:build` and the tests have checked it. */
export function loadCatalogue(dataDir: string): Catalogue {
  return JSON.parse(readFileSync(join(dataDir, 'products.json'), 'utf8')) as Catalogue;
}

/**
 * Short names of the bundled histories' contents by product, each the same exactly when its facts are: so that a store takes each in once.
 * Products without a history are not in it.
 */
export function bundleIds(dataDir: string): Readonly<Record<ProductId, string>> {
  const file = JSON.parse(readFileSync(join(dataDir, 'bundle.json'), 'utf8')) as {
    histories: Record<ProductId, string>;
  };
  return file.histories;
}
