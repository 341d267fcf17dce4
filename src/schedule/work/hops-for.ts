import type { Config, StackItem, Upgrade } from '../../domain/config.ts';
import { addDays, type Day, maxDay } from '../../domain/day.ts';
import type { Product } from '../../domain/product.ts';
import type { History } from '../../domain/release.ts';
import { upgradeId } from '../../domain/work-id.ts';
import { type Chain, type ChainResult, chainFor } from '../../upgrade/chain.ts';
import type { Package } from '../../upgrade/packages.ts';
import type { ChainRequest } from '../../upgrade/request.ts';
import { type ReleasesBy, ripeFrom, ripenessOf } from '../../upgrade/ripeness.ts';
import { editionOf } from '../../upgrade/route.ts';
import type { ChainStep } from '../../upgrade/step.ts';
import type { Tables } from '../../upgrade/tables.ts';
import { compareLines } from '../../versioning/scheme.ts';
import { schemeOf } from '../../versioning/schemes.ts';
import type { HopResult } from './hop.ts';
import { hopOf, type Part } from './hop-pieces.ts';

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
  /** Version that a grave patch planned for the store brings anyway; absent or `null`: none is planned. */
  readonly patched?: string | null;
  /**
   * The day by which so many more releases of a line are forecast to be out, the first one counted where none is; `null`: nobody can say.
   * Absent: nothing is forecast.
   */
  readonly patchesBy?: ReleasesBy;
}

/**
 * One result for each line from what runs to what is wanted, in order, each after the one before: a hop, or why it has to wait; or a single
 * one, when neap knows no way. New binaries at an old FCV come first, as a hop that has begun. Empty when the engine runs that line. Pure.
 */
export function hopsFor(input: HopInput): readonly HopResult[] {
  const { upgrade, engine, product } = input;
  const noWay = (because: string): readonly HopResult[] => {
    const title = `${product.name} ${engine.running ?? '?'} → ${upgrade.to}`;
    return [{ kind: 'no-way', item: upgradeId(upgrade), upgrade, title, because }];
  };
  const { running } = engine;
  if (running === null) return noWay(`neap.yaml does not say which version of ${product.name} runs`);
  const line = schemeOf(product.versioning).parse(running)?.line ?? running;
  const isBehind = engine.fcv !== null && compareLines(engine.fcv, line) < 0 && compareLines(upgrade.to, line) >= 0;
  const begun = engine.fcv !== null && isBehind ? begunHop(input, { fcv: engine.fcv, running, line }) : null;
  if (line === upgrade.to) return begun === null ? [] : typeof begun === 'string' ? noWay(begun) : [begun];
  // How the FCV came to be where it is does not matter: the next hop raises it first.
  const before = begun === null || typeof begun === 'string' ? [] : [begun];
  const fcv = before.length === 0 ? engine.fcv : line;
  const result = chainFor({ ...requestOf(input, running), fcv });
  const after = before.map(({ hop }) => hop.item);
  switch (result.kind) {
    case 'there':
      return before;
    case 'none':
      return [...before, ...noWay(refusalOf(result))];
    case 'later':
      return [...before, ...alongTheWay(input, { ...result, waiting: result.line, after })];
    case 'chain':
      return [
        ...before,
        ...alongTheWay(input, { lines: result.chain.lines, chain: result.chain, waiting: null, after }),
      ];
  }
}

function refusalOf({ because, rows, nearest }: Extract<ChainResult, { kind: 'none' }>): string {
  const cited = rows.length === 0 ? '' : `: ${rows.join('; ')}`;
  return `${because}${cited}${nearest === null ? '' : `; the nearest that can be reached is ${nearest}`}`;
}

function requestOf(input: HopInput, running: string): ChainRequest {
  const { config, upgrade, engine, product, history, packages, runtime, asOf, tables, patched = null } = input;
  return {
    store: upgrade.store,
    product,
    history,
    running,
    patched,
    to: upgrade.to,
    edition: editionOf(engine.edition),
    topology: engine.topology,
    platform: engine.platform,
    fcv: engine.fcv,
    packages,
    runtime,
    asOf,
    policy: config.policy.engineUpgrades,
    tables,
  };
}

/** New binaries at an old FCV: the hop has begun, and the rest of it is still to come. A text says why neap knows no way there. */
function begunHop(
  input: HopInput,
  { fcv, running, line }: { readonly fcv: string; readonly running: string; readonly line: string },
): Extract<HopResult, { kind: 'hop' }> | string | null {
  const upgrade = { ...input.upgrade, to: line, by: line === input.upgrade.to ? input.upgrade.by : null };
  const own = { ...input, upgrade };
  // A line alone is no version to have landed on: then it is taken for the newest.
  const result = chainFor({ ...requestOf(own, fcv), fcv, patched: null, begun: running === line ? null : running });
  if (result.kind === 'none') return refusalOf(result);
  if (result.kind === 'later') return result.ripeness.because;
  if (result.kind === 'there') return null;
  const { lines } = result.chain;
  const part = partOf(own, { lines, after: [] }, lines.length - 2, { ripe: null, binariesBy: null, begun: true });
  return { kind: 'hop', hop: hopOf(result.chain, { ...part, after: [] }) };
}

