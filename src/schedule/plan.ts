import type { Upgrade } from '../domain/config.ts';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import { compareText } from '../domain/order.ts';
import type { Plan, Refusal, Unplaced } from '../domain/plan.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../policy/rule.ts';
import { refusals } from '../policy/rules.ts';
import { compareLines } from '../versioning/scheme.ts';
import { completeChain } from './complete-chain.ts';
import { blockersOf } from './explain.ts';
import { decidedPlaces } from './fixed.ts';
import type { Hop, HopResult } from './hop.ts';
import { compareObjectives, levelsOf, type Objective } from './objective.ts';
import { type Option, optionsFor } from './options.ts';
import { type HopOptions, judgeHop, type PlacedHop } from './placement.ts';
import { completingWindow, fixedWindow, hopWindows, lateness, modelWindow, waitsOf } from './windows.ts';

export interface PlanInput {
  readonly facts: Omit<RuleFacts, 'placed' | 'unplaced'>;
  readonly models: readonly Piece[];
  readonly hops: readonly HopResult[];
  readonly horizon: Interval;
  readonly observedThrough: Plan['observedThrough'];
}

/**
 * A first planner: each engine upgrade takes the start that leaves the best whole plan, model changes take the calmest day in the order of
 * their priority. Levels are compared in order; optimality is not proven and `bound` says so. Pure and deterministic.
 */
export function makePlan(input: PlanInput): Plan {
  const { horizon } = input;
  const hops = input.hops.flatMap((result) => (result.kind === 'hop' ? [result.hop] : []));
  const impossible = input.hops.flatMap((result) => (result.kind === 'impossible' ? [result] : []));
  const everything = [...input.models, ...hops.flatMap(stepsOf)];
  const fixed = decidedPlaces(input.facts.decisions, everything, hops, input.facts);
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

  const final = tryModels(context, chosen);
  const facts = { ...final.facts, placed: [...final.facts.placed, ...final.placed.map(toPlaced)] };
  const windows = [
    ...fixed.map((place) => fixedWindow(place, fixed, facts)),
    ...completing.map(({ hop, candidate }) => completingWindow(hop, candidate, facts)),
    ...chosen.flatMap((hop) => hopWindows(hop, facts)),
    ...final.placed.map((candidate) => modelWindow(candidate, optionsOf(candidate, context), facts)),
  ].toSorted((a, b) => compareText(a.from, b.from) || compareText(a.id, b.id));
  const missing = [...impossible.map(impossibleItem), ...unplacedHops, ...final.unplaced];
  const isLater = (item: string) => context.later.has(item);
  return {
    asOf: input.facts.asOf,
    horizon,
    observedThrough: input.observedThrough,
    windows,
    waits: [...chosen.flatMap(waitsOf), ...fixed.flatMap((place) => place.waits)],
    holds: [],
    unplaced: missing.filter((entry) => !isLater(entry.item)).toSorted((a, b) => compareText(a.item, b.item)),
    later: missing
      .filter((entry) => isLater(entry.item))
      .map((entry) => entry.item)
      .toSorted(compareText),
    objective: levelsOf(final.objective),
  };
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
function tryModels(context: Context, hops: readonly PlacedHop[], givenUp: readonly Hop[] = []): Attempt {
  const base = factsWith(context, hops);
  const placed: Candidate[] = [];
  const unplaced: Unplaced[] = [];
  const byPriority: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  const count = (item: string, priority: number) => {
    if (context.later.has(item)) return;
    byPriority[priority - 1] = (byPriority[priority - 1] ?? 0) + 1;
  };
  const lost = new Set(context.lost);
  let risk = 0;
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
        if (best !== null && millionths(option.risk) >= millionths(best.risk)) continue;
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
      start += (6 - option.piece.priority) * daysBetween(context.input.facts.asOf, option.window.from);
    }
  }
  let daysLate = 0;
  for (const hop of hops) {
    daysLate += lateness(hop.hop, hop.disruption);
    start += (6 - hop.hop.upgrade.priority) * daysBetween(context.input.facts.asOf, hop.disruption.from);
  }
  for (const { item, upgrade } of [...context.givenUp, ...givenUp]) count(item, upgrade.priority);
  return {
    hops,
    placed,
    unplaced,
    facts: base,
    objective: { unplaced: byPriority, daysLate, holdDays: 0, risk, start },
  };
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
