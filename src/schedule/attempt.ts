import type { Upgrade } from '../domain/config.ts';
import { daysBetween } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import type { Plan, Refusal, Unplaced } from '../domain/plan.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../policy/rule.ts';
import { refusals } from '../policy/rules.ts';
import { blockersOf } from './explain.ts';
import type { Hop, HopResult } from './hop.ts';
import type { Objective } from './objective.ts';
import { type Option, toPlaced } from './options.ts';
import type { PlacedHop } from './placement.ts';
import type { Prices } from './prices.ts';
import { movedBy, type Previous } from './refine.ts';
import { lateness } from './windows.ts';

export interface PlanInput {
  readonly facts: Omit<RuleFacts, 'placed' | 'unplaced'>;
  readonly models: readonly Piece[];
  readonly hops: readonly HopResult[];
  readonly horizon: Interval;
  readonly observedThrough: Plan['observedThrough'];
  /** Where the plan before had its proposals; absent: there is none. */
  readonly previous?: Previous;
}

/** What is known while a plan is made. */
export interface Context {
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

/** One arrangement of the model changes around upgrades that have their place. */
export interface Attempt {
  readonly hops: readonly PlacedHop[];
  readonly placed: readonly Candidate[];
  readonly unplaced: readonly Unplaced[];
  readonly facts: RuleFacts;
  readonly objective: Objective;
}

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

export const NOWHERE: Previous = new Map();
export const NO_PRICES: Prices = new Map();

/** Calmer, or as calm and where the plan before had it. Options come in order of time, so that the earliest of equals stays. */
function isBetter(option: Option, best: Option, previous: Previous, prices: Prices): boolean {
  const [a, b] = [option, best].map(
    ({ risk, sprint, piece }) => millionths(risk) + (prices.get(sprint.number) ?? 0) * piece.effort,
  ) as [number, number];
  return a < b || (a === b && movedBy(option, previous) < movedBy(best, previous));
}

export function entry(piece: Piece, blockers: readonly Refusal[]): Unplaced {
  const { item, title, kind, store } = piece;
  return { item, title, kind, store, blockers, relaxations: [] };
}

export function millionths(risk: number): number {
  return Math.round(risk * 1_000_000);
}
