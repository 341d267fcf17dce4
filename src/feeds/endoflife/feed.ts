import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../feed.ts';
import { httpAddress, shown } from '../http/address.ts';
import { getNamed } from '../http/named.ts';
import { jsonOf } from '../http/text.ts';
import { readProduct } from './payload.ts';

const SITE = 'https://endoflife.date';
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,79}$/;

/** Lifecycles of lines, as endoflife.date tells them. See README.md. */
export const endoflifeFeed: Feed = {
  type: 'endoflife',
  network: true,
  async read({ product, ref, today, signal, http }) {
    const name = ref.name ?? product.id;
    if (!NAME.test(name)) {
      throw new Problem(`"${cleanText(name, 60)}" is not the name of a product at endoflife.date`, {
        hint: CHECK_NAME,
      });
    }
    const site = httpAddress(ref.url ?? SITE, `the endoflife feed of ${product.id}`);
    const url = new URL(site);
    url.pathname = `${site.pathname.replace(/\/+$/, '')}/api/v1/products/${name}`;
    const address = shown(url);
    const place = shown(site).replace(/\/+$/, '');
    const source = {
      // The same source as the bundled history: what it said before and what it says now are one story.
      id: place === SITE ? 'endoflife-date' : `endoflife-date:${place.replace(/^https?:\/\//, '')}`,
      name: 'endoflife.date',
      origin: `${place}/${name}`,
      licence: 'MIT',
    };
    const body = await getNamed(http, url, CHECK_NAME, { signal, accept: 'application/json' });
    return readProduct(jsonOf(body), { address, name, product, source, today });
  },
};

const CHECK_NAME = 'Check `name` of the feed: the last word of the product’s address at endoflife.date.';
