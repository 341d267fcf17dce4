import type { Day } from '../domain/day.ts';
import type { StepName } from '../domain/step-name.ts';
import type { PackageChoice } from './packages.ts';
import type { WayBack } from './way-back.ts';

export type StepKind =
  | 'platform'
  | 'patch'
  | 'runtime'
  | 'packages'
  | 'prepare'
  | 'binaries'
  | 'burn-in'
  | 'fcv'
  | 'soak';

/** One step of a chain. Work has working days and effort; waits have calendar days. */
export interface ChainStep {
  /** `8.0/binaries`, `8.0/mongoose-8`; stable while the route is the same. */
  readonly id: string;
  readonly kind: StepKind;
  /** The name of its window; `null` for waits. A kind `packages` has several: one for each major, `packages` for the rest. */
  readonly name: StepName | null;
  readonly title: string;
  /** The hop it is of, as `MongoDB 7.0.31 → 8.0.29`; empty text for what only prepares one: hosts, runtime, packages, the first FCV. */
  readonly hop: string;
  /** Line the engine is on before and after the hop this belongs to. */
  readonly from: string;
  readonly to: string;
  /** Version the step brings, where it brings one. */
  readonly version: string | null;
  /** Platform the step brings; `null` for all but `platform`. */
  readonly platform: string | null;
  /** Working days; 0 for waits. */
  readonly days: number;
  /** Calendar days; 0 for work. */
  readonly wait: number;
  /** Person-days. */
  readonly effort: number;
  readonly wayBack: WayBack;
  /** What to know or do, sentences. */
  readonly details: readonly string[];
  readonly changes: readonly PackageChoice[];
  /** A package or the runtime enters another major. */
  readonly major: boolean;
  /** First day the policy lets the step start, with the reason; `null`: at once. Its `from` is `null` while nobody can say. */
  readonly ripe: { readonly from: Day | null; readonly because: string } | null;
  /** Something the step rests on was never checked at its source. */
  readonly unverified: readonly string[];
}

/** A step of a hop that does nothing yet: no days, no effort, nothing to undo. */
export function blankStep({ from, to }: { readonly from: string; readonly to: string }): ChainStep {
  return {
    id: '',
    kind: 'prepare',
    name: null,
    title: '',
    hop: '',
    from,
    to,
    version: null,
    platform: null,
    days: 0,
    wait: 0,
    effort: 0,
    wayBack: undo(''),
    details: [],
    changes: [],
    major: false,
    ripe: null,
    unverified: [],
  };
}

/** A way back that loses nothing: the text says what to do. */
export function undo(text: string): WayBack {
  return { kind: 'undo', text, noReturn: false, source: null, verified: true };
}
