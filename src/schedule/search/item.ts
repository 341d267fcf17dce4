import { addDays, type Day, daysBetween } from '../../domain/day.ts';
import { compareText } from '../../domain/order.ts';
import { isExcepted } from '../../policy/exception.ts';
import type { Candidate, Follows, Placed, RuleFacts } from '../../policy/rule.ts';
import { isRefused } from '../../policy/rules.ts';
import { PER_DAY, phasesCost, weightOf } from '../places/cost.ts';
import { type Option, toPlaced } from '../places/starts.ts';
import { type Lost, NO_PRICES, type Prices, type Work, type WorkPiece } from './search.ts';

// Places for one item: the cheapest that the rules allow, of a change in phases the cheapest for all of them together.

/** What places for the whole of an item cost together, in thousandths of a day. */
export function costOfItem({ offset, pieces }: Work, places: readonly Candidate[], asOf: Day): number {
  const sum = places.reduce((total, { cost }) => total + cost, 0);
  const first = places[0];
  // The last phase counts the span from a first day that is only known with the first.
  if (pieces.at(-1)?.piece.part !== 'last') return sum;
  return sum - (first?.piece.part === 'first' ? phasesCost(first, asOf) : offset);
}

/** The least that a place may cost, whatever places the other phases of its item have. */
export function floorOf({ piece, window, cost }: Option, work: Work, asOf: Day): number {
  if (piece.part !== 'last') return cost;
  if (work.offset > 0) return cost - work.offset;
  const days = 2 * daysBetween(asOf, window.until);
  return cost - weightOf(piece.priority) * PER_DAY * (days - 2 * leastSpan(work));
}

/** Days from the first of an item's first phase to the end of its last at least. */
function leastSpan({ pieces }: Work): number {
  return pieces.reduce(
    (sum, { piece }) => sum + piece.days + Math.max(0, ...piece.follows.map(({ lag = 0 }) => lag)),
    0,
  );
}

/** How the places of a piece are ordered when one is chosen. */
export type Ordering = (open: readonly Option[]) => readonly Option[];

export interface Whole {
  readonly places: readonly Option[];
  readonly lost: Lost | null;
}

/**
 * Places for all pieces of an item, or the first piece that has none: a change of which one phase has no place is not begun.
 * @param known what has its place; the places found are not added.
 */
export function placeItem(work: Work, facts: RuleFacts, prices: Prices = NO_PRICES, ordering?: Ordering): Whole {
  const { pieces } = work;
  const [only] = pieces;
  if (only === undefined) return { places: [], lost: null };
  if (pieces.length === 1) {
    const order = ordering ?? ((open: readonly Option[]) => priced(open, prices));
    const best = order(only.open).find((option) => !isRefused(option, facts, 'others'));
    return best === undefined ? { places: [], lost: only } : { places: [best], lost: null };
  }
  if (ordering === undefined) {
    const together = cheapestTogether(work, facts, prices);
    if (together !== null) return { places: together, lost: null };
  }
  const found = ordering === undefined ? null : oneByOne(pieces, facts, ordering);
  return found !== null && found.lost === null ? found : oneByOne(pieces, facts, byTime);
}

/** Each phase at its first place in the given order, after the phases before it. */
function oneByOne(pieces: readonly WorkPiece[], facts: RuleFacts, ordering: Ordering): Whole {
  let known = facts;
  const places: Option[] = [];
  for (const one of pieces) {
    const best = ordering(one.open).find((option) => !isRefused(option, known, 'others'));
    if (best === undefined) return { places: [], lost: one };
    places.push(best);
    known = { ...known, placed: [...known.placed, toPlaced(best)] };
  }
  return { places, lost: null };
}

export function byTime(open: readonly Option[]): readonly Option[] {
  return open.toSorted((a, b) => compareText(a.window.from, b.window.from));
}

/** Places in the order of what they cost, the person-days of crowded sprints included. */
function priced(open: readonly Option[], prices: Prices): readonly Option[] {
  if (prices.size === 0) return open;
  const costs = new Map(open.map((option) => [option, pricedCost(option, prices)]));
  const cost = (option: Option) => costs.get(option) ?? 0;
  return open.toSorted((a, b) => cost(a) - cost(b) || compareText(a.window.from, b.window.from));
}

function pricedCost({ cost, sprint, piece }: Option, prices: Prices): number {
  return cost + (prices.get(sprint.number) ?? 0) * piece.effort;
}

interface PhaseSet {
  readonly places: readonly Option[];
  readonly total: number;
}

/** Complete sets of places that are tried in full, cheapest first, before phases are placed one by one. */
const MOST_SETS = 24;

/**
 * The cheapest places of two or three phases together, by dynamic programming over the first phase: for each place of it the last phase
 * must lie within a stretch of days, of which the cheapest remaining place is known for every place of the phase between. `null` where
 * none of the cheapest sets keeps all rules.
 */
function cheapestTogether(work: Work, facts: RuleFacts, prices: Prices): readonly Option[] | null {
  const sets = setsOf(work, facts, prices);
  return sets.slice(0, MOST_SETS).find(({ places }) => allKept(places, facts))?.places ?? null;
}

