import type { DayNumber } from '../domain/day.ts';
import type { Lane } from '../domain/overview.ts';
import type { PatchOnlyPeriod, StoreOutlook } from '../domain/period.ts';
import type { PlannedWindow, Unplaced, Wait, WindowState } from '../domain/plan.ts';
import type { Release } from '../domain/release.ts';

/** One row of the timeline's body. Headings are passed over by the selection. */
export type Row = HeadingRow | CalmRow | LaneRow | WindowRow | UpgradeRow | UnplacedRow;
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
  /** `null` when the forecast is unknown. */
  readonly band: Band | null;
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

export function isSelectable(row: Row): row is SelectableRow {
  return row.kind !== 'heading';
}
