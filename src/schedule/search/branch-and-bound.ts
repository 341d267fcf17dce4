import type { Day } from '../../domain/day.ts';
import { compareText } from '../../domain/order.ts';
import type { RuleFacts } from '../../policy/rule.ts';
import { isRefused } from '../../policy/rules.ts';
import { phasesCost } from '../places/cost.ts';
import type { Option } from '../places/starts.ts';
import { movedBy } from './greedy.ts';
import { floorOf, leastAfter, leastAlone } from './item.ts';
import { compareObjectives, NOTHING, type Objective, sumOf, withUnplaced } from './objective.ts';
import type { Prices, Work } from './search.ts';

export interface Refined {
  /** The places of the items that have one. */
  readonly placed: readonly Option[];
  readonly unplaced: ReadonlySet<string>;
  readonly objective: Objective;
  /** Every other arrangement was ruled out: none is better. */
  readonly complete: boolean;
}

/** Places tried before the search gives up: some tenths of a second. Counted, not timed, so that the same input gives the same plan. */
const MOST_TRIED = 20_000;

/** More items than this are not searched over: what can be tried would not get past the last few of them. */
const MOST_ITEMS = 500;

/** What the work is arranged around. */
export interface Surroundings {
  /** With all that is placed already and not searched over. */
  readonly facts: RuleFacts;
  /** Prices of person-days that make a good bound; see `sprintPrices`. */
  readonly prices: Prices;
  /** Person-days left in a sprint beside what is placed; `null`: the team does not count them. */
  readonly room: (sprint: number) => number | null;
  /** Whether these places, all that have one, leave a change that has begun without an end; then they are no arrangement. */
  readonly isOpen: (placed: readonly Option[]) => boolean;
}

/**
 * The best arrangement of model changes around what is placed already, by depth-first search with a bound (Land and Doig 1960). Each level
 * of what is left is at least the sum of what each item could have alone; and what all of it costs, with a price on each person-day, less
 * what the room in the sprints would earn (Fisher 1981). Begins with a good arrangement and returns it where none is better.
 *
 * @param base the objective of all that is not searched over: patches and upgrades.
 */
export function refine(
  work: readonly Work[],
  surroundings: Surroundings,
  base: Objective,
  begin: Omit<Refined, 'complete'>,
): Refined {
  if (work.length > MOST_ITEMS) return { ...begin, complete: false };
  const { facts, prices, room, isOpen } = surroundings;
  const { asOf, baseline } = facts;
  const choices = work.map((item) => choicesOf(item, prices, facts));
  const rest = leastOfRest(work, choices, facts);
  const earned = [...prices].reduce((sum, [sprint, price]) => sum + price * (room(sprint) ?? 0), 0);
  let best = begin;
  let tried = 0;
  const placed: Option[] = [];
  const lost = new Set(facts.unplaced);

  /** The least cost that what is placed and what is left from `index` on can have; `paid`: floors and prices of what is placed. */
  const pricedCost = (paid: number, index: number) =>
    base.cost + Math.ceil(paid + (rest[index]?.paid ?? 0) - earned - ROUNDING);
  /** The least of each level. */
  const leastFrom = (soFar: Objective, paid: number, index: number): Objective => {
    const all = sumOf(soFar, rest[index]?.least ?? NOTHING);
    return { ...all, cost: Math.max(all.cost, pricedCost(paid, index)) };
  };

  const search = (index: number, soFar: Objective, paid: number): boolean => {
    if (compareObjectives(leastFrom(soFar, paid, index), best.objective) >= 0) return true;
    const item = work[index];
    if (item === undefined) {
      if (!isOpen(placed)) best = { placed: [...placed], unplaced: new Set(lost), objective: soFar };
      return true;
    }
    return place(item, [], index, soFar, paid) && without(item, index, soFar, paid);
  };

  /** `own`: places of the phases before; `soFar` counts none of them until the last has its place. */
  const place = (item: Work, own: readonly Choice[], index: number, soFar: Objective, paid: number): boolean => {
    const among = choices[index]?.[own.length];
    if (among === undefined) {
      const total = own.reduce((sum, { option }) => sum + option.cost, 0) - offsetOf(item, own, asOf);
      const moved = own.reduce((sum, { option }) => sum + movedBy(option, baseline), 0);
      return search(index + 1, { ...soFar, cost: soFar.cost + total, moved: soFar.moved + moved }, paid);
    }
    const single = item.pieces.length === 1;
    const open = (choices[index] ?? []).slice(own.length + 1);
    const later = open.reduce((sum, options) => sum + (options[0] === undefined ? 0 : leastPaid(options)), 0);
    const known: RuleFacts = { ...facts, placed: [...facts.placed, ...placed], unplaced: lost };
    for (const choice of among) {
      const { option } = choice;
      const pays = paid + choice.paid;
      const total = own[0]?.total ?? choice.total;
      const next = { ...soFar, cost: soFar.cost + total, moved: soFar.moved + movedBy(option, baseline) };
      const least = leastFrom(next, pays + later, index + 1);
      if (compareObjectives(least, best.objective) >= 0) {
        // Those that follow pay no less, so that none of them can be better either.
        const fromHere = { ...least, cost: pricedCost(pays, index + 1), moved: 0 };
        if (single && compareObjectives(fromHere, best.objective) >= 0) break;
        continue;
      }
      if (++tried > MOST_TRIED) return false;
      if (isRefused(option, known, 'others')) continue;
      placed.push(option);
      const done = place(item, [...own, choice], index, soFar, pays);
      placed.pop();
      if (!done) return false;
    }
    return true;
  };

  const without = (item: Work, index: number, soFar: Objective, paid: number): boolean => {
    lost.add(item.item);
    const done = search(index + 1, item.later ? soFar : oneMore(soFar, item.priority), paid);
    if (!facts.unplaced.has(item.item)) lost.delete(item.item);
    return done;
  };

  const complete = search(0, base, 0);
  return { ...best, complete };
}