/** Places for all phases of an item and what they cost together, the cheapest for each place of the first phase; cheapest first. */
function setsOf(work: Work, facts: RuleFacts, prices: Prices): readonly PhaseSet[] {
  const { asOf } = facts;
  const free = work.pieces.map(({ open }) => byTime(open.filter((one) => !isRefused(one, facts, 'others'))));
  const [firsts = [], middles, lasts] =
    free.length === 2 ? [free[0], null, free[1] ?? []] : [free[0], free[1] ?? [], free[2] ?? []];
  const lastPiece = work.pieces.at(-1)?.piece;
  const middlePiece = middles === null ? null : (work.pieces[1]?.piece ?? null);
  if (lastPiece === undefined || free.length > 3) return [];
  const begins = work.pieces[0]?.piece.part === 'first' && lastPiece.part === 'last';
  const sets: PhaseSet[] = [];
  // Windows of one phase end in the order in which they begin, so the places that end in time are the first of all.
  const afterMiddle = (middles ?? []).map((middle) => firstAfter(lasts, middle, lastPiece.follows));
  for (const first of firsts) {
    const end = lastEnd(first, lastPiece.follows, facts);
    const among = end === null ? lasts : lasts.filter(({ window }) => window.until <= end);
    const least = cheapestFrom(among, prices);
    const base =
      pricedCost(first, prices) - (begins ? phasesCost(first, asOf) : lastPiece.part === 'last' ? work.offset : 0);
    if (middles === null || middlePiece === null) {
      const last = least[firstAfter(among, first, lastPiece.follows)];
      if (last !== undefined) sets.push({ places: [first, last], total: base + pricedCost(last, prices) });
      continue;
    }
    let best: PhaseSet | null = null;
    for (let index = firstAfter(middles, first, middlePiece.follows); index < middles.length; index++) {
      const middle = middles[index] as Option;
      const last = least[afterMiddle[index] ?? among.length];
      if (last === undefined) continue;
      const total = base + pricedCost(middle, prices) + pricedCost(last, prices);
      if (best === null || total < best.total) best = { places: [first, middle, last], total };
    }
    if (best !== null) sets.push(best);
  }
  return sets.sort((a, b) => a.total - b.total);
}

/** The day by which the last phase must be over: by the longest span allowed, and before the next upgrade of the store. `null`: none. */
function lastEnd(first: Option, follows: readonly Follows[], { placed, config }: RuleFacts): Day | null {
  const { piece, window } = first;
  const spans = follows.flatMap(({ piece: id, within }) => (id === piece.id && within !== undefined ? [within] : []));
  const ends = spans.map((within) => addDays(window.from, within));
  for (const other of placed) {
    if (other.disruption === null || other.piece.store !== piece.store || other.disruption.from < window.from) continue;
    if (isExcepted(config.exceptions, 'separation', piece.item, window)) continue;
    if (isExcepted(config.exceptions, 'separation', other.piece.item, other.window)) continue;
    ends.push(addDays(other.disruption.from, -config.policy.separation));
  }
  return ends.length === 0 ? null : ends.reduce((a, b) => (a < b ? a : b));
}

/** For each index the cheapest place from there on. */
function cheapestFrom(options: readonly Option[], prices: Prices): readonly Option[] {
  const least: Option[] = new Array(options.length);
  let best: Option | undefined;
  for (let index = options.length - 1; index >= 0; index--) {
    const one = options[index] as Option;
    if (best === undefined || pricedCost(one, prices) <= pricedCost(best, prices)) best = one;
    least[index] = best;
  }
  return least;
}

/** Index of the first place that may come after this one, by binary search: what may come later may come later still. */
function firstAfter(options: readonly Option[], before: Option, follows: readonly Follows[]): number {
  let [low, high] = [0, options.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = options[middle];
    if (one !== undefined && comesAfter(before, one, follows)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function comesAfter(before: Option, after: Option, follows: readonly Follows[]): boolean {
  return follows.every(({ piece, lag = 0, laterSprint }) => {
    if (piece !== before.piece.id) return true;
    if (after.window.from < addDays(before.window.until, lag)) return false;
    return !laterSprint || after.sprint.number > before.sprint.number;
  });
}

/** Whether the places keep all rules, each beside those before it. */
function allKept(places: readonly Option[], facts: RuleFacts): boolean {
  const placed: Placed[] = [...facts.placed];
  return places.every((place) => {
    const kept = !isRefused(place, { ...facts, placed }, 'others');
    placed.push(toPlaced(place));
    return kept;
  });
}

/**
 * The least that all pieces of an item cost where nothing else has a place: a bound from below. `null`: it has no place even then.
 */
export function leastAlone(work: Work, facts: RuleFacts): number | null {
  const [only] = work.pieces;
  if (only === undefined || work.pieces.some(({ open }) => open.length === 0)) return null;
  if (work.pieces.length === 1) {
    return Math.min(...only.open.map(({ cost }) => cost)) - (only.piece.part === 'last' ? work.offset : 0);
  }
  const [cheapest] = setsOf(work, { ...facts, placed: [], unplaced: new Set() }, NO_PRICES);
  return cheapest?.total ?? null;
}

/** For each place of the first phase the least that the whole item costs with it, nothing else placed; none where nothing can follow. */
export function leastAfter(work: Work, facts: RuleFacts): ReadonlyMap<Option, number> {
  const sets = setsOf(work, { ...facts, placed: [], unplaced: new Set() }, NO_PRICES);
  return new Map(sets.flatMap(({ places: [first], total }) => (first === undefined ? [] : [[first, total]])));
}
