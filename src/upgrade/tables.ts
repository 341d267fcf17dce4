import timing from '../../data/changes/timing.json' with { type: 'json' };
import majors from '../../data/compat/majors.json' with { type: 'json' };
import advisories from '../../data/engines/advisories.json' with { type: 'json' };
import breakers from '../../data/engines/breakers.json' with { type: 'json' };
import hops from '../../data/engines/hops.json' with { type: 'json' };
import lifecycleRules from '../../data/engines/lifecycle-rules.json' with { type: 'json' };
import lines from '../../data/engines/lines.json' with { type: 'json' };
import procedures from '../../data/engines/procedures.json' with { type: 'json' };
import commands from '../../data/platforms/commands.json' with { type: 'json' };
import mongodbPlatforms from '../../data/platforms/mongodb.json' with { type: 'json' };
import mongodbKeys from '../../data/platforms/mongodb-keys.json' with { type: 'json' };
import tools from '../../data/tools/database-tools.json' with { type: 'json' };
import type { ProductId } from '../domain/product.ts';
import { COMPAT, type Compat } from './compat-tables.ts';

/** Where a row is from, and whether anybody has checked it there. */
export interface Sourced {
  readonly source: string;
  readonly verified: boolean;
}

/** An engine as data/engines/hops.json describes it. */
export interface EngineRow extends Sourced {
  readonly product: ProductId;
  /** `null` for engines without a feature compatibility version. */
  readonly fcv: { readonly confirmFrom: string; readonly runsAt: string } | null;
  /** Where the way back is found: in `downgrades`, or in the versions of the data files. */
  readonly wayBack: string;
  /** Any line from here on reaches any higher one in one hop; `null`: only the rows of `hops`. */
  readonly anyHigherFrom: string | null;
  /** Working days to put new binaries through each topology. */
  readonly binariesDays: Readonly<Record<string, number>>;
  /** Taken for the team's where neap.yaml does not say. */
  readonly usualTopology: string;
  /** The vendor asks for the newest patch of the running line before a hop; `null`: it does not. */
  readonly newestPatchFirst: Sourced | null;
}

export interface HopRow extends Sourced {
  readonly product: ProductId;
  readonly from: string;
  readonly to: string;
  /** `null` for every edition. */
  readonly editions: readonly string[] | null;
  readonly note: string | null;
}

export interface DowngradeRow extends Sourced {
  readonly product: ProductId;
  readonly from: string;
  readonly to: string;
  readonly community: string;
  readonly enterprise: string;
  readonly atlas: string;
  readonly note: string;
}

export interface LineRow extends Sourced {
  readonly product: ProductId;
  readonly line: string;
  readonly kind: string;
  readonly selfManaged: boolean;
  /** Version of the data files; `null`: not known, or not told by a number. */
  readonly dataFormat: number | null;
  readonly licence: string | null;
  /** `standard` or `extended`, as the vendor classes it. */
  readonly support: string | null;
  readonly note: string | null;
}

export interface FormatRow extends Sourced {
  readonly product: ProductId;
  /** The line that brings it. */
  readonly line: string;
  readonly id: string;
  readonly text: string;
}

/** A move to another engine's lines. */
export interface MoveRow extends Sourced {
  readonly product: ProductId;
  readonly from: string;
  /** Last line it holds for; `null`: all after. */
  readonly until: string | null;
  readonly to: ProductId;
  readonly how: string;
  readonly text: string;
}

export interface PlatformRow extends Sourced {
  readonly platform: string;
  readonly lines: readonly string[];
  readonly arch: readonly string[];
  readonly supported: boolean;
  readonly basis: string;
  /** First version of the lines that runs there; `null`: all. */
  readonly fromVersion: string | null;
}

export interface PlatformLimit extends Sourced {
  readonly id: string;
  readonly fromLine: string;
  readonly severity: string;
  readonly text: string;
  readonly check: string | null;
}

export interface PlatformTable {
  readonly product: ProductId;
  /** Names of the package suites by platform. */
  readonly suites: Readonly<Record<string, string | undefined>>;
  readonly rows: readonly PlatformRow[];
  readonly limits: readonly PlatformLimit[];
}

export interface KeyRow extends Sourced {
  readonly line: string;
  readonly keyUrl: string;
  readonly keySeries: string;
  readonly fingerprint: string | null;
  readonly repository: string;
}

export interface BreakerRow extends Sourced {
  readonly product: ProductId;
  readonly line: string;
  readonly below: string | null;
  readonly area: string;
  readonly severity: string;
  readonly change: string;
  readonly effect: string;
  readonly check: string | null;
  readonly odm: boolean;
}

export interface AdvisoryRow extends Sourced {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly product: ProductId;
  /** `security` or `defect`. */
  readonly kind: string;
  readonly title: string;
  readonly severity: string;
  readonly exploited: boolean;
  readonly published: string | null;
  /**
   * From (included, unless `fromExcluded`) to `below` (excluded), the first version that mends it. `below: null`: no fix is known, and `until`
   * (excluded) bounds it where another line begins, or `through` (included) where the last affected version was told.
   */
  readonly affected: readonly {
    readonly from: string;
    readonly below: string | null;
    readonly until?: string | null;
    readonly through?: string;
    readonly fromExcluded?: boolean;
  }[];
  readonly workaround: string | null;
  readonly note: string | null;
}

