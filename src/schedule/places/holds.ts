import { daysBetween } from '../../domain/day.ts';
import { type Interval, lastDay, overlaps } from '../../domain/interval.ts';
import { compareText } from '../../domain/order.ts';
import type { Hold, StoreId } from '../../domain/plan.ts';
import { collisionProbability, type ExposedProduct, knownCollision } from '../../policy/collision.ts';
import { holdFor, shortestHold, withHold } from '../../policy/hold.ts';
import type { Placed, RuleFacts } from '../../policy/rule.ts';
import { isRefused } from '../../policy/rules.ts';
import { exactRange } from '../../policy/series.ts';
import { placeCost } from './cost.ts';
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
  for (;;) {
    if (isCalm(products, window, facts)) {
      const risk = collisionProbability(products, window, facts.margins);
      return { holds, exposed: new Map([...exposed, [store, products]]), risk };
    }
    if (holds.length === MOST) return null;
    const best = bestHold(products, holds, days, window, facts);
    if (best === null) return null;
    products = best.products;
    holds.push(best.hold);
  }
}

/** Whether the window keeps to the patch-only rule when these products count. */
function isCalm(products: readonly ExposedProduct[], window: Interval, { margins, config }: RuleFacts): boolean {
  return (
    knownCollision(products, window, margins) === null &&
    collisionProbability(products, window, margins) <= config.policy.tolerance
  );
}

/** The hold that leaves the least risk; `null` when none lowers it. */
function bestHold(
  products: readonly ExposedProduct[],
  taken: readonly Hold[],
  days: Interval,
  window: Interval,
  facts: RuleFacts,
): { readonly hold: Hold; readonly products: readonly ExposedProduct[] } | null {
  const plain = harm(products, window, facts.margins);
  const tried = [...new Set(products.map(({ product }) => product))].flatMap((product) => {
    const hold = holdOf(product, products, days, facts);
    if (hold === null || taken.some((one) => one.product === product)) return [];
    const held = heldBy(products, hold);
    return [{ hold, products: held, left: harm(held, window, facts.margins) }];
  });
  const [best] = tried.sort((a, b) => a.left - b.left || compareText(a.hold.product, b.hold.product));
  return best !== undefined && best.left < plain ? best : null;
}

/** The product kept on the line that runs for these days; `null` where that is not known, or changes nothing. */
function holdOf(
  product: ExposedProduct['product'],
  products: readonly ExposedProduct[],
  days: Interval,
  { config }: RuleFacts,
): Hold | null {
  const one = products.find((other) => other.product === product && isHoldable(other));
  const item = config.stack.find((other) => other.id === product || other.product === product);
  const range = one === undefined || item?.running == null ? null : exactRange(item.running, one.versioning);
  return range === null ? null : { product, range, from: days.from, until: days.until };
}

/** Whether what reaches the team of it can be kept back. */
export function isHoldable({ exposure }: ExposedProduct): boolean {
  return exposure.watch === 'reach' && !exposure.closed;
}

function heldBy(products: readonly ExposedProduct[], hold: Hold): readonly ExposedProduct[] {
  return products.map((one) => (one.product === hold.product && isHoldable(one) ? withHold(one, hold) : one));
}

/** What counts for each store while all these holds are kept. */
export function withHolds(exposed: Exposed, holds: readonly Hold[]): Exposed {
  if (holds.length === 0) return exposed;
  return new Map([...exposed].map(([store, products]) => [store, holds.reduce(heldBy, products)]));
}

/** A known collision weighs more than any chance. */
function harm(products: readonly ExposedProduct[], window: Interval, margins: RuleFacts['margins']): number {
  return (knownCollision(products, window, margins) === null ? 0 : 1) + collisionProbability(products, window, margins);
}

/**
 * Holds of one package that share a day are one hold, for what the first would take in on its last day the second keeps back. By product,
 * then first day.
 */
