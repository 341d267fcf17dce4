import type { Feed } from '../feed.ts';
import { httpAddress, shown } from '../http/address.ts';
import { jsonOf } from '../http/text.ts';
import { readVersions } from './payload.ts';

const FULL = 'https://downloads.mongodb.org/full.json';

/** MongoDB's own list of downloads. See README.md. */
export const mongodbFeed: Feed = {
  type: 'mongodb-feed',
  network: true,
  async read({ product, ref, today, signal, http }) {
    const url = httpAddress(ref.url ?? FULL, `the mongodb-feed of ${product.id}`);
    const body = await http.get(url.href, { signal, accept: 'application/json' });
    const address = shown(url);
    const source = {
      id: address === FULL ? 'mongodb-feed' : `mongodb-feed:${address.replace(/^https?:\/\//, '')}`,
      name: 'MongoDB download feed',
      origin: address,
      licence: null,
    };
    // current.json lists only the newest version of each line.
    const complete = ref.complete ?? !url.pathname.endsWith('/current.json');
    return readVersions(jsonOf(body), { address, product, source, complete, today });
  },
};