export interface CommandRow extends Sourced {
  readonly product: ProductId;
  readonly family: string;
  readonly task: string;
  readonly run: readonly string[];
  readonly edition: string | null;
}

export interface ProcedureRow extends Sourced {
  readonly product: ProductId;
  readonly topology: string;
  readonly step: string;
  readonly order: number;
  readonly title: string;
  readonly where: string | null;
  readonly run: readonly string[];
  readonly shell: string | null;
  readonly task: string | null;
  readonly undo: boolean;
  readonly confirmFrom?: string | null;
}

export interface TimingRow extends Sourced {
  readonly id: string;
  readonly title: string;
  readonly order: number;
  readonly when: string;
  readonly gains: readonly string[];
  readonly costs: readonly string[];
  readonly needs: readonly string[];
  readonly chooseWhen: string;
}

/** What the window of a package's new version costs: neap's estimate, by the rule in data/README.md. */
export interface PackageEffort extends Sourced {
  /** Working days. */
  readonly days: number;
  /** Person-days. */
  readonly effort: number;
}

export interface MajorRow extends Sourced {
  readonly product: ProductId;
  readonly from: string;
  readonly changes: readonly string[];
  /** Version the vendor advises to be on before; `null`: none named. */
  readonly startFrom: string | null;
  /** Days and effort of the window that enters it. */
  readonly work: PackageEffort;
}

/** See data/engines/lifecycle-rules.json. `majors`: `even` or `all`. */
export interface LongTermRow extends Sourced {
  readonly product: ProductId;
  readonly majors: string;
  readonly afterDays: number;
  readonly because: string;
}

/** Everything known of upgrades; design.md section 8. Passed in, so that a test can change a row. */
export interface Tables {
  readonly engines: readonly EngineRow[];
  readonly hops: readonly HopRow[];
  readonly downgrades: readonly DowngradeRow[];
  readonly formats: readonly FormatRow[];
  readonly moves: readonly MoveRow[];
  readonly fcvNotes: readonly (Sourced & {
    readonly product: ProductId;
    readonly topic: string;
    readonly line: string | null;
    readonly text: string;
  })[];
  readonly lines: readonly LineRow[];
  readonly compat: readonly Compat[];
  readonly majors: readonly MajorRow[];
  /** Days and effort of a major without a row, and of a package's changes within its major. */
  readonly packageWork: { readonly major: PackageEffort; readonly minor: PackageEffort };
  readonly platforms: readonly PlatformTable[];
  readonly keys: readonly (KeyRow & { readonly product: ProductId })[];
  readonly breakers: readonly BreakerRow[];
  readonly advisories: readonly AdvisoryRow[];
  readonly families: readonly { readonly id: string; readonly platforms: readonly string[] }[];
  readonly commands: readonly CommandRow[];
  readonly procedures: readonly ProcedureRow[];
  readonly timing: readonly TimingRow[];
  /** Ways of carrying an upgrade out, and what hosts of databases say of theirs. */
  readonly techniques: readonly (Sourced & { readonly id: string; readonly title: string; readonly text: string })[];
  readonly vendorStatements: readonly (Sourced & { readonly vendor: string; readonly text: string })[];
  /** Which majors of a runtime become long-term support, and how many days after their first release. */
  readonly longTerm: readonly LongTermRow[];
  /** An engine's backup tools: the first version that knows a line of it, and what to mind. */
  readonly tools: {
    readonly name: string;
    readonly engine: ProductId;
    readonly versions: readonly (Sourced & { readonly version: string; readonly addsServer: string | null })[];
    readonly rules: readonly (Sourced & {
      readonly id: string;
      readonly applies: string;
      readonly rule: string;
      readonly severity: string;
    })[];
  };
}

/** What ships in data/. */
export const TABLES: Tables = {
  engines: hops.engines.map((row) => ({ ...row, binariesDays: { ...row.binariesDays } as Record<string, number> })),
  hops: hops.hops,
  downgrades: hops.downgrades,
  formats: hops.formats,
  moves: hops.moves,
  fcvNotes: hops.fcvNotes,
  lines: lines.rows,
  compat: COMPAT,
  majors: majors.rows,
  packageWork: majors.defaults,
  platforms: [mongodbPlatforms],
  keys: mongodbKeys.rows.map((row) => ({ ...row, product: mongodbKeys.product })),
  breakers: breakers.rows,
  advisories: advisories.rows,
  families: commands.families,
  commands: commands.rows,
  procedures: procedures.rows,
  timing: timing.options,
  techniques: timing.techniques,
  vendorStatements: timing.vendorStatements,
  longTerm: lifecycleRules.longTerm,
  tools: { name: tools.name, engine: tools.engine, versions: tools.versions, rules: tools.rules },
};
