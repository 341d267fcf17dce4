import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../feed.ts';
import { httpAddress } from '../http/address.ts';
import { textOf } from '../http/text.ts';
import { parseNews } from './parse.ts';
import { readNews } from './payload.ts';

const ACCEPT = 'application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.8';

/** A vendor's Atom, RSS 2.0 or RDF feed of releases. See README.md. */
export const atomFeed: Feed = {
  type: 'atom',
  network: true,
  async read({ product, ref, today, signal, http }) {
    if (ref.url === undefined) {
      throw new Problem(`an atom feed of ${product.id} has no \`url\``, {
        hint: 'Write {type: atom, url: "https://github.com/OWNER/NAME/releases.atom"}.',
      });
    }
    const address = httpAddress(ref.url, `the atom feed of ${product.id}`);
    const body = await http.get(address.href, { signal, accept: ACCEPT });
    const news = await parseNews(textOf(body), body.address);
    return readNews(news, { address, product, tags: ref.tags, complete: ref.complete ?? false, today });
  },
};
