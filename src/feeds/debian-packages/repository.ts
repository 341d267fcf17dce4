import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { FeedRef } from '../../domain/product.ts';
import { httpAddress } from '../http/address.ts';
import type { Body, Http } from '../http/http.ts';
import type { Index } from './payload.ts';

export interface Repository {
  /** Addresses of the index, most packed first, without compression last. */
  readonly addresses: readonly string[];
  /** As shown in messages. */
  readonly name: string;
  readonly index: Index;
}

/** Names with slashes between them: `jammy/mongodb-org/8.0`. No `..`, nothing that ends a path. */
const PATH = /^[0-9A-Za-z][0-9A-Za-z.+_~-]*(?:\/[0-9A-Za-z][0-9A-Za-z.+_~-]*)*$/;

/** @throws Problem when `url`, `suite`, `component` and `arch` name no repository. */
export function repositoryOf({ url = '', suite, component, arch }: FeedRef, product: string): Repository {
  const base = httpAddress(url, `the debian-packages feed of ${product}`);
  if (suite?.endsWith('/') === true || (suite !== undefined && component === undefined && arch === undefined)) {
    throw new Problem(`the debian-packages feed of ${product} names a flat repository, which neap does not read`, {
      hint: 'Give `suite`, `component` and `arch`; for a flat one, download its Packages file and give `path`.',
    });
  }
  for (const [key, value] of Object.entries({ suite, component, arch })) {
    if (value !== undefined && PATH.test(value)) continue;
    const what = value === undefined ? 'has no' : `has "${cleanText(value, 60)}" as`;
    throw new Problem(`the debian-packages feed of ${product} ${what} \`${key}\``, {
      hint: 'As in sources.list: deb URL SUITE COMPONENT; `arch` is amd64, arm64 …',
    });
  }
  const path = `${base.host}${base.pathname.replace(/\/+$/, '')}`;
  const root = `${base.protocol}//${path}`;
  const folder = `${root}/dists/${suite}/${component}/binary-${arch}`;
  const name = `${path} ${suite}/${component}/${arch}`;
  return {
    addresses: ['.xz', '.gz', ''].map((packing) => `${folder}/Packages${packing}${base.search}`),
    name: `${root} ${suite} ${component} ${arch}`,
    index: {
      source: { id: `apt:${name}`, name: `apt repository ${name}`, origin: folder, licence: null },
      label: suite ?? '',
      arch: arch ?? null,
    },
  };
}

/**
 * Fetches the first index there is.
 * @throws Problem when there is none, or it cannot be read.
 */
export async function fetchIndex({ addresses, name }: Repository, http: Http, signal: AbortSignal): Promise<Body> {
  let forbidden: Problem | null = null;
  for (const address of addresses) {
    try {
      return await http.get(address, { signal });
    } catch (error) {
      // Stores such as S3 say 403 of what they do not have.
      if (!(error instanceof Problem) || !/ \((?:403|404|410)\)$/.test(error.message)) throw error;
      if (error.message.endsWith('(403)')) forbidden = error;
    }
  }
  throw (
    forbidden ??
    new Problem(`${name} has no Packages index`, { hint: 'Check `url`, `suite`, `component` and `arch` of the feed.' })
  );
}
