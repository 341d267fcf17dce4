// Run as a process of its own by ingest.ts: reads a file feed into a new database and says the most memory it took, in kB.

import { readFileSync } from 'node:fs';
import { sync } from '../../src/app/sync.ts';
import { day } from '../../src/domain/day.ts';
import { fileFeed } from '../../src/feeds/file/feed.ts';
import { createHttp } from '../../src/feeds/http/client.ts';
import { openStore } from '../../src/store/sqlite.ts';

const [path = '', baseDir = ''] = process.argv.slice(2);
const store = openStore(path);
const feeds = [{ type: 'file', path: 'big.json' }];
const product = {
  id: 'big',
  name: 'big',
  kind: 'client',
  vendor: '',
  versioning: 'semver',
  effective: ['declared'],
  feeds,
  npm: null,
} as const;
const {
  feeds: [result],
} = await sync({
  store,
  feeds: [fileFeed],
  products: [product],
  today: day('2026-11-23'),
  baseDir,
  signal: new AbortController().signal,
  http: createHttp(),
  env: {},
});
store.close();
console.log(JSON.stringify({ added: result?.saved?.added, kB: mostMemory() }));

/** Of this process alone: what the system counts for it begins with its parent's memory, which was there when it was forked. */
function mostMemory(): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}
