import { day } from '../../src/domain/day.ts';
import type { FeedRef, Product, SchemeId } from '../../src/domain/product.ts';
import type { FeedRequest } from '../../src/feeds/feed.ts';

export const TODAY = day('2026-11-22');

export function product(id: string, feeds: readonly FeedRef[], versioning: SchemeId = 'semver'): Product {
  return { id, name: id, kind: 'client', vendor: 'Test', versioning, effective: ['tag', 'registry'], feeds, npm: null };
}

/** A request for the first feed of a product. */
export function request(of: Product, baseDir: string, signal = new AbortController().signal): FeedRequest {
  const ref = of.feeds[0];
  if (ref === undefined) throw new RangeError('the product has no feed');
  return { product: of, ref, baseDir, today: TODAY, signal };
}
