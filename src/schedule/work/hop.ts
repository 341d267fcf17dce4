import type { Upgrade } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
import type { RunningChange } from '../../domain/plan.ts';
import type { Breach, Piece } from '../../policy/rule.ts';

/**
 * One hop of an engine as ordered work: what has to be in place before, prepare, binaries, then the burn-in, FCV where the engine has one,
 * then the soak. A chain of hops is one of these after another.
 */
export interface Hop {
  /** `mongodb-8.0`: the store and the line it gets to. */
  readonly item: string;
  readonly upgrade: Upgrade;
  /** `MongoDB 7.0.31 → 8.0.29`. */
  readonly title: string;
  /** Hosts, runtime, drivers and ODM, in the order they must come in; often none. */
  readonly before: readonly Piece[];
  readonly prepare: Piece;
  readonly binaries: Piece;
  /** `null` for engines without a feature compatibility version. */
  readonly fcv: Piece | null;
  /** Calendar days between the binaries and the FCV. */
  readonly burnIn: number;
  /** Calendar days after the last step. */
  readonly soak: number;
  /** How to go back from each step, by its name. */
  readonly waysBack: Readonly<Record<string, string>>;
  /** Name of the step from which on the way back is a restore, or nothing; `null`: none of this hop. */
  readonly noReturn: string | null;
  /** What neap.yaml says runs after each step, by its name. */
  readonly sets: Readonly<Record<string, readonly RunningChange[]>>;
  /** The new binaries run already, and only what comes after them is left. */
  readonly begun: boolean;
  /** What to know of each step, by its name. */
  readonly details: Readonly<Record<string, readonly string[]>>;
  /** Last day the policy wants the old line gone by; `null` when its end of life is not known, or another hop leaves it. */
  readonly leaveBy: Day | null;
}

export type HopResult =
  | { readonly kind: 'hop'; readonly hop: Hop }
  | {
      readonly kind: 'impossible';
      readonly item: string;
      readonly upgrade: Upgrade;
      readonly title: string;
      readonly breach: Breach;
    };
