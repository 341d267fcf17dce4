import { type Day, daysBetween } from '../domain/day.ts';
import { compareText } from '../domain/order.ts';
import type { Piece, RuleFacts } from '../policy/rule.ts';
import { refusals } from '../policy/rules.ts';
import { compareObjectives, type Objective } from './objective.ts';
import type { Option } from './options.ts';

/** Work of one item, its pieces in order, each with all its places in order of time and, as `open`, those it may have, best first. */
export interface Work {
  readonly item: string;
  readonly priority: number;
  /** Without a place it waits for a later plan, and counts nowhere. */
  readonly later: boolean;
  readonly pieces: readonly {
    readonly piece: Piece;
    readonly options: readonly Option[];
    readonly open: readonly Option[];
  }[];
}

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

/**
 * The best arrangement of model changes around what is placed already, by depth-first search with a bound (Land and Doig 1960): each level
 * of what is left is at least the sum of what each item could have alone. Begins with a good arrangement and returns it where none is better.
 *
 * @param base the objective of all that is not searched over: upgrades, what has no place beside these items.
 */
export function refine(
  work: readonly Work[],
  facts: RuleFacts,
  base: Objective,
  begin: Omit<Refined, 'complete'>,
  previous: Previous,
): Refined {
  const { asOf } = facts;
  const rest = leastOfRest(work, asOf);
  let best = begin;
  let tried = 0;
  const placed: Option[] = [];
  const lost = new Set(facts.unplaced);

  const search = (index: number, soFar: Objective): boolean => {
    if (compareObjectives(sum(soFar, rest[index]), best.objective) >= 0) return true;
    const item = work[index];
    if (item === undefined) {
      best = { placed: [...placed], unplaced: new Set(lost), objective: soFar };
      return true;
    }
    return place(item, 0, index, soFar) && without(item, index, soFar);
  };

  const place = (item: Work, phase: number, index: number, soFar: Objective): boolean => {
    const piece = item.pieces[phase];
    if (piece === undefined) return search(index + 1, soFar);
    const known: RuleFacts = { ...facts, placed: [...facts.placed, ...placed], unplaced: lost };
    for (const option of piece.open) {
      const next = add(soFar, option, asOf, previous);
      // The options that follow are no better at the first level on which they differ, so nothing below here can be.
      if (compareObjectives(sum(next, rest[index + 1]), best.objective) >= 0) break;
      if (++tried > MOST_TRIED) return false;
      if (refusals(option, known, 'others').length > 0) continue;
      placed.push(option);
      const done = place(item, phase + 1, index, next);
      placed.pop();
      if (!done) return false;
    }
    return true;
  };

  const without = (item: Work, index: number, soFar: Objective): boolean => {
    lost.add(item.item);
    const done = search(index + 1, item.later ? soFar : oneMore(soFar, item.priority));
    if (!facts.unplaced.has(item.item)) lost.delete(item.item);
    return done;
  };

  const complete = search(0, base);
  return { ...best, complete };
}

/** First day of each window in the plan before, by its id. */
export type Previous = ReadonlyMap<string, Day>;

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

/** For each index the least that the items from there on add, each alone. */
function leastOfRest(work: readonly Work[], asOf: Day): readonly Objective[] {
  const rest: Objective[] = [NOTHING];
  for (const item of work.toReversed()) {
    const after = rest[0] ?? NOTHING;
    const open = item.pieces.map((piece) => piece.open);
    const whole = open.every((options) => options.length > 0);
    // Without a place it adds to the first level, and to no other.
    let least = whole || item.later ? after : oneMore(after, item.priority);
    for (const options of whole ? open : []) {
      least = {
        ...least,
        risk: least.risk + (mayFail(item) ? 0 : Math.min(...options.map(({ cost }) => cost))),
        start: least.start + (mayFail(item) ? 0 : Math.min(...options.map((option) => startOf(option, asOf)))),
      };
    }
    rest.unshift(least);
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
  const unplaced: [number, number, number, number, number] = [...objective.unplaced];
  unplaced[priority - 1] = (unplaced[priority - 1] ?? 0) + 1;
  return { ...objective, unplaced };
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
  return (6 - piece.priority) * daysBetween(asOf, window.from);
}
