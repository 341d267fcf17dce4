import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sync } from '../../src/app/sync.ts';
import { day } from '../../src/domain/day.ts';
import { createHttp } from '../../src/feeds/http/client.ts';
import { keptBodies } from '../../src/feeds/http/kept-bodies.ts';
import { mongodbFeed } from '../../src/feeds/mongodb-feed/feed.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { checkDatabase } from '../../src/store/upkeep.ts';

/** Syncs a feed twice from a server on this machine that answers by ETag: rows written beside the reading's own, and bytes of bodies. */
export async function measureNothingNew(folder: string): Promise<{ rows: number; sent: number; again: number }> {
  const versions = Array.from({ length: 700 }, (_, i) => ({ version: `8.${i % 10}.${i}`, date: '01/02/2024' }));
  const body = JSON.stringify({ versions });
  let sent = 0;
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] === '"1"') return response.writeHead(304).end();
    sent += body.length;
    return response.writeHead(200, { etag: '"1"' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/full.json`;
  const path = join(folder, 'nothing-new.db');
  const store = openStore(path);
  const feeds = [{ type: 'mongodb-feed', url }];
  const product = {
    id: 'm',
    name: 'm',
    kind: 'engine',
    vendor: '',
    versioning: 'mongodb',
    effective: ['build'],
    feeds,
    npm: null,
  } as const;
  const visit = (today: string) =>
    sync({
      store,
      feeds: [mongodbFeed],
      products: [product],
      today: day(today),
      baseDir: folder,
      signal: new AbortController().signal,
      http: createHttp({ bodies: keptBodies(join(folder, 'bodies')) }),
      env: {},
    });
  const count = () =>
    Object.entries(checkDatabase(path).rows).reduce((sum, [table, rows]) => sum + (table === 'reading' ? 0 : rows), 0);
  try {
    await visit('2026-11-22');
    const [before, first] = [count(), sent];
    await visit('2026-11-23');
    return { rows: count() - before, sent: first, again: sent - first };
  } finally {
    store.close();
    server.closeAllConnections();
    server.close();
  }
}