/** What adding up prices may be wrong by, in thousandths. */
const ROUNDING = 1e-3;

/** A place to try. */
interface Choice {
  readonly option: Option;
  /** The least it costs, with the price of the person-days it takes. */
  readonly paid: number;
  /** The least that the whole item costs with this place of its first phase; of later phases and of single places their own cost. */
  readonly total: number;
}

/** The places of each piece, in the order in which they are tried: those with which the item costs least first. */
function choicesOf(work: Work, prices: Prices, facts: RuleFacts): readonly (readonly Choice[])[] {
  const { asOf, baseline } = facts;
  const totals = work.pieces.length > 1 ? leastAfter(work, facts) : null;
  return work.pieces.map(({ piece, open }, phase) =>
    open
      .flatMap((option): readonly Choice[] => {
        const paid = floorOf(option, work, asOf) + (prices.get(option.sprint.number) ?? 0) * piece.effort;
        const total =
          totals === null
            ? option.cost - (piece.part === 'last' ? work.offset : 0)
            : phase === 0
              ? totals.get(option)
              : option.cost;
        // Nothing comes after it in time.
        return total === undefined ? [] : [{ option, paid, total }];
      })
      .toSorted(
        (a, b) =>
          key(a, totals !== null && phase === 0) - key(b, totals !== null && phase === 0) ||
          movedBy(a.option, baseline) - movedBy(b.option, baseline) ||
          compareText(a.option.window.from, b.option.window.from),
      ),
  );
}

function key({ paid, total }: Choice, first: boolean): number {
  return first ? total : paid;
}

function leastPaid(options: readonly Choice[]): number {
  return options.reduce((least, { paid }) => Math.min(least, paid), Number.POSITIVE_INFINITY);
}

/** What the costs of the phases count too much. */
function offsetOf({ pieces, offset }: Work, own: readonly Choice[], asOf: Day): number {
  const first = own[0]?.option;
  if (pieces.at(-1)?.piece.part !== 'last') return 0;
  return first?.piece.part === 'first' ? phasesCost(first, asOf) : offset;
}

/** What items add at least: each level, each item alone; and floors with prices. */
interface Least {
  readonly least: Objective;
  readonly paid: number;
}

/** For each index the least that the items from there on add. */
function leastOfRest(
  work: readonly Work[],
  choices: readonly (readonly (readonly Choice[])[])[],
  facts: RuleFacts,
): readonly Least[] {
  const rest: Least[] = [{ least: NOTHING, paid: 0 }];
  for (let index = work.length - 1; index >= 0; index--) {
    const item = work[index] as Work;
    const after = rest[0] ?? { least: NOTHING, paid: 0 };
    const alone = leastAlone(item, facts);
    // What may be left for later adds nothing at all then; without a place other work adds to the first levels, and to no other.
    if (item.later || alone === null) {
      rest.unshift(item.later ? after : { ...after, least: oneMore(after.least, item.priority) });
      continue;
    }
    const paid = (choices[index] ?? []).reduce((sum, options) => sum + leastPaid(options), after.paid);
    rest.unshift({ least: { ...after.least, cost: after.least.cost + alone }, paid });
  }
  return rest;
}

function oneMore(objective: Objective, priority: number): Objective {
  return { ...objective, unplaced: withUnplaced(objective.unplaced, priority, 1) };
}
