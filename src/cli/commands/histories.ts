import { Problem } from '../../domain/problem.ts';
import type { Product } from '../../domain/product.ts';
import type { History } from '../../domain/release.ts';
import { buildHistory } from '../../ledger/history.ts';
import { type Session, takeIn } from '../session.ts';

/** The history of one product, or of each product of the stack where none is named. @throws Problem for a product nobody knows. */
export function historiesOf(
  { products, config, store, asOf }: Session,
  id: string | undefined,
): readonly { readonly product: Product; readonly history: History }[] {
  const ids = id === undefined ? [...new Set(config.stack.map((item) => item.product))] : [id];
  return ids.map((one) => {
    const product = products.get(one);
    if (product === undefined) {
      throw new Problem(`there is no product "${one}"`, { hint: `Known: ${[...products.keys()].join(', ')}` });
    }
    takeIn(store, [product]);
    return { product, history: buildHistory(product, store.ledger(one, asOf)) };
  });
}
