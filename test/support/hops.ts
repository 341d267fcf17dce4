import type { Config } from '../../src/domain/config.ts';
import type { HopResult } from '../../src/schedule/work/hop.ts';
import { hopsFor } from '../../src/schedule/work/hops-for.ts';
import type { Package } from '../../src/upgrade/packages.ts';
import { TABLES } from '../../src/upgrade/tables.ts';
import { aMongodbHistory, MONGODB } from './mongodb.ts';
import { ASOF } from './team.ts';

/** The hops of all upgrades of a team whose stores are MongoDB, without advisories. */
export function mongodbHops(config: Config, packages: readonly Package[] = []): readonly HopResult[] {
  return config.upgrades.flatMap((upgrade) => {
    const engine = config.stack.find(({ id }) => id === upgrade.store);
    if (engine === undefined) throw new Error(`no store ${upgrade.store}`);
    return hopsFor({
      config,
      upgrade,
      engine,
      product: MONGODB,
      history: aMongodbHistory(),
      packages,
      runtime: null,
      asOf: ASOF,
      tables: { ...TABLES, advisories: [] },
    });
  });
}
