import type { Config, StackItem, Upgrade } from '../../domain/config.ts';
import { addDays, type Day } from '../../domain/day.ts';
import type { Product } from '../../domain/product.ts';
import type { History } from '../../domain/release.ts';
import { upgradeId } from '../../domain/work-id.ts';
import type { Breach } from '../../policy/rule.ts';
import { chainFor } from '../../upgrade/chain.ts';
import type { Package } from '../../upgrade/packages.ts';
import { editionOf } from '../../upgrade/route.ts';
import type { Tables } from '../../upgrade/tables.ts';
import { compareLines } from '../../versioning/scheme.ts';
import type { HopResult } from './hop.ts';
import { hopOf } from './hop-pieces.ts';

export interface HopInput {
  readonly config: Config;
  readonly upgrade: Upgrade;
  readonly engine: StackItem;
  readonly product: Product;
  readonly history: History;
  /** Drivers, clients and ODMs of the store. */
  readonly packages: readonly Package[];
  readonly runtime: Package | null;
  readonly asOf: Day;
  readonly tables: Tables;
}

/**
 * The hops from what runs to what is wanted, in order, each after the one before; or the fact that forbids it. Empty when the engine runs
 * that line, or a newer one. Pure.
 */
export function hopsFor(input: HopInput): readonly HopResult[] {
  const { config, upgrade, engine, product, history, asOf, tables } = input;
  const item = upgradeId(upgrade);
  const no = (because: string, facts: Breach['facts'] = {}): readonly HopResult[] => {
    const title = `${product.name} ${engine.running ?? '?'} → ${upgrade.to}`;
    return [{ kind: 'impossible', item, upgrade, title, breach: { because, facts } }];
  };
  if (engine.running === null) {
    return no(`neap.yaml does not say which version of ${product.name} runs`, { store: upgrade.store });
  }
  const result = chainFor({
    store: upgrade.store,
    product,
    history,
    running: engine.running,
    to: upgrade.to,
    edition: editionOf(engine.edition),
    topology: engine.topology,
    platform: engine.platform,
    fcv: engine.fcv,
    packages: input.packages,
    runtime: input.runtime,
    asOf,
    policy: config.policy.engineUpgrades,
    tables,
  });
  if (result.kind === 'there') {
    // New binaries at an old FCV: the hop has begun, and the rest of it is still to come.
    const begun = engine.fcv !== null && compareLines(engine.fcv, result.line) < 0;
    if (!begun || engine.fcv === null || upgrade.to !== result.line) return [];
    const whole = hopsFor({ ...input, engine: { ...engine, running: engine.fcv } });
    return whole.flatMap((hop) =>
      hop.kind === 'hop' && hop.hop.upgrade.to === upgrade.to
        ? [{ kind: 'hop', hop: { ...hop.hop, begun: true } }]
        : [],
    );
  }
  if (result.kind === 'none') {
    const nearest = result.nearest === null ? '' : `; the nearest that can be reached is ${result.nearest}`;
    const rows = result.rows.length === 0 ? '' : `: ${result.rows.join('; ')}`;
    return no(`${result.because}${rows}${nearest}`, { from: engine.running, to: upgrade.to });
  }
  const { chain } = result;
  const eol = history.lines.find((line) => line.line === chain.lines[0])?.eol?.day ?? null;
  const leaveBy = eol === null ? null : addDays(eol, -config.policy.engineUpgrades.leaveBeforeEol);
  return chain.lines.slice(1).map((to, index, lines): HopResult => {
    const from = chain.lines[index] ?? '';
    const last = index === lines.length - 1;
    return {
      kind: 'hop',
      hop: hopOf(chain, {
        from,
        to,
        upgrade: { ...upgrade, to, by: last ? upgrade.by : null },
        after: index === 0 ? [] : [`${upgrade.store}-${from}`],
        leaveBy: index === 0 ? leaveBy : null,
        runtime: input.runtime?.id ?? null,
      }),
    };
  });
}
