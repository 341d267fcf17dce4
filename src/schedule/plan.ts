import type { Upgrade } from '../domain/config.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import { type Interval, lastDay } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { Hold, Plan, Refusal, Unplaced } from '../domain/plan.ts';
import { collisionProbability } from '../policy/collision.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../policy/rule.ts';
import { refusals } from '../policy/rules.ts';
import { compareLines } from '../versioning/scheme.ts';
import { type BoundedItem, type Bounds, levelsProven, levelsWithBounds } from './bounds.ts';
import { completeChain } from './complete-chain.ts';
import { blockersOf } from './explain.ts';
import { decidedPlaces } from './fixed.ts';
import { type Exposed, holdDays, placeWithHolds, sayHold, serve } from './holds.ts';
import type { Hop, HopResult } from './hop.ts';
import { compareObjectives, type Objective } from './objective.ts';
import { type Option, optionsFor } from './options.ts';
import { type HopOptions, judgeHop, type PlacedHop } from './placement.ts';
import { type Prices, sprintPrices } from './prices.ts';
import { movedBy, type Previous, refine, type Work } from './refine.ts';
import { completingWindow, fixedWindow, hopWindows, lateness, modelWindow, waitsOf } from './windows.ts';

export interface PlanInput {
  readonly facts: Omit<RuleFacts, 'placed' | 'unplaced'>;
  readonly models: readonly Piece[];
  readonly hops: readonly HopResult[];
  readonly horizon: Interval;
  readonly observedThrough: Plan['observedThrough'];
  /** Where the plan before had its proposals; absent: there is none. */
  readonly previous?: Previous;
}

/**
 * A first planner: each engine upgrade takes the start that leaves the best whole plan, model changes take the calmest day in the order of
 * their priority. Levels are compared in order; optimality is not proven and `bound` says so. Pure and deterministic.
 */
