import type { ProductId } from '../domain/product.ts';
import type { Method } from './method.ts';
import { poolFor } from './pool/pool.ts';

/** The method neap forecasts a product with; README.md says what it was chosen over. */
export function bestFor(product: ProductId): Method {
  return poolFor(product);
}

/** The same for a product nobody has fitted anything on. */
export const best: Method = poolFor('');
