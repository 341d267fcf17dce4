import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../catalogue/data-dir.ts';
import type { Terminal } from './terminal.ts';

/** What is read from data/ at each start. It belongs to the build, but in a repository it may change after it. */
const DATA_FILES = ['products.json', 'bundle.json', 'corrections.json'];

/** What every kept answer depends on: the program, its data, and what JavaScript itself looks at, for days and the order of words. */
export function programWords({ build, env }: Terminal): readonly string[] | null {
  if (build === null) return null;
  const data = dataDir();
  const stamps = DATA_FILES.map((name) => {
    const { size, mtimeMs, ino } = statSync(join(data, name));
    return `${size} ${mtimeMs} ${ino}`;
  });
  return [build, ...stamps, ...['TZ', 'LC_ALL', 'LC_COLLATE', 'LANG'].map((name) => env[name] ?? '')];
}
