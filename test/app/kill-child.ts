// Run as a process of its own by kill.test.ts: a sync of file feeds that says on stdout when a write begins and when it is over.
import { writeSync } from 'node:fs';
import { sync } from '../../src/app/sync.ts';
import { day } from '../../src/domain/day.ts';
import type { Product } from '../../src/domain/product.ts';
import { fileFeed } from '../../src/feeds/file/feed.ts';
import { createHttp } from '../../src/feeds/http/client.ts';
import { openStore } from '../../src/store/sqlite.ts';

const [path = '', folder = '', today = '', ...ids] = process.argv.slice(2);
const store = openStore(path);
const products = ids.map((id): Product => {
  const feeds = [{ type: 'file', path: `${id}.json` }];
  return { id, name: id, kind: 'client', vendor: '', versioning: 'semver', effective: ['declared'], feeds, npm: null };
});
await sync({
  store: {
    ...store,
    save(reading) {
      writeSync(1, '(');
      const saved = store.save(reading);
      writeSync(1, ')');
      return saved;
    },
  },
  feeds: [fileFeed],
  products,
  today: day(today),
  baseDir: folder,
  signal: new AbortController().signal,
  http: createHttp(),
  env: {},
});
store.close();
