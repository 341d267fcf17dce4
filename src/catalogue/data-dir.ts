import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The data/ folder that ships with the program, found upward from this module: it runs from src/ and, bundled, from dist/. */
export function dataDir(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'data', 'products.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the data folder that ships with neap is missing');
    folder = parent;
  }
  return join(folder, 'data');
}
