import type { Upgrade } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../../policy/rule.ts';
import type { PlacedHop } from '../places/hop-at.ts';
import type { Option } from '../places/starts.ts';
import type { HopResult } from '../work/hop.ts';
import type { Objective } from './objective.ts';

// What is passed between the parts of the search: nouns only.

export interface PlanInput {
  readonly facts: Omit<RuleFacts, 'placed' | 'unplaced'>;
  readonly models: readonly Piece[];
  readonly hops: readonly HopResult[];
  readonly horizon: Interval;
  readonly observedThrough: Plan['observedThrough'];
  /** Where the plan before had its proposals; absent: there is none. */
  readonly previous?: Previous;
  /**
   * Answers at once instead of searching: all that can stay where the plan before had it stays, the rest takes the first good place. For
   * a window that is being dragged; the levels have bounds only where nothing can be better.
   */
  readonly quick?: boolean;
}

/** What is known while a plan is made. */
export interface Context {
  readonly input: PlanInput;
  /** The model changes that look for a place, in the order in which they are placed. */
  readonly work: readonly Work[];
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

/** A piece that found no place in an arrangement, with every place it could have had. */
export interface Lost {
  readonly piece: Piece;
  readonly options: readonly Option[];
}

/** One arrangement of the model changes around upgrades that have their place. */
export interface Attempt {
  readonly hops: readonly PlacedHop[];
  readonly placed: readonly Candidate[];
  readonly unplaced: readonly Lost[];
  readonly facts: RuleFacts;
  readonly objective: Objective;
}

/** Work of one item, its pieces in order, each with all its places in order of time and, as `open`, those it may have, best first. */
export interface Work {
  readonly item: string;
  readonly priority: number;
  /** Without a place it waits for a later plan, and counts nowhere. */
  readonly later: boolean;
  readonly pieces: readonly {
    readonly piece: Piece;
    readonly options: readonly Option[];
    readonly open: readonly Option[];
  }[];
}

/** First day of each window in the plan before, by its id. */
export type Previous = ReadonlyMap<string, Day>;

export const NOWHERE: Previous = new Map();

/** What a person-day costs in each sprint, in millionths of risk; a sprint that is not there costs nothing. */
export type Prices = ReadonlyMap<number, number>;

export const NO_PRICES: Prices = new Map();
