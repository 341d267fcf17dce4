import { addDays, daysBetween } from '../../domain/day.ts';
import { compareText } from '../../domain/order.ts';
import type { Piece, RuleFacts } from '../../policy/rule.ts';
import { compareLines } from '../../versioning/scheme.ts';
import { PER_DAY, weightOf } from '../places/cost.ts';
import type { FixedPlace } from '../places/decided.ts';
import {
  type DecidedSteps,
  type HopOptions,
  judgeHop,
  lateness,
  noOtherPlace,
  type PlacedHop,
} from '../places/hop-at.ts';
import { type Option, optionsFor } from '../places/starts.ts';
import type { Hop } from '../work/hop.ts';
import { stepsOf } from '../work/hop-order.ts';
import { tryModels } from './greedy.ts';
import { leastAlone } from './item.ts';
import { compareObjectives, type Objective, withUnplaced } from './objective.ts';
import { type Attempt, type Context, factsWith, withHop, withoutHop } from './search.ts';

/** The upgrades with their places. */
export interface PlacedUpgrades {
  readonly context: Context;
  /** Accepted steps, by id, that could not stay where they were beside other steps of their upgrade. */
  readonly released: ReadonlySet<string>;
}

/**
 * Gives each upgrade the place that leaves the best whole plan, one after another (greedy): by priority, then by the day it is due. One that
 * finds no place so comes first in another round, and the better plan is kept: what came before it may only have taken its days. Pure.
 * @param moving items of which an accepted step breaks a rule.
 */
export function placeUpgrades(hops: readonly Hop[], context: Context, moving: ReadonlySet<string>): PlacedUpgrades {
  let best = placeInOrder(inOrder(hops), context, moving);
  if (context.input.quick === true) return best;
  const favoured = new Set<string>();
  for (let lost = lostOf(best, favoured); lost !== undefined; lost = lostOf(best, favoured)) {
    favoured.add(lost);
    const other = placeInOrder(inOrder(hops, favoured), context, moving);
    if (compareObjectives(worth(other), worth(best)) < 0) best = other;
  }
  return best;
}

function worth({ context }: PlacedUpgrades): Objective {
  return tryModels(context).objective;
}

/** An upgrade without a place that has not come first yet. */
function lostOf({ context }: PlacedUpgrades, favoured: ReadonlySet<string>): string | undefined {
  return context.lostHops.find(({ hop: { item } }) => !favoured.has(item) && !context.later.has(item))?.hop.item;
}

function placeInOrder(hops: readonly Hop[], start: Context, moving: ReadonlySet<string>): PlacedUpgrades {
  let context = start;
  const released = new Set<string>();
  const fixed = new Set(start.fixed.map(({ placed }) => placed.piece.id));
  // Where the binaries run or are decided, the rest of the upgrade says until when others have to wait.
  const underWay = hops.filter(({ binaries }) => fixed.has(binaries.id));
  for (const hop of [...underWay, ...hops.filter((one) => !underWay.includes(one))]) {
    const decided = context.fixed.filter(({ placed }) => placed.piece.item === hop.item);
    const stuck = placeOne(hop, decided, context);
    if (!moving.has(hop.item) || !isStuck(stuck, hop) || decided.every((place) => !isReleasable(place))) {
      context = stuck;
      continue;
    }
    // One step cannot stay, and those accepted beside it leave it no place: then all of the upgrade is proposed anew.
    const kept = decided.filter((place) => !isReleasable(place));
    const others = context.fixed.filter((place) => !decided.includes(place) || kept.includes(place));
    const anew = placeOne(hop, kept, { ...context, fixed: others });
    if (isStuck(anew, hop)) context = stuck;
    else {
      context = anew;
      for (const place of decided) if (isReleasable(place)) released.add(place.placed.piece.id);
    }
  }
  return { context, released };
}

function isReleasable({ decision, past }: FixedPlace): boolean {
  return decision.state === 'accepted' && !past;
}

function isStuck({ hops, lostHops }: Context, { item }: Hop): boolean {
  return (
    lostHops.some(({ hop }) => hop.item === item) || hops.some((one) => one.hop.item === item && one.missing.length > 0)
  );
}

/** The context with the best place of one upgrade, or without it. */
function placeOne(hop: Hop, decided: readonly FixedPlace[], context: Context): Context {
  const options = hopOptions(hop, context);
  const standing = decided.map(({ placed }) => [placed.piece.id, placed] as const);
  const steps: DecidedSteps = new Map(standing);
  const facts = factsOf(hop, context);
  const lost = () => withoutHop(context, { hop, upgrade: hop.upgrade, options, steps, facts });
  const binaries = steps.get(hop.binaries.id);
  if (binaries !== undefined) {
    // Steps that break a rule and have no other place stay in the calendar, as the binaries do.
    const stuck = context.stuck.filter(({ piece }) => piece.item === hop.item);
    const left: DecidedSteps = new Map([...standing, ...stuck.map((one) => [one.piece.id, one] as const)]);
    const { placed } = judgeHop(hop, binaries, options, left, facts);
    if (placed === null) return lost();
    const missing = [...placed.missing, ...stuck.map(({ piece }) => noOtherPlace(piece, hop))];
    return withHop(context, { ...placed, missing });
  }
  const best = bestStart(hop, options, steps, facts, context);
  if (best === null) return lost();
  if (steps.size > 0) return withHop(context, best.placed);
  const without = tryModels(lost());
  return isWorthIt(best.attempt, without, context.later.has(hop.item)) ? withHop(context, best.placed) : lost();
}

