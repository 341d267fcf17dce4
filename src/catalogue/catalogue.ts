import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';

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

/** A short name of the bundle's content, the same exactly when the facts are: so that a store takes each bundle in once. */
export function bundleId(dataDir: string): string {
  return (JSON.parse(readFileSync(join(dataDir, 'bundle.json'), 'utf8')) as { id: string }).id;
}
