// Run as a process of its own by ingest.ts: reads a file feed into a new database and says the most memory it took, in kB.

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
console.log(JSON.stringify({ added: result?.saved?.added, kB: process.resourceUsage().maxRSS }));
