import { compareText } from '../../domain/order.ts';
import type { Unplaced } from '../../domain/plan.ts';
import type { Candidate, Piece, RuleFacts } from '../../policy/rule.ts';
import { compareLines } from '../../versioning/scheme.ts';
import { completeChain } from '../places/around-decided.ts';
import { type HopOptions, judgeHop, type PlacedHop } from '../places/hop-at.ts';
import { type Option, optionsFor, toPlaced } from '../places/starts.ts';
import type { Hop } from '../work/hop.ts';
import { factsWith, tryModels } from './greedy.ts';
import { compareObjectives, type Objective } from './objective.ts';
import type { Attempt, Context } from './search.ts';

/** The upgrades with their places, and what is known of the plan then. */
export interface PlacedHops {
  readonly context: Context;
  readonly chosen: readonly PlacedHop[];
  /** Steps proposed around decided ones of the same upgrade. */
  readonly completing: readonly { readonly hop: Hop; readonly candidate: Candidate }[];
  readonly lost: readonly LostHop[];
  /** Upgrades of which steps are decided and others find no place. */
  readonly unplaced: readonly Unplaced[];
}

/** An upgrade without a place, with all that was known when it found none. */
export interface LostHop {
  readonly hop: Hop;
  readonly options: HopOptions;
  readonly facts: RuleFacts;
}

/**
 * Gives each upgrade the place that leaves the best whole plan, one after another: by priority, then by the day it is due. One that finds no
 * place so comes first in another round, and the better plan is kept: what came before it may only have taken its days. Pure.
 * @param settled items that have decided windows.
 */
export function placeHops(hops: readonly Hop[], settled: ReadonlySet<string>, context: Context): PlacedHops {
  let best = placeInOrder(inOrder(hops), settled, context);
  if (context.input.quick === true) return best;
  const favoured = new Set<string>();
  for (let lost = lostOf(best, favoured); lost !== undefined; lost = lostOf(best, favoured)) {
    favoured.add(lost.item);
    const other = placeInOrder(inOrder(hops, favoured), settled, context);
    if (compareObjectives(worth(other), worth(best)) < 0) best = other;
  }
  return best;
}

function worth({ context, chosen }: PlacedHops): Objective {
  return tryModels(context, chosen).objective;
}

/** An upgrade without a place that has not come first yet. */
function lostOf({ context }: PlacedHops, favoured: ReadonlySet<string>): { readonly item: string } | undefined {
  return context.givenUp.find(
    (one): one is Hop => 'binaries' in one && !favoured.has(one.item) && !context.later.has(one.item),
  );
}

function placeInOrder(hops: readonly Hop[], settled: ReadonlySet<string>, start: Context): PlacedHops {
  const context: Context = {
    ...start,
    completing: [...start.completing],
    lost: new Set(start.lost),
    givenUp: [...start.givenUp],
  };
  const { input } = context;
  let chosen: readonly PlacedHop[] = [];
  const lost: LostHop[] = [];
  const unplaced: Unplaced[] = [];
  const completing: { readonly hop: Hop; readonly candidate: Candidate }[] = [];
  for (const hop of hops) {
    const options = hopOptions(hop, context);
    if (settled.has(hop.item)) {
      const { candidates, missing } = completeChain(hop, context.fixed, options, factsWith(context, chosen));
      completing.push(...candidates.map((candidate) => ({ hop, candidate })));
      context.completing.push(...candidates.map(toPlaced));
      if (missing !== null) {
        unplaced.push(missing);
        context.givenUp.push(hop);
      }
      continue;
    }
    let best: Attempt | null = null;
    for (const option of startsOf(hop, options, context)) {
      if (option.refused.length > 0) continue;
      const { placed } = judgeHop(hop, option, options, factsWith(context, chosen));
      if (placed === null) continue;
      const attempt = tryModels(context, [...chosen, placed]);
      if (best === null || compareObjectives(attempt.objective, best.objective) < 0) best = attempt;
      if (input.quick === true) break;
    }
    const without = tryModels({ ...context, lost: new Set([...context.lost, hop.item]) }, chosen, [hop]);
    if (best !== null && isWorthIt(best, without, context.later.has(hop.item))) {
      chosen = best.hops;
      continue;
    }
    context.lost.add(hop.item);
    context.givenUp.push(hop);
    lost.push({ hop, options, facts: factsWith(context, chosen) });
  }
  return { context, chosen, completing, lost, unplaced };
}

/** An upgrade due beyond the horizon costs nothing while it waits: it takes what room there is, but no work's place and no calm. */
function isWorthIt({ objective }: Attempt, without: Attempt, later: boolean): boolean {
  if (!later) return compareObjectives(objective, without.objective) <= 0;
  const { moved, start } = without.objective;
  return compareObjectives({ ...objective, moved, start }, without.objective) <= 0;
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
  const due = (chain: readonly Hop[]) => chain.map(({ upgrade }) => upgrade.by ?? NEVER).sort()[0] ?? NEVER;
  const ordered: Hop[] = [];
  while (chains.some((chain) => chain.length > 0)) {
    const next = chains
      .filter((chain) => chain.length > 0)
      .toSorted(
        (a, b) =>
          Number(isFavoured(b)) - Number(isFavoured(a)) ||
          priority(a) - priority(b) ||
          compareText(due(a), due(b)) ||
          compareText(a[0]?.upgrade.store ?? '', b[0]?.upgrade.store ?? ''),
      )[0];
    const hop = next?.shift();
    if (hop !== undefined) ordered.push(hop);
  }
  return ordered;
}

const NEVER = '9999-12-31';

/** All work of a hop. */
export function stepsOf(hop: Hop): readonly Piece[] {
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

/** Days on which new binaries could come, in the order in which they are tried. */
function startsOf(hop: Hop, { binaries }: HopOptions, { input }: Context): readonly Option[] {
  if (input.quick !== true) return binaries;
  const stays = input.previous?.get(hop.binaries.id);
  return [...binaries.filter(({ window }) => window.from === stays), ...binaries];
}
