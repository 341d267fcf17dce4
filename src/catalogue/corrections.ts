import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';

/** data/corrections.json, as far as it speaks of one product, in the shape of the whole file. */
export function correctionsOf(
  dataDir: string,
  product: ProductId,
): { readonly readOn: Day; readonly corrections: readonly object[] } {
  const path = join(dataDir, 'corrections.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    readOn: Day;
    corrections: readonly { product: string }[];
  };
  return { ...file, corrections: file.corrections.filter((row) => row.product === product) };
}