/** Everything placed, with the decided steps of the hop itself among it. */
function factsOf(hop: Hop, context: Context): RuleFacts {
  const facts = factsWith(context);
  const unplaced = new Set([...facts.unplaced].filter((item) => item !== hop.item));
  const placed = facts.placed.filter((one) => one.piece.item !== hop.item || !context.stuck.includes(one));
  return { ...facts, placed, unplaced };
}

interface BestStart {
  readonly placed: PlacedHop;
  readonly attempt: Attempt;
}

/** The start of the binaries that leaves the best whole plan; starts that cannot be better are not tried. */
function bestStart(
  hop: Hop,
  options: HopOptions,
  steps: DecidedSteps,
  facts: RuleFacts,
  context: Context,
): BestStart | null {
  let best: BestStart | null = null;
  const floor = floorOfModels(context);
  for (const option of startsOf(hop, options, context)) {
    if (option.refused.length > 0) continue;
    if (best !== null && compareObjectives(leastWith(hop, option, floor, context), best.attempt.objective) >= 0) break;
    const { placed } = judgeHop(hop, option, options, steps, facts);
    if (placed === null) continue;
    const attempt = tryModels(withHop(context, placed));
    if (attempt.infeasible) continue;
    if (best === null || compareObjectives(attempt.objective, best.attempt.objective) < 0) best = { placed, attempt };
    if (context.input.quick === true) break;
  }
  return best;
}

/** What everything but this upgrade adds to the levels at least. */
function floorOfModels(context: Context): Objective {
  const alone: RuleFacts = { ...context.input.facts, placed: [], unplaced: new Set() };
  let { unplaced, cost, ...others } = tryModels({ ...context, work: [] }).objective;
  for (const work of context.work) {
    const least = leastAlone(work, alone);
    if (least === null) {
      if (!work.later) unplaced = withUnplaced(unplaced, work.priority, 1);
    } else if (!work.later) cost += least;
  }
  return { ...others, unplaced, cost, moved: 0 };
}

/** The least of each level with the binaries on that day or later: days late and cost grow with the day. */
function leastWith(hop: Hop, { window }: Option, floor: Objective, { input }: Context): Objective {
  const burntIn = addDays(window.until, hop.burnIn);
  const raised = hop.fcv === null ? burntIn : addDays(burntIn, hop.fcv.days);
  const disruption = { from: window.from, until: addDays(raised, hop.soak) };
  const late = hop.binaries.after.length === 0 ? lateness(hop, disruption, null, input.horizon.until) : 0;
  const end = hop.fcv === null ? window.until : raised;
  const days = Math.max(0, daysBetween(input.facts.asOf, end));
  const cost = floor.cost + weightOf(hop.upgrade.priority) * days * PER_DAY;
  return { ...floor, daysLate: floor.daysLate + late, cost };
}

/** An upgrade due beyond the horizon costs nothing while it waits: it takes what room there is, but no work's place and no calm. */
function isWorthIt({ objective }: Attempt, without: Attempt, later: boolean): boolean {
  if (!later) return compareObjectives(objective, without.objective) <= 0;
  const { moved, cost, daysLate } = without.objective;
  return compareObjectives({ ...objective, moved, cost, daysLate }, without.objective) <= 0;
}

/**
 * The upgrades in the order in which they are placed: favoured ones first, then by priority, by the day they are due, by store; never before
 * the hop they come after, for lines ascend within a chain.
 */
function inOrder(hops: readonly Hop[], favoured: ReadonlySet<string> = new Set()): readonly Hop[] {
  const chains = [...Map.groupBy(hops, ({ upgrade }) => upgrade.store).values()].map((chain) =>
    chain.toSorted((a, b) => compareLines(a.upgrade.to, b.upgrade.to)),
  );
  // A chain is as urgent as the most urgent of what is left of it.
  const isFavoured = (chain: readonly Hop[]) => chain.some(({ item }) => favoured.has(item));
  const priority = (chain: readonly Hop[]) => Math.min(...chain.map(({ upgrade }) => upgrade.priority));
  const due = (chain: readonly Hop[]) => chain.flatMap(({ upgrade }) => upgrade.by ?? []).sort()[0] ?? null;
  const ordered: Hop[] = [];
  while (chains.some((chain) => chain.length > 0)) {
    const next = chains
      .filter((chain) => chain.length > 0)
      .toSorted(
        (a, b) =>
          Number(isFavoured(b)) - Number(isFavoured(a)) ||
          priority(a) - priority(b) ||
          compareDue(due(a), due(b)) ||
          compareText(a[0]?.upgrade.store ?? '', b[0]?.upgrade.store ?? ''),
      )[0];
    const hop = next?.shift();
    if (hop !== undefined) ordered.push(hop);
  }
  return ordered;
}

/** What is due comes before what is not. */
function compareDue(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareText(a, b);
}

function hopOptions(hop: Hop, context: Context): HopOptions {
  const facts: RuleFacts = { ...context.input.facts, placed: [], unplaced: new Set() };
  const options = (piece: Piece) => optionsFor(piece, context.input.horizon, facts);
  return new Map(stepsOf(hop).map((piece) => [piece.id, options(piece)]));
}

/** Days on which new binaries could come, in the order in which they are tried. */
function startsOf(hop: Hop, options: HopOptions, { input }: Context): readonly Option[] {
  const binaries = options.get(hop.binaries.id) ?? [];
  const stays = input.quick === true ? input.stay?.get(hop.binaries.id) : undefined;
  if (stays === undefined) return binaries;
  return [...binaries.filter(({ window }) => window.from === stays), ...binaries];
}
