import type { DayNumber } from '../domain/day.ts';
import type { Lane, LaneAdvisory } from '../domain/overview.ts';
import type { PatchOnlyPeriod, StoreOutlook } from '../domain/period.ts';
import type { PlannedWindow, Unplaced, Wait, WindowState } from '../domain/plan.ts';
import type { Line, Release } from '../domain/release.ts';

/** One row of the timeline's body. Headings are passed over by the selection. */
export type Row = HeadingRow | CalmRow | LaneRow | LineRow | WindowRow | UpgradeRow | UnplacedRow | LaterRow;
export type SelectableRow = Exclude<Row, HeadingRow>;

interface Base {
  /** Stable from one plan to the next, so a selection outlives replanning. */
  readonly id: string;
  readonly label: string;
  /** Which product hue it is drawn in: the position of its store. */
  readonly hue: number;
}

export interface HeadingRow extends Base {
  readonly kind: 'heading';
  /** Store groups need no heading on small screens, where rows carry a prefix. */
  readonly of: 'store' | 'section';
}

export interface CalmRow extends Base {
  readonly kind: 'calm';
  readonly outlook: StoreOutlook;
  /** First day of `outlook.turbulence`. */
  readonly from: DayNumber;
  readonly periods: readonly CalmPeriod[];
}

export interface CalmPeriod {
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly period: PatchOnlyPeriod;
}

export interface LaneRow extends Base {
  readonly kind: 'lane';
  readonly lane: Lane;
  /** Dated majors, minors and patches, oldest first. */
  readonly ticks: readonly Tick[];
  /** `null` when the forecast is unknown, or most likely nothing comes. */
  readonly band: Band | null;
  /** Why there is no band: nobody can tell (`unknown`), or most likely nothing comes (`none`). */
  readonly bare: 'unknown' | 'none';
  /** End of life of the line that runs; `null` when unknown or not stated. */
  readonly eol: { readonly day: DayNumber; readonly line: string } | null;
  /** Dated advisories that what runs is open to. */
  readonly advisories: readonly AdvisoryMark[];
  /** Days on which the plan keeps the product on one line. */
  readonly holds: readonly (Span & { readonly range: string })[];
}

/** Where only a month is known, its first day. */
export interface AdvisoryMark {
  readonly day: DayNumber;
  readonly advisory: LaneAdvisory;
}

/** One line of a lane that was opened. Days are `null` where no source gives one. */
export interface LineRow extends Base {
  readonly kind: 'line';
  readonly lane: Lane;
  readonly line: Line;
  /** It is what the team runs. */
  readonly runs: boolean;
  readonly ticks: readonly Tick[];
  readonly ga: DayNumber | null;
  readonly supportEnd: DayNumber | null;
  readonly eol: DayNumber | null;
}

export interface Tick {
  readonly day: DayNumber;
  readonly release: Release;
  /** The line, on the newest feature release only. */
  readonly label: string | null;
}

/** Days at five probabilities of the forecast. */
export interface Band {
  readonly p10: DayNumber;
  readonly p25: DayNumber;
  readonly p50: DayNumber;
  readonly p75: DayNumber;
  readonly p90: DayNumber;
  readonly label: string;
}

export interface WindowRow extends Base {
  readonly kind: 'window';
  readonly window: PlannedWindow;
  readonly title: string;
  readonly state: WindowState;
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly noReturnFrom: DayNumber | null;
}

/** All steps of one engine upgrade, with what lies between them. */
export interface UpgradeRow extends Base {
  readonly kind: 'upgrade';
  readonly item: string;
  readonly title: string;
  readonly state: WindowState;
  readonly steps: readonly Step[];
  readonly waits: readonly (Span & { readonly wait: Wait })[];
  readonly from: DayNumber;
  readonly until: DayNumber;
}

export interface Span {
  readonly from: DayNumber;
  readonly until: DayNumber;
}

export interface Step extends Span {
  readonly window: PlannedWindow;
  readonly noReturnFrom: DayNumber | null;
}

export interface UnplacedRow extends Base {
  readonly kind: 'unplaced';
  readonly entry: Unplaced;
}

/** Work that waits for a later plan, or an upgrade that neap knows no way for: there is nothing to decide yet. */
export interface LaterRow extends Base {
  readonly kind: 'later';
  readonly of: 'later' | 'no way';
  readonly item: string;
  readonly title: string;
  /** When it may find its place, for the chart. */
  readonly when: string;
  /** One sentence. */
  readonly because: string;
}

export function isSelectable(row: Row): row is SelectableRow {
  return row.kind !== 'heading';
}
