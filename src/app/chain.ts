import type { Config, StackItem } from '../domain/config.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import type { Product, ProductId } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { type Chain, type ChainResult, chainFor } from '../upgrade/chain.ts';
import { type Goal, goalFor } from '../upgrade/goals.ts';
import { moveFor } from '../upgrade/move.ts';
import { type Opportunity, opportunitiesFor } from '../upgrade/opportunities.ts';
import type { Package } from '../upgrade/packages.ts';
import { editionOf } from '../upgrade/route.ts';
import type { Tables } from '../upgrade/tables.ts';
import { openAdvisories, targetOf } from '../upgrade/target.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** One engine with everything beside it, and the line wanted; `to: null` asks where it should go. */
export interface PathRequest {
  readonly engine: StackItem;
  readonly to: string | null;
  /** Another engine to move to; `null`: the same. */
  readonly toProduct: Product | null;
  readonly config: Config;
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly historyOf: (product: Product) => History;
  readonly asOf: Day;
  readonly tables: Tables;
}

/** The answer of `neap path`. */
export interface Path {
  readonly goal: Goal;
  /** `null` when nothing has to be done, or nobody said what runs. */
  readonly result: ChainResult | null;
  readonly opportunities: readonly Opportunity[];
}

/** From what runs to what is wanted, or to what the ends of life, the advisories and the policy ask for. */
export function pathFor({ engine, to, toProduct, config, products, historyOf, asOf, tables }: PathRequest): Path {
  const product = products.get(engine.product);
  if (product === undefined || engine.running === null) {
    return { goal: { to: null, reasons: [] }, result: null, opportunities: [] };
  }
  const history = historyOf(product);
  const policy = config.policy.engineUpgrades;
  const edition = editionOf(engine.edition);
  const goal = goalFor({
    product,
    history,
    running: engine.running,
    edition,
    wishes: config.upgrades.filter((wish) => wish.store === engine.id && (to === null || wish.to === to)),
    policy,
    asOf,
    tables,
  });
  const target = to ?? goal.to;
  if (target === null) return { goal, result: null, opportunities: [] };
  const asked = target === goal.to ? goal : askedFor(target, goal);
  const packages = config.stack.flatMap((item) => packageOf(item, engine, products, historyOf));
  const runtime = config.stack.flatMap((item) => {
    const found = products.get(item.product);
    return found?.kind === 'runtime'
      ? [{ id: item.id, product: found, running: item.running, history: historyOf(found) }]
      : [];
  })[0];
  const request = {
    store: engine.id,
    product,
    history,
    running: engine.running,
    to: target,
    edition,
    topology: engine.topology,
    platform: engine.platform,
    fcv: engine.fcv,
    packages,
    runtime: runtime ?? null,
    asOf,
    policy,
    tables,
  };
  const result =
    toProduct === null ? chainFor(request) : moveFor(request, { product: toProduct, history: historyOf(toProduct) });
  const opportunities =
    result.kind === 'chain' ? judged(result.chain, product, history, policy.leaveBeforeEol, asOf, tables) : [];
  return { goal: asked, result, opportunities };
}

/** Of another line than neap would choose only the reasons to leave the one that runs are told. */
function askedFor(to: string, { reasons }: Goal): Goal {
  return { to, reasons: reasons.filter(({ kind }) => kind === 'eol' || kind === 'advisory') };
}

function judged(
  chain: Chain,
  product: Product,
  history: History,
  leaveBefore: number,
  asOf: Day,
  tables: Tables,
): readonly Opportunity[] {
  const scheme = schemeOf(product.versioning);
  const eol = history.lines.find((line) => line.line === chain.lines[0])?.eol?.day ?? null;
  const patch = targetOf(history, chain.lines[0] ?? '', asOf, scheme, tables.advisories);
  const open = patch === null ? openAdvisories(product.id, chain.from, scheme, tables.advisories) : patch.open;
  const advisories = open.filter(({ kind }) => kind === 'security').map(({ id }) => id);
  const pressure = { daysToEnd: eol === null ? null : daysBetween(asOf, eol), leaveBefore, advisories };
  return opportunitiesFor(chain, pressure, tables);
}

function packageOf(
  item: StackItem,
  engine: StackItem,
  products: ReadonlyMap<ProductId, Product>,
  historyOf: (product: Product) => History,
): readonly Package[] {
  const product = products.get(item.product);
  if (product === undefined || item.store !== engine.id || item.id === engine.id) return [];
  return [{ id: item.id, product, running: item.running, history: historyOf(product) }];
}