export function makePlan(given: PlanInput): Plan {
  let input = given;
  const { horizon } = input;
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

  const context: Context = {
    input,
    models: input.models
      .filter((piece) => !settledPieces.has(piece.id))
      .map((piece) => ({
        piece,
        options: optionsFor(piece, horizon, { ...input.facts, placed: [], unplaced: new Set() }),
      })),
    fixed: fixed.filter((place) => !place.replaced).map((place) => place.placed),
    completing: [],
    lost: new Set(impossible.map((result) => result.item)),
    givenUp: [...impossible],
    later: new Set(everything.filter((piece) => isBeyond(piece, horizon)).map(({ item }) => item)),
  };

  let chosen: readonly PlacedHop[] = [];
  const unplacedHops: Unplaced[] = [];
  const completing: { readonly hop: Hop; readonly candidate: Candidate }[] = [];
  for (const hop of hops.toSorted(byUrgency)) {
    const options = hopOptions(hop, context);
    if (settled.has(hop.item)) {
      const { candidates, missing } = completeChain(hop, context.fixed, options, factsWith(context, chosen));
      completing.push(...candidates.map((candidate) => ({ hop, candidate })));
      context.completing.push(...candidates.map(toPlaced));
      if (missing !== null) {
        unplacedHops.push(missing);
        context.givenUp.push(hop);
      }
      continue;
    }
    let best: Attempt | null = null;
    for (const option of options.binaries) {
      if (option.refused.length > 0) continue;
      const { placed } = judgeHop(hop, option, options, factsWith(context, chosen));
      if (placed === null) continue;
      const attempt = tryModels(context, [...chosen, placed]);
      if (best === null || compareObjectives(attempt.objective, best.objective) < 0) best = attempt;
    }
    const without = tryModels({ ...context, lost: new Set([...context.lost, hop.item]) }, chosen, [hop]);
    if (best !== null && compareObjectives(best.objective, without.objective) <= 0) {
      chosen = best.hops;
      continue;
    }
    context.lost.add(hop.item);
    context.givenUp.push(hop);
    unplacedHops.push(explainHop(hop, options, factsWith(context, chosen)));
  }

  const { attempt: greedy, bound: leastRisk } = priced(context, chosen);
  const { attempt: plain, complete } = arranged(context, greedy, givenUpOf(context));
  const { attempt: final, exposed, holds, needs } = holdFor(context, plain, decided);
  const facts = { ...final.facts, exposed, placed: [...final.facts.placed, ...final.placed.map(toPlaced)] };
  const windows = [
    ...fixed.map((place) => fixedWindow(place, fixed, facts)),
    ...completing.map(({ hop, candidate }) => completingWindow(hop, candidate, facts)),
    ...chosen.flatMap((hop) => hopWindows(hop, facts)),
    ...final.placed.map((candidate) => modelWindow(candidate, optionsOf(candidate, context), facts)),
  ]
    .map((window) => ({ ...window, needs: [...window.needs, ...(needs.get(window.id) ?? [])] }))
    .toSorted((a, b) => compareText(a.from, b.from) || compareText(a.id, b.id));
  const missing = [...impossible.map(impossibleItem), ...unplacedHops, ...final.unplaced];
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

/** The model changes of the context as work to be arranged. */
function workOf(context: Context): readonly Work[] {
  return [...Map.groupBy(context.models, ({ piece }) => piece.item)].map(([item, pieces]) => ({
    item,
    priority: pieces[0]?.piece.priority ?? 3,
    later: context.later.has(item),
    pieces,
  }));
}

/** The best of the arrangements that prices on crowded sprints lead to, and a sum of risks that none beats. */
function priced(context: Context, hops: readonly PlacedHop[]): { readonly attempt: Attempt; readonly bound: number } {
  let best = tryModels(context, hops);
  const limit = context.input.facts.config.team.sprint.capacity;
  const work = workOf(context);
  const left = (placed: readonly Placed[]) => {
    const used = new Map<number, number>();
    for (const { sprint, piece } of placed) used.set(sprint.number, (used.get(sprint.number) ?? 0) + piece.effort);
    return (sprint: number) => (limit === null ? null : Math.max(0, limit - (used.get(sprint) ?? 0)));
  };
  const { prices } = sprintPrices(work, left(best.facts.placed), best.objective.risk);
  for (const price of limit === null ? [] : prices) {
    const attempt = tryModels(context, hops, [], price);
    if (compareObjectives(attempt.objective, best.objective) < 0) best = attempt;
  }
  // What upgrades take of a sprint is a choice too: only decided work counts against the bound.
  const { bound } = sprintPrices(work, left(context.fixed), best.objective.risk);
  const lifted = context.input.facts.config.exceptions.some(({ rule }) => rule === 'capacity');
  return { attempt: best, bound: lifted ? 0 : bound };
}

/** The best arrangement of the model changes around the upgrades as they are placed, and whether that is certain. */
function arranged(
  context: Context,
  greedy: Attempt,
  givenUp: Objective['unplaced'],
): { readonly attempt: Attempt; readonly complete: boolean } {
  const work = workOf(context);
  const { asOf } = context.input.facts;
  const upgrades = greedy.hops.reduce(
    (total, { hop, disruption }) => total + (6 - hop.upgrade.priority) * daysBetween(asOf, disruption.from),
    0,
  );
  const kept = greedy.hops.flatMap(({ candidates }) => candidates);
  const moved = kept.reduce((total, one) => total + movedBy(one, context.input.previous ?? NOWHERE), 0);
  const base: Objective = { ...greedy.objective, unplaced: givenUp, risk: 0, moved, start: upgrades };
  const facts: RuleFacts = { ...greedy.facts, unplaced: context.lost };
  const lost = new Set([...context.lost, ...greedy.unplaced.map(({ item }) => item)]);
  const begin = { placed: greedy.placed as readonly Option[], unplaced: lost, objective: greedy.objective };
  const found = refine(work, facts, base, begin, context.input.previous ?? NOWHERE);
  if (compareObjectives(found.objective, greedy.objective) >= 0) return { attempt: greedy, complete: found.complete };
  const all: RuleFacts = {
    ...greedy.facts,
    placed: [...greedy.facts.placed, ...found.placed.map(toPlaced)],
    unplaced: found.unplaced,
  };
  const unplaced = work.flatMap(({ item, pieces: [first] }) =>
    found.unplaced.has(item) && first !== undefined
      ? [entry(first.piece, blockersOf(first.piece, first.options, all))]
      : [],
  );
  const attempt = { ...greedy, placed: found.placed, unplaced, objective: found.objective };
  return { attempt, complete: found.complete };
}

/** Work is without a place only because of releases of a package that a hold could keep away. */
function holdsCouldHelp(context: Context, { unplaced }: Attempt): boolean {
  return unplaced.some(({ store }) =>
    (context.input.facts.exposed.get(store) ?? []).some(
      ({ exposure }) => exposure.watch === 'reach' && !exposure.closed,
    ),
  );
}

/** Upgrades without a place, by priority. */
function givenUpOf(context: Context): Objective['unplaced'] {
  const classes: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (const { item, upgrade } of context.givenUp) {
    if (!context.later.has(item)) classes[upgrade.priority - 1] = (classes[upgrade.priority - 1] ?? 0) + 1;
  }
  return classes;
}

/** The model changes that still look for a place. */
function boundedItems(context: Context): readonly BoundedItem[] {
  return [...Map.groupBy(context.models, ({ piece }) => piece.item)]
    .filter(([item]) => !context.later.has(item))
    .map(([, phases]) => {
      const [first] = phases;
      const exposed = context.input.facts.exposed.get(first?.piece.store ?? '') ?? [];
      return {
        priority: first?.piece.priority ?? 3,
        holdable: exposed.some(({ exposure }) => exposure.watch === 'reach' && !exposure.closed),
        pieces: phases.map(({ options }) => options),
      };
    });
}

/** What upgrades and impossible work contribute: their places were chosen first, and are not proven to be the best. */
function fixedShare(context: Context, final: Attempt, chosen: readonly PlacedHop[]): Bounds {
  const unplaced = [0, 0, 0, 0, 0];
  const impossible = new Set(
    context.input.hops.flatMap((result) => (result.kind === 'impossible' ? [result.item] : [])),
  );
  for (const { item, upgrade } of context.givenUp) {
    // An upgrade that found no place beside the others might have found one.
    if (impossible.has(item) && !context.later.has(item))
      unplaced[upgrade.priority - 1] = (unplaced[upgrade.priority - 1] ?? 0) + 1;
  }
  const { asOf } = context.input.facts;
  const start = chosen.reduce((sum, { hop, binaries }) => {
    const first = binaries.find(({ refused }) => refused.length === 0);
    return sum + (first === undefined ? 0 : (6 - hop.upgrade.priority) * daysBetween(asOf, first.window.from));
  }, 0);
  // Lateness of an upgrade alone: from its first possible day to the end of its soak.
  const daysLate = final.objective.daysLate === 0 ? 0 : chosen.reduce((sum, one) => sum + leastLate(one), 0);
  return { unplaced, daysLate, holdDays: 0, risk: 0, start };
}

/** Days late an upgrade is even on the first day that the rules looking at it alone allow. */
function leastLate({ hop, binaries, disruption }: PlacedHop): number {
  const first = binaries.find(({ refused }) => refused.length === 0);
  if (first === undefined) return 0;
  const shift = daysBetween(first.window.from, disruption.from);
  const least = hop.burnIn + hop.soak + daysBetween(first.window.from, first.window.until);
  const length = daysBetween(disruption.from, disruption.until);
  return Math.max(0, lateness(hop, disruption) - shift - Math.max(0, length - least));
}

interface Held {
  readonly exposed: Exposed;
  readonly holds: readonly Hold[];
  /** What each window needs, by its id. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

/** Holds that decided windows need to stay calm: they were accepted with them. */
function holdsOfDecided({ facts }: PlanInput, pieces: readonly Piece[]): Held {
  let exposed: Exposed = facts.exposed;
  const holds: Hold[] = [];
  const needs = new Map<string, readonly string[]>();
  const all: RuleFacts = { ...facts, placed: [], unplaced: new Set() };
  for (const { item, step, state, from, until } of facts.decisions) {
    const piece = pieces.find((one) => one.item === item && one.step === step && one.kind === 'model');
    if (piece === undefined || (state !== 'accepted' && state !== 'pinned') || until <= facts.asOf) continue;
    const served = serve(piece.store, { from, until }, exposed, all);
    if (served === null || served.holds.length === 0) continue;
    exposed = served.exposed;
    holds.push(...served.holds);
    needs.set(
      piece.id,
      served.holds.map((hold) => sayHold(hold, lastDay)),
    );
  }
  return { exposed, holds, needs };
}

/** Tries to place what only the vendors' releases keep out by holding packages; design.md section 6. */
function holdFor(context: Context, plain: Attempt, decided: Held): Held & { readonly attempt: Attempt } {
  let exposed = decided.exposed;
  const holds = [...decided.holds];
  const needs = new Map(decided.needs);
  let placed: readonly Candidate[] = plain.placed;
  const saved = new Set<string>();
  const phases = Map.groupBy(context.models, ({ piece }) => piece.item);
  for (const { item, blockers } of plain.unplaced) {
    if (context.later.has(item) || !blockers.some(({ rule }) => rule === 'patch-only')) continue;
    const unplaced = new Set(
      plain.unplaced.map((entry) => entry.item).filter((other) => other !== item && !saved.has(other)),
    );
    const trial = {
      exposed,
      holds: [] as Hold[],
      placed: [] as Candidate[],
      needs: [] as [string, readonly string[]][],
    };
    const whole = (phases.get(item) ?? []).every(({ options }) => {
      const now = [...placed, ...trial.placed];
      const facts: RuleFacts = {
        ...plain.facts,
        exposed: trial.exposed,
        placed: [...plain.facts.placed, ...now.map(toPlaced)],
        unplaced,
      };
      const found = placeWithHolds(options, now, trial.exposed, facts);
      if (found === null) return false;
      trial.exposed = found.exposed;
      trial.holds.push(...found.holds);
      trial.placed.push({ ...found.option, risk: found.risk });
      if (found.holds.length > 0)
        trial.needs.push([found.option.piece.id, found.holds.map((hold) => sayHold(hold, lastDay))]);
      return true;
    });
    if (!whole) continue;
    exposed = trial.exposed;
    holds.push(...trial.holds);
    placed = [...placed, ...trial.placed];
    for (const [id, texts] of trial.needs) needs.set(id, texts);
    saved.add(item);
  }
  if (saved.size === 0 && holds.length === 0) return { attempt: plain, exposed, holds, needs };
  const { margins, asOf } = plain.facts;
  const judged = placed.map((one) => ({
    ...one,
    risk: collisionProbability(exposed.get(one.piece.store) ?? [], one.window, margins),
  }));
  const unplaced = plain.unplaced.filter(({ item }) => !saved.has(item));
  const classes: [number, number, number, number, number] = [...plain.objective.unplaced];
  for (const item of saved) {
    const priority = phases.get(item)?.[0]?.piece.priority ?? 3;
    classes[priority - 1] = (classes[priority - 1] ?? 1) - 1;
  }
  const added = judged.slice(plain.placed.length);
  const objective: Objective = {
    ...plain.objective,
    unplaced: classes,
    holdDays: holdDays(holds),
    risk: judged.reduce((sum, one) => sum + millionths(one.risk), 0),
    start: added.reduce(
      (sum, { piece, window }) => sum + (6 - piece.priority) * daysBetween(asOf, window.from),
      plain.objective.start,
    ),
  };
  return { attempt: { ...plain, placed: judged, unplaced, objective }, exposed, holds, needs };
}

interface Context {
  readonly input: PlanInput;
  readonly models: readonly { readonly piece: Piece; readonly options: readonly Option[] }[];
  readonly fixed: readonly Placed[];
  /** Steps proposed around decided ones; grows while the upgrades are placed. */
  readonly completing: Placed[];
  /** Items without a place; grows while the upgrades are placed. */
  readonly lost: Set<string>;
  /** Upgrades that have no place, which counts in every comparison; grows while the upgrades are placed. */
  readonly givenUp: { readonly item: string; readonly upgrade: Upgrade }[];
  /** Items due beyond the horizon: without a place they wait, and count nowhere. */
  readonly later: ReadonlySet<string>;
}

interface Attempt {
  readonly hops: readonly PlacedHop[];
  readonly placed: readonly Candidate[];
  readonly unplaced: readonly Unplaced[];
  readonly facts: RuleFacts;
  readonly objective: Objective;
}

function factsWith(context: Context, hops: readonly PlacedHop[]): RuleFacts {
  return {
    ...context.input.facts,
    placed: [...context.fixed, ...context.completing, ...hops.flatMap((hop) => hop.steps)],
    unplaced: context.lost,
  };
}

function optionsOf({ piece }: Candidate, context: Context): readonly Option[] {
  return context.models.find((model) => model.piece.id === piece.id)?.options ?? [];
}

/** Places the model changes one after another around the given upgrades. `given up` counts as unplaced beside them. */
function tryModels(
  context: Context,
  hops: readonly PlacedHop[],
  givenUp: readonly Hop[] = [],
  prices: Prices = NO_PRICES,
): Attempt {
  const base = factsWith(context, hops);
  const placed: Candidate[] = [];
  const unplaced: Unplaced[] = [];
  const byPriority: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  const count = (item: string, priority: number) => {
    if (context.later.has(item)) return;
    byPriority[priority - 1] = (byPriority[priority - 1] ?? 0) + 1;
  };
  const lost = new Set(context.lost);
  const previous = context.input.previous ?? NOWHERE;
  let risk = 0;
  let moved = 0;
  let start = 0;
  for (const phases of Map.groupBy(context.models, ({ piece }) => piece.item).values()) {
    // A change of which one phase has no place is not begun.
    const whole: Option[] = [];
    for (const { piece, options } of phases) {
      const known = [...base.placed, ...placed.map(toPlaced), ...whole.map(toPlaced)];
      const facts: RuleFacts = { ...base, placed: known, unplaced: lost };
      let best: Option | null = null;
      for (const option of options) {
        if (option.refused.length > 0) continue;
        if (best !== null && !isBetter(option, best, previous, prices)) continue;
        if (refusals(option, facts, 'others').length === 0) best = option;
      }
      if (best === null) {
        lost.add(piece.item);
        count(piece.item, piece.priority);
        unplaced.push(entry(piece, blockersOf(piece, options, facts)));
        whole.length = 0;
        break;
      }
      whole.push(best);
    }
    for (const option of whole) {
      placed.push(option);
      risk += millionths(option.risk);
      moved += movedBy(option, previous);
      start += (6 - option.piece.priority) * daysBetween(context.input.facts.asOf, option.window.from);
    }
  }
  let daysLate = 0;
  for (const hop of hops) {
    daysLate += lateness(hop.hop, hop.disruption);
    for (const candidate of hop.candidates) moved += movedBy(candidate, previous);
    start += (6 - hop.hop.upgrade.priority) * daysBetween(context.input.facts.asOf, hop.disruption.from);
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

const NOWHERE: Previous = new Map();
const NO_PRICES: Prices = new Map();

/** Calmer, or as calm and where the plan before had it. Options come in order of time, so that the earliest of equals stays. */
function isBetter(option: Option, best: Option, previous: Previous, prices: Prices): boolean {
  const [a, b] = [option, best].map(
    ({ risk, sprint, piece }) => millionths(risk) + (prices.get(sprint.number) ?? 0) * piece.effort,
  ) as [number, number];
  return a < b || (a === b && movedBy(option, previous) < movedBy(best, previous));
}

function stepsOf(hop: Hop): readonly Piece[] {
  return [...hop.before, hop.prepare, hop.binaries, ...(hop.fcv === null ? [] : [hop.fcv])];
}

function hopOptions(hop: Hop, context: Context): HopOptions {
  const facts: RuleFacts = { ...context.input.facts, placed: [], unplaced: new Set() };
  const options = (piece: Piece | null) => (piece === null ? [] : optionsFor(piece, context.input.horizon, facts));
  return {
    before: hop.before.map(options),
    prepare: options(hop.prepare),
    binaries: options(hop.binaries),
    fcv: options(hop.fcv),
  };
}

function explainHop(hop: Hop, options: HopOptions, facts: RuleFacts): Unplaced {
  const judged = options.binaries.map((option) => ({
    ...option,
    refused: judgeHop(hop, option, options, facts).refused,
  }));
  return { ...entry(hop.binaries, blockersOf(hop.binaries, judged, facts)), title: hop.title };
}

function entry(piece: Piece, blockers: readonly Refusal[]): Unplaced {
  const { item, title, kind, store } = piece;
  return { item, title, kind, store, blockers, relaxations: [] };
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

function toPlaced(candidate: Candidate): Placed {
  return { piece: candidate.piece, window: candidate.window, sprint: candidate.sprint, disruption: null };
}

/** Due, or allowed to start, only after the horizon. */
function isBeyond({ deadline, notBefore }: Piece, horizon: Interval): boolean {
  return (deadline ?? '') >= horizon.until || (notBefore ?? '') >= horizon.until;
}

function millionths(risk: number): number {
  return Math.round(risk * 1_000_000);
}

/** By priority, but never before the hop it comes after: lines ascend within a chain. */
function byUrgency(a: Hop, b: Hop): number {
  return (
    a.upgrade.priority - b.upgrade.priority ||
    compareText(a.upgrade.store, b.upgrade.store) ||
    compareLines(a.upgrade.to, b.upgrade.to)
  );
}

/** Half a year from the day on; design.md section 10. */
export function horizonFrom(asOf: Day, weeks = 26): Interval {
  return { from: asOf, until: addDays(asOf, weeks * 7) };
}
