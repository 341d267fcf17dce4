import { type Day, daysBetween } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import { compareText } from '../../domain/order.ts';
import type { Hold, StoreId } from '../../domain/plan.ts';
import { collisionProbability, type ExposedProduct, knownCollision } from '../../policy/collision.ts';
import { shortestHold, withHold } from '../../policy/hold.ts';
import type { Candidate, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import { exactRange } from '../../policy/series.ts';
import { costOf } from './risk-cost.ts';
import type { Option } from './starts.ts';

/** Products that count for each store, some of them held. */
export type Exposed = RuleFacts['exposed'];

/** Holds that let a window be, and what counts while they are kept. */
export interface Served {
  readonly holds: readonly Hold[];
  readonly exposed: Exposed;
  /** Collision probability of the window then. */
  readonly risk: number;
}

/** Most products of one store held for one window: each costs the team a promise to keep. */
const MOST = 3;

/**
 * The fewest holds of the store's packages that bring a window within the tolerance: tried by how much they buy, one more at a time.
 * `null` when no hold helps, or the days to hold have gone by.
 */
export function serve(store: StoreId, window: Interval, exposed: Exposed, facts: RuleFacts): Served | null {
  const days = shortestHold(window, facts.margins, facts.asOf);
  if (days === null) return null;
  let products = exposed.get(store) ?? [];
  const holds: Hold[] = [];
  const fits = () => {
    const risk = collisionProbability(products, window, facts.margins);
    return knownCollision(products, window, facts.margins) === null && risk <= facts.config.policy.tolerance
      ? risk
      : null;
  };
  for (;;) {
    const risk = fits();
    if (risk !== null) return { holds, exposed: new Map([...exposed, [store, products]]), risk };
    if (holds.length === MOST) return null;
    const best = bestHold(products, holds, days, window, facts);
    if (best === null) return null;
    products = products.map((one) => (one.product === best.hold.product ? best.held : one));
    holds.push(best.hold);
  }
}

/** The hold that leaves the least risk; `null` when none lowers it. */
function bestHold(
  products: readonly ExposedProduct[],
  taken: readonly Hold[],
  days: Interval,
  window: Interval,
  { margins, config }: RuleFacts,
): { readonly hold: Hold; readonly held: ExposedProduct } | null {
  const plain = harm(products, window, margins);
  const tried = products.flatMap((product) => {
    const item = config.stack.find((one) => one.id === product.product || one.product === product.product);
    const range = item?.running == null ? null : exactRange(item.running, product.versioning);
    if (product.exposure.watch !== 'reach' || product.exposure.closed || range === null) return [];
    if (taken.some((hold) => hold.product === product.product)) return [];
    const hold: Hold = { product: product.product, range, ...days };
    const held = withHold(product, hold);
    const others = products.map((one) => (one === product ? held : one));
    return [{ hold, held, left: harm(others, window, margins) }];
  });
  const [best] = tried.sort((a, b) => a.left - b.left || compareText(a.hold.product, b.hold.product));
  return best !== undefined && best.left < plain ? best : null;
}

/** A known collision weighs more than any chance. */
function harm(products: readonly ExposedProduct[], window: Interval, margins: RuleFacts['margins']): number {
  return (knownCollision(products, window, margins) === null ? 0 : 1) + collisionProbability(products, window, margins);
}

/** Days of holds, each day of each product once. */
export function holdDays(holds: readonly Hold[]): number {
  const days = new Set<string>();
  for (const { product, from, until } of holds) {
    for (let day = 0; day < daysBetween(from, until); day++)
      days.add(`${product} ${daysBetween('1970-01-01' as Day, from) + day}`);
  }
  return days.size;
}

/** Whether model windows that have their place still keep to the patch-only rule when these products count. */
function allKeepCalm(placed: readonly Candidate[], store: StoreId, exposed: Exposed, facts: RuleFacts): boolean {
  const products = exposed.get(store) ?? [];
  return placed
    .filter(({ piece }) => piece.kind === 'model' && piece.store === store)
    .every(
      ({ window }) =>
        knownCollision(products, window, facts.margins) === null &&
        collisionProbability(products, window, facts.margins) <= facts.config.policy.tolerance,
    );
}

/** `keep mongoose at 8.19.x from 2026-11-20 to 2026-12-12`, for the window that needs it. */
export function sayHold({ product, range, from, until }: Hold, lastDay: (interval: Interval) => Day): string {
  return `keep ${product} at ${range} from ${from} to ${lastDay({ from, until })}, and take what came meanwhile in on that day`;
}

/** Options of a piece looked at when holds are tried: the first ones that nothing but the vendor's releases speaks against. */
const LOOKED_AT = 30;

/** A place for a piece that holds make possible. */
export interface HeldPlace extends Served {
  readonly option: Option;
}

/**
 * The place for a piece that takes the fewest hold days, then the least risk, then the earliest; `null` when holds do not help. Windows that
 * have their place already must stay calm, also on the day on which what was held back is taken in.
 */
export function placeWithHolds(
  options: readonly Option[],
  placed: readonly Candidate[],
  exposed: Exposed,
  facts: RuleFacts,
): HeldPlace | null {
  const step = facts.config.policy.riskStep;
  let best: HeldPlace | null = null;
  let looked = 0;
  for (const option of options) {
    if (option.refused.some(({ rule }) => rule !== 'patch-only') || refusals(option, facts, 'others').length > 0)
      continue;
    if (++looked > LOOKED_AT) break;
    const served = serve(option.piece.store, option.window, exposed, facts);
    if (served === null || !allKeepCalm(placed, option.piece.store, served.exposed, facts)) continue;
    const better =
      best === null ||
      holdDays(served.holds) < holdDays(best.holds) ||
      (holdDays(served.holds) === holdDays(best.holds) && costOf(served.risk, step) < costOf(best.risk, step));
    if (better) best = { ...served, option };
  }
  return best;
}
