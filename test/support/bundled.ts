import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import { loadHistory } from '../../src/catalogue/histories.ts';
import type { Product } from '../../src/domain/product.ts';
import type { History } from '../../src/domain/release.ts';
import { buildHistory } from '../../src/ledger/history.ts';
import { openStore } from '../../src/store/sqlite.ts';
import type { Package } from '../../src/upgrade/packages.ts';

const catalogue = loadCatalogue(dataDir());
const histories = new Map<string, History>();

export function bundledProduct(id: string): Product {
  const found = catalogue.products.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

/** The bundled history: what a user has on the first day. */
export function bundledHistory(id: string): History {
  const held = histories.get(id);
  if (held !== undefined) return held;
  const store = openStore(':memory:');
  for (const { feed, readOn, reading } of loadHistory(dataDir(), id)) {
    store.save({ product: id, feed, via: 'bundle', readOn, reading });
  }
  const built = buildHistory(bundledProduct(id), store.ledger(id, null));
  store.close();
  histories.set(id, built);
  return built;
}

export function aPackage(id: string, running: string | null): Package {
  return { id, product: bundledProduct(id), running, history: bundledHistory(id) };
}
