import { didYouMean } from '../config/suggest.ts';
import type { StoreId } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';

/** The store that is meant; all of them when none is named. @throws Problem when the stack has none of that name. */
export function storesFor(wanted: StoreId | null, stores: readonly StoreId[]): readonly StoreId[] {
  if (wanted === null) return stores;
  if (stores.includes(wanted)) return [wanted];
  throw new Problem(`the stack has no store "${wanted}"${didYouMean(wanted, stores)}`, {
    hint: `Stores: ${stores.join(', ')}`,
  });
}
