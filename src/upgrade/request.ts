import type { Policy } from '../domain/config.ts';
import type { Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import type { Package } from './packages.ts';
import type { Edition } from './route.ts';
import type { Tables } from './tables.ts';

/** The engine as it runs, and what the team runs beside it. */
export interface ChainRequest {
  readonly store: string;
  readonly product: Product;
  readonly history: History;
  /** Name of the engine that runs, where the chain leads to another one; absent: the same. */
  readonly fromName?: string;
  /** Full version; `7.0` alone stands for the newest 7.0. */
  readonly running: string;
  /** Version of the running line that a patch planned elsewhere brings before the chain begins; absent or `null`: none. */
  readonly patched?: string | null;
  /** Version of the line wanted whose binaries run already, while the FCV is that of `running`; absent or `null`: none. */
  readonly begun?: string | null;
  /** Line wanted. */
  readonly to: string;
  readonly edition: Edition;
  readonly topology: string | null;
  readonly platform: string | null;
  /** FCV that is set; `null` when the team did not say, and then taken for the running line. */
  readonly fcv: string | null;
  readonly packages: readonly Package[];
  /** Node.js as it runs, with its releases; `null` when it is not in the stack. */
  readonly runtime: Package | null;
  readonly asOf: Day;
  readonly policy: Policy['engineUpgrades'];
  readonly tables: Tables;
}
