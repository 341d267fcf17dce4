import type { Upgrade } from '../../domain/config.ts';
import type { Day } from '../../domain/day.ts';
import type { RunningChange } from '../../domain/plan.ts';
import type { Piece } from '../../policy/rule.ts';

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
  /**
   * What must be over before `prepare`, in this order, each present or not: `fcv-first`, `patch`, `platform`, `packages` (changes within
   * majors), one step a major (`mongoose-7`), and `runtime` before the first of the packages that needs it. Often none.
   */
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
  /**
   * Last day on which the policy wants the line it leaves to run: its end of life less `leaveBeforeEol`, which may be long past; `null`
   * when that end is not known.
   */
  readonly leaveBy: Day | null;
}

/** What becomes of one line on the way to an upgrade's. */
export type HopResult =
  | { readonly kind: 'hop'; readonly hop: Hop }
  /** The line cannot be entered yet: it is not out, its releases are too young, or it has too few patches; or it comes after one like that. */
  | {
      readonly kind: 'later';
      readonly item: string;
      readonly upgrade: Upgrade;
      readonly title: string;
      /** First day on which it is known or forecast to be ripe; `null`: nobody can say. */
      readonly from: Day | null;
      /** One sentence. */
      readonly because: string;
    }
  /** neap knows no way: rows forbid it, nothing is known of the engine or the line, or nobody says what runs. No work, but to be said. */
  | {
      readonly kind: 'no-way';
      readonly item: string;
      readonly upgrade: Upgrade;
      readonly title: string;
      /** One sentence, with the rows that forbid it. */
      readonly because: string;
    };
