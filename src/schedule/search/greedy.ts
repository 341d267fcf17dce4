import { compareText } from '../../domain/order.ts';
import type { Candidate, Placed, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import { lateness, type PlacedHop } from '../places/hop-at.ts';
import { type Option, toPlaced } from '../places/starts.ts';
import type { Hop } from '../work/hop.ts';
import { movedBy } from './branch-and-bound.ts';
import { type Objective, startCost, withUnplaced } from './objective.ts';
import {
  type Attempt,
  type Context,
  type Lost,
  NO_PRICES,
  NOWHERE,
  type Previous,
  type Prices,
  type Work,
} from './search.ts';

export function factsWith(context: Context, hops: readonly PlacedHop[]): RuleFacts {
  return {
    ...context.input.facts,
    placed: [...context.fixed, ...context.completing, ...hops.flatMap((hop) => hop.steps)],
    unplaced: context.lost,
  };
}

/** Places the model changes one after another around the given upgrades. `given up` counts as unplaced beside them. */
export function tryModels(
  context: Context,
  hops: readonly PlacedHop[],
  givenUp: readonly Hop[] = [],
  prices: Prices = NO_PRICES,
): Attempt {
  const base = factsWith(context, hops);
  const placed: Candidate[] = [];
  const unplaced: Lost[] = [];
  const { asOf } = context.input.facts;
  let byPriority: Objective['unplaced'] = [0, 0, 0, 0, 0];
  const count = (item: string, priority: number) => {
    if (context.later.has(item)) return;
    byPriority = withUnplaced(byPriority, priority, 1);
  };
  const previous = context.input.previous ?? NOWHERE;
  const lost = new Set(context.lost);
  // Grows with every place taken.
  const known: Placed[] = [...base.placed];
  const facts: RuleFacts = { ...base, placed: known, unplaced: lost };
  let risk = 0;
  let moved = 0;
  let start = 0;
  for (const { item, priority, pieces } of context.work) {
    const inOrder = context.input.quick === true ? stayingFirst(previous) : null;
    const whole = wholeItem(pieces, facts, known, inOrder ?? ((open) => priced(open, prices, previous)));
    if (whole.lost !== null) {
      lost.add(item);
      count(item, priority);
      unplaced.push(whole.lost);
    }
    for (const option of whole.places) {
      placed.push(option);
      risk += option.cost;
      moved += movedBy(option, previous);
      start += startCost(option.piece.priority, asOf, option.window.from);
    }
  }
  let daysLate = 0;
  for (const hop of hops) {
    daysLate += lateness(hop.hop, hop.disruption);
    for (const candidate of hop.candidates) moved += movedBy(candidate, previous);
    start += startCost(hop.hop.upgrade.priority, asOf, hop.disruption.from);
  }
  for (const { item, upgrade } of [...context.givenUp, ...givenUp]) count(item, upgrade.priority);
  return {
    hops,
    placed,
    unplaced,
    facts: base,
    objective: { unplaced: byPriority, daysLate, holdDays: 0, risk, moved, start },
  };
}

/** Places for all phases of an item, or the first phase that has none: a change of which one phase has no place is not begun. */
function wholeItem(
  pieces: Work['pieces'],
  facts: RuleFacts,
  known: Placed[],
  inOrder: (open: readonly Option[]) => readonly Option[],
): { readonly places: readonly Option[]; readonly lost: Lost | null } {
  const begun = known.length;
  let lost: Lost | null = null;
  // Phases at their calmest days may leave no room for the last one: then each as early as it can be.
  for (const order of pieces.length > 1 ? [inOrder, byTime] : [inOrder]) {
    const places: Option[] = [];
    lost = null;
    for (const { piece, options, open } of pieces) {
      const best = order(open).find((option) => refusals(option, facts, 'others').length === 0);
      if (best === undefined) {
        lost = { piece, options };
        known.length = begun;
        break;
      }
      places.push(best);
      known.push(toPlaced(best));
    }
    if (lost === null) return { places, lost };
  }
  return { places: [], lost };
}

/** The place that the plan before had, then the others in their order. */
function stayingFirst(previous: Previous) {
  return (open: readonly Option[]): readonly Option[] => {
    const stays = open.findIndex((option) => previous.get(option.piece.id) === option.window.from);
    return stays <= 0 ? open : [open[stays] as Option, ...open.slice(0, stays), ...open.slice(stays + 1)];
  };
}

/** They are in the order of what they are worth. */
function asTheyAre(open: readonly Option[]): readonly Option[] {
  return open;
}

function byTime(open: readonly Option[]): readonly Option[] {
  return open.toSorted((a, b) => compareText(a.window.from, b.window.from));
}

/** Gives what an arrangement left out each place that is still free: the search may have ended before it came to it. */
export function squeezed(context: Context, attempt: Attempt): Attempt {
  const known: Placed[] = [...attempt.facts.placed, ...attempt.placed.map(toPlaced)];
  const lost = new Set([...context.lost, ...attempt.unplaced.map(({ piece }) => piece.item)]);
  let { placed, objective } = attempt;
  const unplaced: Lost[] = [];
  for (const one of attempt.unplaced) {
    const { item } = one.piece;
    const work = context.work.find((other) => other.item === item);
    lost.delete(item);
    const whole = wholeItem(work?.pieces ?? [], { ...attempt.facts, placed: known, unplaced: lost }, known, asTheyAre);
    if (whole.lost !== null || work === undefined) {
      lost.add(item);
      unplaced.push(whole.lost ?? one);
      continue;
    }
    placed = [...placed, ...whole.places];
    objective = withPlaces(objective, work, whole.places, context);
  }
  return { ...attempt, placed, unplaced, objective };
}

function withPlaces(objective: Objective, work: Work, places: readonly Option[], context: Context): Objective {
  const { asOf } = context.input.facts;
  const unplaced = work.later ? objective.unplaced : withUnplaced(objective.unplaced, work.priority, -1);
  const sum = (value: (option: Option) => number) => places.reduce((total, option) => total + value(option), 0);
  return {
    ...objective,
    unplaced,
    risk: objective.risk + sum(({ cost }) => cost),
    moved: objective.moved + sum((option) => movedBy(option, context.input.previous ?? NOWHERE)),
    start: objective.start + sum(({ window }) => startCost(work.priority, asOf, window.from)),
  };
}

/** Places in the order of what they cost, the person-days of crowded sprints included. */
function priced(open: readonly Option[], prices: Prices, previous: Previous): readonly Option[] {
  if (prices.size === 0) return open;
  const costs = new Map(
    open.map((option) => [option, option.cost + (prices.get(option.sprint.number) ?? 0) * option.piece.effort]),
  );
  const cost = (option: Option) => costs.get(option) ?? 0;
  return open.toSorted(
    (a, b) =>
      cost(a) - cost(b) || movedBy(a, previous) - movedBy(b, previous) || compareText(a.window.from, b.window.from),
  );
}
