import { addDays, type Day } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { Plan } from '../domain/plan.ts';
import type { Candidate, Piece, RuleFacts } from '../policy/rule.ts';
import { decidedPlaces } from './places/decided.ts';
import { type Option, optionsFor, toPlaced } from './places/starts.ts';
import { explainHop, explainLost, impossibleItem } from './result/unplaced.ts';
import { completingWindow, fixedWindow, hopWindows, modelWindow, waitsOf } from './result/windows.ts';
import { levelsProven, levelsWithBounds } from './search/bounds.ts';
import { byWorth } from './search/branch-and-bound.ts';
import { squeezed, tryModels } from './search/greedy.ts';
import { arranged, givenUpOf, priced } from './search/model-changes.ts';
import { type Context, NOWHERE, type PlanInput, type Work } from './search/search.ts';
import { boundedItems, fixedShare } from './search/shares.ts';
import { placeHops, stepsOf } from './search/upgrades.ts';
import { holdFor, holdsCouldHelp, holdsOfDecided } from './search/with-holds.ts';

/**
 * Plans: each engine upgrade takes the start that leaves the best whole plan (place-hops.ts), model changes are arranged around them
 * (arrange.ts), holds give a place to what had none (keep-calm.ts). Levels are compared in order, and `bound` says what cannot be beaten.
 * Pure and deterministic.
 */
export function makePlan(given: PlanInput): Plan {
  let input = given;
  const { horizon, previous = NOWHERE } = input;
  const hops = input.hops.flatMap((result) => (result.kind === 'hop' ? [result.hop] : []));
  const impossible = input.hops.flatMap((result) => (result.kind === 'impossible' ? [result] : []));
  const everything = [...input.models, ...hops.flatMap(stepsOf)];
  const decided = holdsOfDecided(input, everything);
  const known = { ...input.facts, exposed: decided.exposed };
  const fixed = decidedPlaces(input.facts.decisions, everything, hops, known);
  input = { ...input, facts: known };
  const standing = fixed.filter((place) => !place.replaced).map((place) => place.placed.piece);
  const settled = new Set(standing.map((piece) => piece.item));
  const settledPieces = new Set(standing.map((piece) => piece.id));

  const later = laterOf(everything, horizon);
  const start: Context = {
    input,
    work: workOf(
      input,
      input.models.filter((piece) => !settledPieces.has(piece.id)),
      later,
    ),
    fixed: fixed.filter((place) => !place.replaced).map((place) => place.placed),
    completing: [],
    lost: new Set(impossible.map((result) => result.item)),
    givenUp: [...impossible],
    later,
  };
  const { context, chosen, completing, lost, unplaced: unplacedHops } = placeHops(hops, settled, start);

  const quick = input.quick === true ? { attempt: tryModels(context, chosen), bound: 0 } : null;
  const { attempt: greedy, bound: leastRisk } = quick ?? priced(context, chosen);
  const { attempt: best, complete } =
    quick === null ? arranged(context, greedy, givenUpOf(context)) : { ...quick, complete: false };
  const plain = squeezed(context, best);
  const { attempt: final, exposed, holds, needs } = holdFor(context, plain, decided);
  const facts = { ...final.facts, exposed, placed: [...final.facts.placed, ...final.placed.map(toPlaced)] };
  const windows = [
    ...fixed.map((place) => fixedWindow(place, fixed, facts)),
    ...completing.map(({ hop, candidate }) => completingWindow(hop, candidate, facts)),
    ...chosen.flatMap((hop) => hopWindows(hop, facts)),
    ...final.placed.map((candidate) => modelWindow(candidate, optionsOf(candidate, context), facts, previous)),
  ]
    .map((window) => ({ ...window, needs: [...window.needs, ...(needs.get(window.id) ?? [])] }))
    .toSorted((a, b) => compareText(a.from, b.from) || compareText(a.id, b.id));
  const unplacedNow = new Set([...context.lost, ...final.unplaced.map(({ piece }) => piece.item)]);
  const missing = [
    ...impossible.map(impossibleItem),
    ...unplacedHops,
    ...lost.map(explainHop),
    ...final.unplaced.map((lost) => explainLost(lost, context.work, { ...facts, unplaced: unplacedNow })),
  ];
  const isLater = (item: string) => context.later.has(item);
  return {
    asOf: input.facts.asOf,
    horizon,
    observedThrough: input.observedThrough,
    windows,
    waits: [...chosen.flatMap(waitsOf), ...fixed.flatMap((place) => place.waits)],
    holds,
    unplaced: missing.filter((entry) => !isLater(entry.item)).toSorted((a, b) => compareText(a.item, b.item)),
    later: missing
      .filter((entry) => isLater(entry.item))
      .map((entry) => entry.item)
      .toSorted(compareText),
    // Searched to the end, with no upgrade whose place was chosen before and nothing that holds could change.
    objective:
      complete && hops.length === 0 && !holdsCouldHelp(context, final)
        ? levelsProven(final.objective)
        : levelsWithBounds(
            final.objective,
            boundedItems(context),
            { ...fixedShare(context, final, chosen), leastRisk },
            input.facts.asOf,
          ),
  };
}

function optionsOf({ piece }: Candidate, context: Context): readonly Option[] {
  const pieces = context.work.find(({ item }) => item === piece.item)?.pieces;
  return pieces?.find((one) => one.piece.id === piece.id)?.options ?? [];
}

/** The model changes that look for a place, item by item, with every place each phase could have. */
function workOf(
  { facts, horizon, previous = NOWHERE }: PlanInput,
  pieces: readonly Piece[],
  later: ReadonlySet<string>,
): readonly Work[] {
  const alone: RuleFacts = { ...facts, placed: [], unplaced: new Set() };
  return [...Map.groupBy(pieces, ({ item }) => item)].map(([item, phases]) => ({
    item,
    priority: phases[0]?.priority ?? 3,
    later: later.has(item),
    pieces: phases.map((piece) => {
      const options = optionsFor(piece, horizon, alone);
      return { piece, options, open: byWorth(options, previous) };
    }),
  }));
}

/** Due, or allowed to start, only after the horizon. */
function isBeyond({ deadline, notBefore }: Piece, horizon: Interval): boolean {
  return (deadline ?? '') >= horizon.until || (notBefore ?? '') >= horizon.until;
}

/** Items due only beyond the horizon, or allowed to start there, and those that wait for them and are not due before. */
function laterOf(pieces: readonly Piece[], horizon: Interval): ReadonlySet<string> {
  const later = new Set(pieces.filter((piece) => isBeyond(piece, horizon)).map(({ item }) => item));
  for (let before = -1; before < later.size; ) {
    before = later.size;
    for (const { item, after, deadline } of pieces) {
      if (deadline === null && after.some((other) => later.has(other))) later.add(item);
    }
  }
  return later;
}

/** Half a year from the day on; design.md section 10. */
export function horizonFrom(asOf: Day, weeks = 26): Interval {
  return { from: asOf, until: addDays(asOf, weeks * 7) };
}
