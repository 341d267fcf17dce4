import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../feed.ts';
import { httpAddress, shown } from '../http/address.ts';
import { getNamed } from '../http/named.ts';
import { jsonOf } from '../http/text.ts';
import { normalised, readPackage } from './payload.ts';

const PYPI = 'https://pypi.org';
/** PEP 508; anything else is a mistake or an attack on the address. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/;

/** A package at PyPI or another index with its JSON API. See README.md. */
export const pypiFeed: Feed = {
  type: 'pypi',
  network: true,
  async read({ product, ref, today, signal, http }) {
    if (ref.package === undefined) {
      throw new Problem(`a pypi feed of ${product.id} has no \`package\``, {
        hint: 'Write {type: pypi, package: NAME}.',
      });
    }
    if (!NAME.test(ref.package)) {
      throw new Problem(`"${cleanText(ref.package, 60)}" is not the name of a Python package`, { hint: CHECK_NAME });
    }
    const name = normalised(ref.package);
    const index = httpAddress(ref.url ?? PYPI, `the pypi feed of ${product.id}`);
    const url = new URL(index);
    url.pathname = `${index.pathname.replace(/\/+$/, '')}/pypi/${name}/json`;
    const address = shown(url);
    const place = shown(index).replace(/\/+$/, '');
    const host = place.replace(/^https?:\/\//, '');
    const source = {
      id: place === PYPI ? 'pypi' : `pypi:${host}`,
      name: place === PYPI ? 'PyPI' : `Python package index ${host}`,
      origin: address,
      licence: null,
    };
    const body = await getNamed(http, url, CHECK_NAME, { signal, accept: 'application/json' });
    return readPackage(jsonOf(body), { address, name, product, source, today });
  },
};

const CHECK_NAME = 'Mend `package` of the feed.';
