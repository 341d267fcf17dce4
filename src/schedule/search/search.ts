import type { Upgrade } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../../policy/rule.ts';
import type { FixedPlace } from '../places/decided.ts';
import type { DecidedSteps, HopOptions, PlacedHop } from '../places/hop-at.ts';
import type { Option } from '../places/starts.ts';
import type { Hop, HopResult } from '../work/hop.ts';
import type { Objective } from './objective.ts';

// What is passed between the parts of the search: nouns only. None of them is changed once it is made.

export interface PlanInput {
  readonly facts: Omit<RuleFacts, 'placed' | 'unplaced'>;
  /** Model changes, and patches against grave defects. */
  readonly models: readonly Piece[];
  readonly hops: readonly HopResult[];
  readonly horizon: Interval;
  readonly observedThrough: Plan['observedThrough'];
  /**
   * Answers at once instead of searching: all that can stay where `stay` has it stays, the rest takes the first good place. For a window
   * that is being dragged; the levels have bounds only where nothing can be better.
   */
  readonly quick?: boolean;
  /** Where a quick answer leaves what it can; by the id of the piece. */
  readonly stay?: ReadonlyMap<string, Day>;
}

/** Work of one item that looks for a place, its pieces in order. */
export interface Work {
  readonly item: string;
  readonly priority: number;
  /** Without a place it waits for a later plan, and counts nowhere. */
  readonly later: boolean;
  readonly pieces: readonly WorkPiece[];
  /** A phase of it is decided: then its span has begun, and has no end until its last phase has a place. */
  readonly begun: boolean;
  /** What the costs of its pieces count too much where the first of its phases is decided; see `phasesCost`. */
  readonly offset: number;
}

export interface WorkPiece {
  readonly piece: Piece;
  /** Every place, in order of time. */
  readonly options: readonly Option[];
  /** Those that the rules which look at the piece alone allow, least cost first, then where it was published, then earliest. */
  readonly open: readonly Option[];
}

/** A piece that found no place in an arrangement, with every place it could have had. */
export interface Lost {
  readonly piece: Piece;
  readonly options: readonly Option[];
}

/** What is known while a plan is made; each step of the search makes a new one. */
export interface Context {
  readonly input: PlanInput;
  /** The model changes that look for a place, in the order in which they are placed. */
  readonly work: readonly Work[];
  /** Decided windows that stand. */
  readonly fixed: readonly FixedPlace[];
  /** Accepted windows that break a rule and that nothing replaces: they stay in the calendar, so nothing is proposed beside them. */
  readonly stuck: readonly Placed[];
  /** Patches against grave defects with their places, which come before all other work. */
  readonly patches: readonly Candidate[];
  /** Patches without a place. */
  readonly lostPatches: readonly Lost[];
  /** Upgrades that have their place, or of which steps are decided. */
  readonly hops: readonly PlacedHop[];
  /** Upgrades without a place, with all that was known when they found none. */
  readonly lostHops: readonly LostHop[];
  /** Items without a place. */
  readonly lost: ReadonlySet<string>;
  /** Items due beyond the horizon: without a place they wait, and count nowhere. */
  readonly later: ReadonlySet<string>;
}

/** An upgrade without a place. */
export interface LostHop {
  readonly hop: Hop;
  readonly upgrade: Upgrade;
  readonly options: HopOptions;
  /** Its steps that are decided. */
  readonly steps: DecidedSteps;
  readonly facts: RuleFacts;
}

/** One arrangement of the model changes around upgrades that have their place. */
export interface Attempt {
  readonly placed: readonly Candidate[];
  readonly unplaced: readonly Lost[];
  /** With everything that has its place but these. */
  readonly facts: RuleFacts;
  readonly objective: Objective;
  /** A change that has begun finds no place for its last phase, and an upgrade lies in its open span: not to be taken. */
  readonly infeasible: boolean;
}

/** What a person-day costs in each sprint, in thousandths of a day; a sprint that is not there costs nothing. */
export type Prices = ReadonlyMap<number, number>;

export const NO_PRICES: Prices = new Map();

/** The context with this upgrade's place. */
export function withHop(context: Context, hop: PlacedHop): Context {
  return { ...context, hops: [...context.hops, hop] };
}

/** The context with this upgrade without a place. */
export function withoutHop(context: Context, lost: LostHop): Context {
  return {
    ...context,
    lostHops: [...context.lostHops, lost],
    lost: new Set([...context.lost, lost.hop.item]),
  };
}

/** Everything that has its place before the model changes are arranged, as the rules read it. */
export function factsWith(context: Context): RuleFacts {
  const inHops = new Set(context.hops.flatMap(({ steps }) => steps.map(({ piece }) => piece.id)));
  const placed: readonly Placed[] = [
    // Decided steps of upgrades stand among those of their hop, with the disruption that the whole of it has.
    ...context.fixed.flatMap((place) => (inHops.has(place.placed.piece.id) ? [] : [place.placed])),
    ...context.stuck,
    ...context.patches,
    ...context.hops.flatMap((hop) => hop.steps),
  ];
  return { ...context.input.facts, placed, unplaced: context.lost };
}