/** A way as far as it is known. */
interface Along {
  /** All lines, the running one first. */
  readonly lines: readonly string[];
  /** Items that the first hop comes after. */
  readonly after: readonly string[];
}

/** The lines of a way after the first: hops as far as the chain reaches and none has to wait, and then all that wait. */
function alongTheWay(
  input: HopInput,
  way: Along & { readonly chain: Chain | null; readonly waiting: string | null },
): readonly HopResult[] {
  const { lines, chain, waiting } = way;
  const results: HopResult[] = [];
  let held: Later | null = null;
  for (const [index, to] of lines.slice(1).entries()) {
    const binaries = chain?.steps.find((step) => step.kind === 'binaries' && step.to === to);
    const entry = held === null && to !== waiting && binaries !== undefined ? entryOf(input, to, binaries.ripe) : null;
    if (chain !== null && entry !== null) {
      results.push({ kind: 'hop', hop: hopOf(chain, partOf(input, way, index, { ...entry, begun: false })) });
    } else {
      held = laterOf(input, lines, index, held);
      results.push(held);
    }
  }
  return results;
}

/**
 * When new binaries may come; `null` while nobody can say. A line that is not ripe may still be entered by an exception of the team, and
 * then only as long as that holds.
 */
function entryOf({ config, upgrade }: HopInput, to: string, ripe: ChainStep['ripe']): Entry | null {
  if (ripe === null) return { ripe: null, binariesBy: null };
  const { from, because } = ripe;
  if (from !== null) return { ripe: { from, because }, binariesBy: null };
  const item = upgradeId({ store: upgrade.store, to });
  const expires = config.exceptions
    .filter((one) => one.rule === 'release-age' && one.item === item)
    .map((one) => one.expires)
    .sort()
    .at(-1);
  return expires === undefined ? null : { ripe: { from: addDays(expires, 1), because }, binariesBy: expires };
}

type Entry = Pick<Part, 'ripe' | 'binariesBy'>;

type Later = Extract<HopResult, { kind: 'later' }>;

/** A line that nobody can enter yet, and when it is expected to be ripe; never before one that it comes after. */
function laterOf(input: HopInput, lines: readonly string[], index: number, held: Later | null): Later {
  const { upgrade, engine, product, patchesBy } = input;
  const policy = input.config.policy.engineUpgrades;
  const to = lines[index + 1] ?? upgrade.to;
  const ripeness = ripenessOf({ ...input, policy }, to);
  const own = ripeFrom(ripeness, to, policy, patchesBy);
  return {
    kind: 'later',
    item: upgradeId({ store: upgrade.store, to }),
    upgrade: upgradeTo(input, lines, index),
    title: `${product.name} ${index === 0 ? engine.running : lines[index]} → ${to}`,
    from: held === null ? own : latest(held.from, own),
    because: held === null ? ripeness.because : `it comes after ${held.item}, which has to wait`,
  };
}

/** The later of two days; `null` where nobody can say one of them. */
function latest(a: Day | null, b: Day | null): Day | null {
  return a === null || b === null ? null : maxDay(a, b);
}

/** The upgrade to a line of the way: the last one alone is due when the whole is. */
function upgradeTo({ upgrade }: HopInput, lines: readonly string[], index: number): Upgrade {
  const to = lines[index + 1] ?? upgrade.to;
  return { ...upgrade, to, by: index === lines.length - 2 ? upgrade.by : null };
}

/** What the way as a whole says of one of its hops. */
function partOf(
  input: HopInput,
  { lines, after }: Along,
  index: number,
  own: Pick<Part, 'ripe' | 'binariesBy' | 'begun'>,
): Part {
  const { upgrade, history, config, runtime } = input;
  const [from = '', to = ''] = lines.slice(index);
  const eol = history.lines.find((line) => line.line === from)?.eol?.day ?? null;
  return {
    from,
    to,
    upgrade: upgradeTo(input, lines, index),
    after: index === 0 ? after : [upgradeId({ store: upgrade.store, to: from })],
    leaveBy: eol === null ? null : addDays(eol, -config.policy.engineUpgrades.leaveBeforeEol),
    runtime: runtime?.id ?? null,
    ...own,
  };
}
