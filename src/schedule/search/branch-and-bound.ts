import type { Day } from '../../domain/day.ts';
import { compareText } from '../../domain/order.ts';
import type { RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import type { Option } from '../places/starts.ts';
import { compareObjectives, type Objective, startCost, withUnplaced } from './objective.ts';
import type { Previous, Prices, Work } from './search.ts';

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
  readonly previous: Previous;
}

/**
 * The best arrangement of model changes around what is placed already, by depth-first search with a bound (Land and Doig 1960). Each level
 * of what is left is at least the sum of what each item could have alone; and what all of it risks, with a price on each person-day, less
 * what the room in the sprints would earn (Fisher 1981). Begins with a good arrangement and returns it where none is better.
 *
 * @param base the objective of all that is not searched over: upgrades, what has no place beside these items.
 */
export function refine(
  work: readonly Work[],
  surroundings: Surroundings,
  base: Objective,
  begin: Omit<Refined, 'complete'>,
): Refined {
  if (work.length > MOST_ITEMS) return { ...begin, complete: false };
  const { facts, prices, room, previous } = surroundings;
  const { asOf } = facts;
  const choices = choicesOf(work, surroundings);
  const rest = leastOfRest(work, choices, asOf);
  const earned = [...prices].reduce((sum, [sprint, price]) => sum + price * (room(sprint) ?? 0), 0);
  let best = begin;
  let tried = 0;
  const placed: Option[] = [];
  const lost = new Set(facts.unplaced);

  /** The least risk that what is placed and what is left from `index` on can have; `paid`: costs and prices of what is placed. */
  const leastRisk = (paid: number, index: number) =>
    base.risk + Math.ceil(paid + (rest[index]?.paid ?? 0) - earned - ROUNDING);
  /** The least of each level. */
  const leastFrom = (soFar: Objective, paid: number, index: number): Objective => {
    const all = sum(soFar, rest[index]?.least);
    return { ...all, risk: Math.max(all.risk, leastRisk(paid, index)) };
  };

  const search = (index: number, soFar: Objective, paid: number): boolean => {
    if (compareObjectives(leastFrom(soFar, paid, index), best.objective) >= 0) return true;
    const item = work[index];
    if (item === undefined) {
      best = { placed: [...placed], unplaced: new Set(lost), objective: soFar };
      return true;
    }
    return place(item, 0, index, soFar, paid) && without(item, index, soFar, paid);
  };

  const place = (item: Work, phase: number, index: number, soFar: Objective, paid: number): boolean => {
    const piece = item.pieces[phase];
    if (piece === undefined) return search(index + 1, soFar, paid);
    const known: RuleFacts = { ...facts, placed: [...facts.placed, ...placed], unplaced: lost };
    for (const { option, price } of choices.get(piece.piece.id) ?? []) {
      const next = add(soFar, option, asOf, previous);
      const pays = paid + option.cost + price;
      const least = leastFrom(next, pays, index + 1);
      if (compareObjectives(least, best.objective) >= 0) {
        // Those that follow pay no less, so that none of them can be better either.
        const fromHere = { ...least, risk: leastRisk(pays, index + 1), moved: 0, start: 0 };
        if (compareObjectives(fromHere, best.objective) >= 0) break;
        continue;
      }
      if (++tried > MOST_TRIED) return false;
      if (refusals(option, known, 'others').length > 0) continue;
      placed.push(option);
      const done = place(item, phase + 1, index, next, pays);
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

/** What adding up prices may be wrong by, in millionths. */
const ROUNDING = 1e-3;

/** A place to try, with the price of the person-days it takes. */
interface Choice {
  readonly option: Option;
  readonly price: number;
}

/**
 * The places of each piece worth trying, by its id, those that cost least with their price first. Of work that nothing waits for and that
 * waits for nothing only the best place of each sprint: another one in it leaves the same room to all else.
 */
function choicesOf(
  work: readonly Work[],
  { facts, prices, previous }: Surroundings,
): ReadonlyMap<string, readonly Choice[]> {
  const awaited = new Set(work.flatMap(({ pieces }) => pieces.flatMap(({ piece }) => piece.after)));
  const choices = new Map<string, readonly Choice[]>();
  for (const { item, pieces } of work) {
    for (const { piece, open } of pieces) {
      const alone =
        pieces.length === 1 && !awaited.has(item) && [piece.after, piece.needs, piece.follows].every(isEmpty);
      const sprints = new Set<number>();
      const kept = !alone
        ? open
        : open.filter((option) => {
            const { number } = option.sprint;
            if (sprints.has(number) || refusals(option, facts, 'others').length > 0) return false;
            sprints.add(number);
            return true;
          });
      const priced = kept.map((option) => ({
        option,
        price: (prices.get(option.sprint.number) ?? 0) * piece.effort,
      }));
      choices.set(
        piece.id,
        priced.toSorted(
          (a, b) =>
            a.option.cost + a.price - b.option.cost - b.price ||
            movedBy(a.option, previous) - movedBy(b.option, previous) ||
            compareText(a.option.window.from, b.option.window.from),
        ),
      );
    }
  }
  return choices;
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}

/** 1 when the plan before had the piece on another day; what it did not have moves nowhere. */
export function movedBy({ piece, window }: Pick<Option, 'piece' | 'window'>, previous: Previous): 0 | 1 {
  const before = previous.get(piece.id);
  return before === undefined || before === window.from ? 0 : 1;
}

/** The places that the rules which look at the piece alone allow: calmest first, then where it was, then earliest, as the levels prefer. */
export function byWorth(options: readonly Option[], previous: Previous): readonly Option[] {
  return options
    .filter(({ refused }) => refused.length === 0)
    .toSorted(
      (a, b) =>
        a.cost - b.cost || movedBy(a, previous) - movedBy(b, previous) || compareText(a.window.from, b.window.from),
    );
}

/** What items add at least: each level, each item alone; and costs with prices. */
interface Least {
  readonly least: Objective;
  readonly paid: number;
}

/** For each index the least that the items from there on add. */
function leastOfRest(
  work: readonly Work[],
  choices: ReadonlyMap<string, readonly Choice[]>,
  asOf: Day,
): readonly Least[] {
  const rest: Least[] = [{ least: NOTHING, paid: 0 }];
  for (const item of work.toReversed()) {
    const after = rest[0] ?? { least: NOTHING, paid: 0 };
    const open = item.pieces.map(({ piece }) => choices.get(piece.id) ?? []);
    const whole = open.every((options) => options.length > 0);
    // Without a place it adds to the first level, and to no other.
    let least = whole || item.later ? after.least : oneMore(after.least, item.priority);
    let { paid } = after;
    for (const options of whole && !mayFail(item) ? open : []) {
      least = {
        ...least,
        risk: least.risk + Math.min(...options.map(({ option }) => option.cost)),
        start: least.start + Math.min(...options.map(({ option }) => startOf(option, asOf))),
      };
      paid += Math.min(...options.map(({ option, price }) => option.cost + price));
    }
    rest.unshift({ least, paid });
  }
  return rest;
}

/** An item that may be left for later adds nothing at all then. */
function mayFail(item: Work): boolean {
  return item.later;
}

const NOTHING: Objective = { unplaced: [0, 0, 0, 0, 0], daysLate: 0, holdDays: 0, risk: 0, moved: 0, start: 0 };

function sum(a: Objective, b: Objective = NOTHING): Objective {
  const [p1, p2, p3, p4, p5] = a.unplaced;
  const [q1, q2, q3, q4, q5] = b.unplaced;
  return {
    unplaced: [p1 + q1, p2 + q2, p3 + q3, p4 + q4, p5 + q5],
    daysLate: a.daysLate + b.daysLate,
    holdDays: a.holdDays + b.holdDays,
    risk: a.risk + b.risk,
    moved: a.moved + b.moved,
    start: a.start + b.start,
  };
}

function oneMore(objective: Objective, priority: number): Objective {
  return { ...objective, unplaced: withUnplaced(objective.unplaced, priority, 1) };
}

function add(objective: Objective, option: Option, asOf: Day, previous: Previous): Objective {
  return {
    ...objective,
    risk: objective.risk + option.cost,
    moved: objective.moved + movedBy(option, previous),
    start: objective.start + startOf(option, asOf),
  };
}

function startOf({ piece, window }: Option, asOf: Day): number {
  return startCost(piece.priority, asOf, window.from);
}
