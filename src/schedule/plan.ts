import { addDays, type Day } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { Plan, Unplaced } from '../domain/plan.ts';
import type { Candidate, Piece, RuleFacts } from '../policy/rule.ts';
import { refusals } from '../policy/rules.ts';
import { arranged, givenUpOf, priced } from './arrange.ts';
import { type Context, entry, type Lost, NOWHERE, type PlanInput, squeezed, tryModels } from './attempt.ts';
import { levelsProven, levelsWithBounds } from './bounds.ts';
import { blockersOf } from './explain.ts';
import { decidedPlaces } from './fixed.ts';
import type { HopResult } from './hop.ts';
import { holdFor, holdsCouldHelp, holdsOfDecided } from './keep-calm.ts';
import { type Option, optionsFor, toPlaced } from './options.ts';
import { placeHops, stepsOf } from './place-hops.ts';
import { byWorth, type Work } from './refine.ts';
import { boundedItems, fixedShare } from './shares.ts';
import { completingWindow, fixedWindow, hopWindows, modelWindow, waitsOf } from './windows.ts';

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
  const { context, chosen, completing, unplaced: unplacedHops } = placeHops(hops, settled, start);

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

/** Why an item has no place: the first of its phases that finds none, those before it as early as they can be. */
function explainLost(lost: Lost, work: readonly Work[], facts: RuleFacts): Unplaced {
  const others = { ...facts, unplaced: new Set([...facts.unplaced].filter((item) => item !== lost.piece.item)) };
  const phases = work.find(({ item }) => item === lost.piece.item)?.pieces ?? [];
  const placed = [...facts.placed];
  for (const { piece, options } of phases) {
    const known: RuleFacts = { ...others, placed };
    const first = options.find(
      (option) => option.refused.length === 0 && refusals(option, known, 'others').length === 0,
    );
    if (first === undefined) return entry(piece, blockersOf(piece, options, known));
    placed.push(toPlaced(first));
  }
  return entry(lost.piece, blockersOf(lost.piece, lost.options, facts));
}

function impossibleItem({ item, upgrade, title, breach }: Extract<HopResult, { kind: 'impossible' }>): Unplaced {
  return {
    item,
    title,
    kind: 'engine',
    store: upgrade.store,
    blockers: [{ rule: 'order', item, because: breach.because, facts: breach.facts, freeFrom: null }],
    relaxations: [],
  };
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
