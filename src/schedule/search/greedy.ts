import { daysBetween } from '../../domain/day.ts';
import { compareText } from '../../domain/order.ts';
import type { Candidate, Placed, RuleFacts } from '../../policy/rule.ts';
import { openGap, spanOf } from '../../policy/spans.ts';
import { lateness, type PlacedHop } from '../places/hop-at.ts';
import { type Option, toPlaced } from '../places/starts.ts';
import { costOfItem, type Ordering, placeItem } from './item.ts';
import { type Objective, sumOf, withUnplaced } from './objective.ts';
import { type Attempt, type Context, factsWith, type Lost, NO_PRICES, type Prices, type Work } from './search.ts';

/** Places the model changes one after another around what has its place in the context, each where it costs least. */
export function tryModels(context: Context, prices: Prices = NO_PRICES): Attempt {
  const base = factsWith(context);
  const { asOf, baseline } = context.input.facts;
  const { stay } = context.input;
  const ordering = context.input.quick === true && stay !== undefined ? stayingFirst(stay) : undefined;
  const placed: Candidate[] = [];
  const unplaced: Lost[] = [];
  const lost = new Set(context.lost);
  // Grows with every place taken.
  const known: Placed[] = [...base.placed];
  const facts: RuleFacts = { ...base, placed: known, unplaced: lost };
  let { unplaced: classes, cost, moved, ...others } = baseObjective(context);
  for (const work of context.work) {
    const whole = placeItem(work, facts, prices, ordering);
    if (whole.lost !== null) {
      lost.add(work.item);
      if (!work.later) classes = withUnplaced(classes, work.priority, 1);
      unplaced.push(whole.lost);
      continue;
    }
    for (const option of whole.places) {
      placed.push(option);
      known.push(toPlaced(option));
      moved += movedBy(option, baseline);
    }
    cost += costOfItem(work, whole.places, asOf);
  }
  return {
    placed,
    unplaced,
    facts: base,
    objective: { ...others, unplaced: classes, cost, moved },
    infeasible: unplaced.length > 0 && leavesSpanOpen(context, known),
  };
}

/** An item that has begun and finds no place for its last phase has a span without an end, in which no proposed upgrade may lie. */
export function leavesSpanOpen(context: Context, placed: readonly Placed[]): boolean {
  const items = new Set(placed.map(({ piece }) => piece.item));
  const { separation } = context.input.facts.config.policy;
  return context.work.some(({ item, begun, pieces }) => {
    if (!begun || pieces.every(({ piece }) => placed.some((one) => one.piece.id === piece.id))) return false;
    const span = items.has(item) ? spanOf(item, placed, new Set([item])) : null;
    const store = pieces[0]?.piece.store;
    return context.hops.some(
      ({ hop, candidates, disruption }) =>
        span !== null &&
        hop.binaries.store === store &&
        candidates.some(({ piece }) => piece.step === 'binaries') &&
        openGap(span, disruption) < separation,
    );
  });
}

/** What all but the model changes contribute to the levels. */
export function baseObjective(context: Context): Objective {
  const { facts } = context.input;
  let unplaced: Objective['unplaced'] = [0, 0, 0, 0, 0];
  let cost = 0;
  let moved = 0;
  for (const candidate of context.patches) {
    cost += candidate.cost;
    moved += movedBy(candidate, facts.baseline);
  }
  for (const { piece } of context.lostPatches) unplaced = withUnplaced(unplaced, piece.priority, 1);
  for (const { hop } of context.lostHops) {
    if (!context.later.has(hop.item)) unplaced = withUnplaced(unplaced, hop.upgrade.priority, 1);
  }
  for (const { hop, missing } of context.hops) {
    if (missing.length > 0 && !context.later.has(hop.item)) unplaced = withUnplaced(unplaced, hop.upgrade.priority, 1);
  }
  let daysLate = 0;
  for (const placed of context.hops) {
    daysLate += latenessOf(placed, context);
    for (const candidate of placed.candidates) {
      cost += candidate.cost;
      moved += movedBy(candidate, facts.baseline);
    }
  }
  const days = (exploited: boolean) =>
    [...context.patches.map(({ piece, window }) => ({ piece, until: window.until })), ...lostUntil(context)].reduce(
      (sum, { piece, until }) =>
        piece.grave?.exploited === exploited ? sum + Math.max(0, daysBetween(facts.asOf, until)) : sum,
      0,
    );
  const open: Objective['open'] = [days(true), days(false)];
  return { open, unplaced, daysLate, holdDays: 0, cost, moved };
}

/** A hole whose patch has no place stays open as long as anybody looks. */
function lostUntil({ lostPatches, input }: Context) {
  return lostPatches.map(({ piece }) => ({ piece, until: input.horizon.until }));
}

/** Days late of a hop, beside the hop of the same chain before it; see `lateness`. */
export function latenessOf({ hop, disruption }: PlacedHop, { hops, input }: Pick<Context, 'hops' | 'input'>): number {
  const before = hops.find((other) => hop.binaries.after.includes(other.hop.item));
  return lateness(hop, disruption, before?.disruption.until ?? null, input.horizon.until);
}

/** 1 when the place is on another day than it was published for; what was not published moves nowhere. */
export function movedBy(
  { piece, window }: Pick<Candidate, 'piece' | 'window'>,
  baseline: RuleFacts['baseline'],
): 0 | 1 {
  const before = baseline?.get(piece.id);
  return before === undefined || before === window.from ? 0 : 1;
}

/** The place where it stays, then the others in their order. */
function stayingFirst(stay: NonNullable<Context['input']['stay']>): Ordering {
  return (open) => {
    const stays = open.findIndex((option) => stay.get(option.piece.id) === option.window.from);
    return stays <= 0 ? open : [open[stays] as Option, ...open.slice(0, stays), ...open.slice(stays + 1)];
  };
}

/** Places that the rules which look at the piece alone allow: least cost first, then where it was published, then earliest. */
export function byWorth(options: readonly Option[], baseline: RuleFacts['baseline']): readonly Option[] {
  return options
    .filter(({ refused }) => refused.length === 0)
    .toSorted(
      (a, b) =>
        a.cost - b.cost || movedBy(a, baseline) - movedBy(b, baseline) || compareText(a.window.from, b.window.from),
    );
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
    const facts = { ...attempt.facts, placed: [...known], unplaced: lost };
    const whole = work === undefined ? null : placeItem(work, facts);
    if (work === undefined || whole === null || whole.lost !== null) {
      lost.add(item);
      unplaced.push(whole?.lost ?? one);
      continue;
    }
    placed = [...placed, ...whole.places];
    known.push(...whole.places.map(toPlaced));
    objective = sumOf(objective, objectiveOf(work, whole.places, context));
  }
  return { ...attempt, placed, unplaced, objective };
}

/** What placing an item that had no place changes. */
function objectiveOf(work: Work, places: readonly Option[], { input }: Context): Objective {
  const { asOf, baseline } = input.facts;
  return {
    open: [0, 0],
    unplaced: work.later ? [0, 0, 0, 0, 0] : withUnplaced([0, 0, 0, 0, 0], work.priority, -1),
    daysLate: 0,
    holdDays: 0,
    cost: costOfItem(work, places, asOf),
    moved: places.reduce((sum, option) => sum + movedBy(option, baseline), 0),
  };
}
