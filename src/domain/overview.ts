import type { Config } from './config.ts';
import type { Day } from './day.ts';
import type { Decision } from './decision.ts';
import type { ForecastSummary } from './forecast.ts';
import type { StoreOutlook } from './period.ts';
import type { Plan } from './plan.ts';
import type { Product } from './product.ts';
import type { History } from './release.ts';
import type { PlanSnapshot } from './snapshot.ts';

/** Everything the calendar, agenda, status and report show, for one team on one day. Data only. */
export interface Overview {
  readonly asOf: Day;
  /** Where the configuration came from: the team's own file, or the bundled example. */
  readonly origin: { readonly kind: 'team' | 'example'; readonly path: string };
  readonly config: Config;
  /** The products of the stack, in the order of the stack, each once. */
  readonly lanes: readonly Lane[];
  readonly outlooks: readonly StoreOutlook[];
  /** The plan with what it was made from, to be kept. */
  readonly snapshot: PlanSnapshot;
  readonly plan: Plan;
  readonly decisions: readonly Decision[];
  /** The one line that comes first everywhere: may models change, until when, what comes next. */
  readonly status: string;
  /** Lines to show above everything: example team, stale data with the hint to sync. */
  readonly notices: readonly string[];
}

export interface Lane {
  readonly product: Product;
  /** Store whose group the lane stands in; `null` for what belongs to none. */
  readonly store: string | null;
  readonly running: string | null;
  readonly range: string | null;
  /** Whether its feature releases count for its store, and how. */
  readonly watch: 'vendor' | 'reach' | 'off';
  readonly history: History;
  readonly forecast: ForecastSummary;
  /** Last complete reading older than `staleAfter` or none at all. */
  readonly stale: boolean;
  /** Advisories published by the day that what runs is open to; empty where nobody says what runs. */
  readonly advisories: readonly LaneAdvisory[];
}

/** A weakness or a defect of what runs. */
export interface LaneAdvisory {
  readonly id: string;
  readonly title: string;
  readonly kind: 'security' | 'defect';
  /** `unknown` where nobody rated it. */
  readonly severity: string;
  /** Known to be used by attackers. */
  readonly exploited: boolean;
  /** `2026-07-22`, or `2026-07` where no more is known; `null`: nobody says. */
  readonly published: string | null;
  /** Who says so. */
  readonly source: string;
}
