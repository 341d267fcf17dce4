import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../feed.ts';
import { httpAddress, shown } from '../http/address.ts';
import { textOf } from '../http/text.ts';
import { readNotes } from './payload.ts';

const REPOSITORY = 'https://raw.githubusercontent.com/redis/redis';
const IN_REPOSITORY = /^https:\/\/raw\.githubusercontent\.com\/redis\/redis\/.+\/00-RELEASENOTES$/;

/** The release notes of one branch of Redis. See README.md. */
export const redisNotesFeed: Feed = {
  type: 'redis-notes',
  network: true,
  async read({ product, ref, today, signal, http }) {
    if (ref.url === undefined) {
      throw new Problem(`a redis-notes feed of ${product.id} has no \`url\``, {
        hint: `Write {type: redis-notes, url: ${REPOSITORY}/8.0/00-RELEASENOTES}, one for each branch.`,
      });
    }
    const url = httpAddress(ref.url, `a redis-notes feed of ${product.id}`);
    const address = shown(url);
    // The branches are parts of one source, the same as the bundled one. Other places may word or date a release differently.
    const own = IN_REPOSITORY.test(address);
    const source = {
      id: own ? 'redis-release-notes' : `redis-release-notes:${address.replace(/^https?:\/\//, '')}`,
      name: 'Redis release notes',
      origin: own ? REPOSITORY : address,
      licence: 'facts',
    };
    const body = await http.get(url.href, { signal, accept: 'text/plain' });
    return readNotes(textOf(body), { address, product, source, today });
  },
};
