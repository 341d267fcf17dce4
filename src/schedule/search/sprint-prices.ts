import type { Day } from '../../domain/day.ts';
import type { Option } from '../places/starts.ts';
import { floorOf } from './item.ts';
import type { Prices, Work } from './search.ts';

export interface Priced {
  /** Prices worth arranging the work by, from rough to fine. */
  readonly prices: readonly Prices[];
  /** Those that gave the bound. */
  readonly best: Prices;
  /** Sum of costs, in thousandths of a day, that no arrangement of all this work beats. */
  readonly bound: number;
}

const ROUNDS = 80;
/** Every so many rounds the prices are worth a try. */
const TRY_EVERY = 16;

/**
 * Prices for the days of sprints that too much work wants, by Lagrangian relaxation of their capacity (Fisher 1981): with a price on each
 * person-day every piece looks for its own cheapest sprint; where a sprint is asked for more than it has its price rises, else it falls. For
 * any prices the sum of the cheapest places, less what all capacity would earn, is a bound. Pure.
 *
 * @param capacity person-days left in a sprint; `null`: the team does not count them.
 * @param reached the sum of costs of a known arrangement.
 */
export function sprintPrices(
  work: readonly Work[],
  capacity: (sprint: number) => number | null,
  reached: number,
  asOf: Day,
): Priced {
  const pieces = work.flatMap((item) => {
    const open = item.pieces.map(({ options }) => cheapestBySprint(options, item, asOf));
    return item.later || open.some(({ size }) => size === 0)
      ? []
      : open.map((places, index) => ({ places: [...places], effort: item.pieces[index]?.piece.effort ?? 0 }));
  });
  const sprints = [...new Set(pieces.flatMap(({ places }) => places.map(([sprint]) => sprint)))];
  const limits = new Map(sprints.map((sprint) => [sprint, capacity(sprint)]));
  let price = new Map<number, number>();
  const tries: Prices[] = [];
  let best: Prices = price;
  let bound = 0;
  let pace = 2;
  let stalled = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const load = new Map<number, number>();
    let value = 0;
    for (const { places, effort } of pieces) {
      let [least, chosen] = [Number.POSITIVE_INFINITY, 0];
      for (const [sprint, own] of places) {
        const cost = own + (price.get(sprint) ?? 0) * effort;
        if (cost < least) [least, chosen] = [cost, sprint];
      }
      value += least;
      load.set(chosen, (load.get(chosen) ?? 0) + effort);
    }
    let length = 0;
    const slope = new Map<number, number>();
    for (const [sprint, limit] of limits) {
      if (limit === null) continue;
      value -= (price.get(sprint) ?? 0) * limit;
      const over = (load.get(sprint) ?? 0) - limit;
      slope.set(sprint, over);
      length += over * over;
    }
    if (value > bound + 1e-6) [bound, best, stalled] = [value, price, 0];
    else if (++stalled > 4) [pace, stalled] = [pace / 2, 0];
    if (length === 0) break;
    const step = (pace * Math.max(reached - value, reached / 1000, 1)) / length;
    price = new Map([...slope].map(([sprint, over]) => [sprint, Math.max(0, (price.get(sprint) ?? 0) + step * over)]));
    if ((round + 1) % TRY_EVERY === 0) tries.push(price);
  }
  // Costs are whole thousandths, and so is their sum.
  return { prices: tries, best, bound: Math.ceil(bound - 1e-6) };
}

/** The least cost of the piece in each sprint, of the places that the rules looking at it alone allow. */
function cheapestBySprint(options: readonly Option[], work: Work, asOf: Day): ReadonlyMap<number, number> {
  const least = new Map<number, number>();
  for (const option of options) {
    if (option.refused.length > 0) continue;
    const { number } = option.sprint;
    const cost = floorOf(option, work, asOf);
    if (cost < (least.get(number) ?? Number.POSITIVE_INFINITY)) least.set(number, cost);
  }
  return least;
}
