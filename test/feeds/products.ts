import { day } from '../../src/domain/day.ts';
import type { FeedRef, Product, SchemeId } from '../../src/domain/product.ts';
import type { FeedRequest } from '../../src/feeds/feed.ts';
import { createHttp } from '../../src/feeds/http/client.ts';
import type { Http } from '../../src/feeds/http/http.ts';
import type { KeptBodies } from '../../src/feeds/http/kept-bodies.ts';
import type { FeedLimits } from '../../src/feeds/http/limits.ts';

export const TODAY = day('2026-11-22');

export function product(id: string, feeds: readonly FeedRef[], versioning: SchemeId = 'semver'): Product {
  return { id, name: id, kind: 'client', vendor: 'Test', versioning, effective: ['tag', 'registry'], feeds, npm: null };
}

/** A request for the first feed of a product. */
export function request(of: Product, baseDir: string, more: Partial<FeedRequest> = {}): FeedRequest {
  const ref = of.feeds[0];
  if (ref === undefined) throw new RangeError('the product has no feed');
  const { signal } = new AbortController();
  return { product: of, ref, baseDir, today: TODAY, signal, http: testHttp(), env: {}, ...more };
}

/** The real client without waiting between tries, with short limits. */
export function testHttp(limits: Partial<FeedLimits> = {}, bodies?: KeptBodies): Http {
  const kept = bodies === undefined ? {} : { bodies };
  return createHttp({ limits: { ms: 5000, retries: 2, ...limits }, wait: async () => undefined, ...kept });
}