export function merged(holds: readonly Hold[]): readonly Hold[] {
  const result: Hold[] = [];
  const ordered = holds.toSorted(
    (a, b) => compareText(a.product, b.product) || compareText(a.range, b.range) || compareText(a.from, b.from),
  );
  for (const hold of ordered) {
    const last = result.at(-1);
    const joins = last !== undefined && last.product === hold.product && last.range === hold.range;
    if (joins && hold.from < last.until) {
      result[result.length - 1] = { ...last, until: hold.until > last.until ? hold.until : last.until };
    } else result.push(hold);
  }
  return result;
}

/** Days of holds that do not share any: see `merged`. */
export function holdDays(holds: readonly Hold[]): number {
  return merged(holds).reduce((sum, { from, until }) => sum + daysBetween(from, until), 0);
}

/** `keep mongoose at 8.19.x from 2026-11-20 to 2026-12-12`, for the window that needs it. */
export function sayHold({ product, range, from, until }: Hold): string {
  return `keep ${product} at ${range} from ${from} to ${lastDay({ from, until })}, and take what came meanwhile in on that day`;
}

/**
 * The holds without which a window is not calm, whichever work they were found for: none where it is calm anyway; each that it cannot do
 * without; all that cover its days where it could do without any one of them.
 * @param free what counts without any hold.
 */
export function holdsNeeded(
  store: StoreId,
  window: Interval,
  holds: readonly Hold[],
  free: Exposed,
  facts: RuleFacts,
): readonly Hold[] {
  const products = free.get(store) ?? [];
  if (isCalm(products, window, facts)) return [];
  const cover = holdFor(window, facts.margins);
  const own = holds.filter((hold) => overlaps(hold, cover) && products.some(({ product }) => product === hold.product));
  const without = (hold: Hold) => own.filter((other) => other !== hold).reduce(heldBy, products);
  const needed = own.filter((hold) => !isCalm(without(hold), window, facts));
  return needed.length > 0 ? needed : own;
}

/** Options of a piece looked at when holds are tried: the first ones that nothing but the vendor's releases speaks against. */
const LOOKED_AT = 30;

/** A place for a piece that holds make possible. */
export interface HeldPlace extends Served {
  readonly option: Option;
}

/**
 * The place for a piece that adds the fewest hold days, then costs least, then is the earliest; `null` when holds do not help. Model windows
 * that have their place must stay calm, decided ones too, also on the day on which what was held back is taken in.
 * @param holds those in force already: days that they cover cost nothing more.
 */
export function placeWithHolds(
  options: readonly Option[],
  holds: readonly Hold[],
  exposed: Exposed,
  facts: RuleFacts,
): HeldPlace | null {
  let best: { readonly place: HeldPlace; readonly days: number; readonly cost: number } | null = null;
  let looked = 0;
  for (const option of options) {
    if (option.refused.some(({ rule }) => rule !== 'patch-only') || isRefused(option, facts, 'others')) continue;
    if (++looked > LOOKED_AT) break;
    const served = serve(option.piece.store, option.window, exposed, facts);
    if (served === null || !stayCalm(facts.placed, option.piece.store, exposed, served.exposed, facts)) continue;
    const days = holdDays([...holds, ...served.holds]);
    const cost = placeCost(option.piece, option.window, served.risk, facts);
    const better = best === null || days < best.days || (days === best.days && cost < best.cost);
    if (better) best = { place: { ...served, option }, days, cost };
  }
  return best?.place ?? null;
}

/** Whether model windows that were calm before are so still. */
function stayCalm(
  placed: readonly Placed[],
  store: StoreId,
  before: Exposed,
  after: Exposed,
  facts: RuleFacts,
): boolean {
  const [old, now] = [before.get(store) ?? [], after.get(store) ?? []];
  return placed
    .filter(({ piece, window }) => piece.kind === 'model' && piece.store === store && window.until > facts.asOf)
    .every(({ window }) => isCalm(now, window, facts) || !isCalm(old, window, facts));
}
