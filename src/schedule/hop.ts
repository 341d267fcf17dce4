import type { Config, StackItem, Upgrade } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { RunningChange } from '../domain/plan.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { upgradeId, windowId } from '../domain/work-id.ts';
import type { Breach, Piece } from '../policy/rule.ts';
import { type Chain, chainFor } from '../upgrade/chain.ts';
import type { Package } from '../upgrade/packages.ts';
import { editionOf } from '../upgrade/route.ts';
import type { ChainStep, StepKind } from '../upgrade/step.ts';
import type { Tables } from '../upgrade/tables.ts';
import { compareLines } from '../versioning/scheme.ts';

/** Names of the steps of an upgrade, as decisions and windows carry them, in order. */
export const STEPS: readonly string[] = ['fcv-first', 'platform', 'runtime', 'packages', 'prepare', 'binaries', 'fcv'];

/**
 * One hop of an engine as ordered work: what has to be in place before, prepare, binaries, then the burn-in, FCV where the engine has one,
 * then the soak. A chain of hops is one of these after another.
 */
export interface Hop {
  /** `mongodb-8.0`: the store and the line it gets to. */
  readonly item: string;
  readonly upgrade: Upgrade;
  /** `MongoDB 7.0.31 → 8.0.29`. */
  readonly title: string;
  /** Hosts, runtime, drivers and ODM, in the order they must come in; often none. */
  readonly before: readonly Piece[];
  readonly prepare: Piece;
  readonly binaries: Piece;
  /** `null` for engines without a feature compatibility version. */
  readonly fcv: Piece | null;
  /** Calendar days between the binaries and the FCV. */
  readonly burnIn: number;
  /** Calendar days after the last step. */
  readonly soak: number;
  /** How to go back from each step, by its name. */
  readonly waysBack: Readonly<Record<string, string>>;
  /** Name of the step from which on the way back is a restore, or nothing; `null`: none of this hop. */
  readonly noReturn: string | null;
  /** What neap.yaml says runs after each step, by its name. */
  readonly sets: Readonly<Record<string, readonly RunningChange[]>>;
  /** The new binaries run already, and only what comes after them is left. */
  readonly begun: boolean;
  /** What to know of each step, by its name. */
  readonly details: Readonly<Record<string, readonly string[]>>;
  /** Last day the policy wants the old line gone by; `null` when its end of life is not known, or another hop leaves it. */
  readonly leaveBy: Day | null;
}

export type HopResult =
  | { readonly kind: 'hop'; readonly hop: Hop }
  | {
      readonly kind: 'impossible';
      readonly item: string;
      readonly upgrade: Upgrade;
      readonly title: string;
      readonly breach: Breach;
    };

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

/** Kinds of steps that are work of the application's team rather than of the engine. */
const PACKAGE_WORK: readonly StepKind[] = ['runtime', 'packages'];

interface Part {
  readonly runtime: string | null;
  readonly from: string;
  readonly to: string;
  readonly upgrade: Upgrade;
  readonly after: readonly string[];
  readonly leaveBy: Day | null;
}

function hopOf(chain: Chain, { from, to, upgrade, after, leaveBy, runtime }: Part): Hop {
  const item = upgradeId({ store: upgrade.store, to });
  const own = chain.steps.filter((step) => step.to === to && step.from === from);
  const first = chain.lines[0] === from ? chain.steps.filter((step) => step.to === from && step.from === from) : [];
  const named = (name: string, step: ChainStep): Piece => ({
    id: windowId({ item, step: name }),
    item,
    step: name,
    title: titled(step),
    kind: PACKAGE_WORK.includes(step.kind) ? 'package' : 'engine',
    store: upgrade.store,
    days: step.days,
    effort: step.effort,
    priority: upgrade.priority,
    notBefore: null,
    deadline: upgrade.by,
    after,
    needs: [],
    follows: [],
    ripe: step.ripe,
    urgent: false,
  });
  const find = (kind: StepKind) => own.find((step) => step.kind === kind);
  const [prepare, binaries, fcv] = [find('prepare'), find('binaries'), find('fcv')];
  if (prepare === undefined || binaries === undefined) throw new RangeError(`a hop to ${to} without its binaries`);
  const early = [
    ...first.map((step) => named('fcv-first', step)),
    ...own
      .filter(({ kind }) => ['platform', 'runtime', 'packages'].includes(kind))
      .map((step) => named(step.kind, step)),
  ];
  const steps: Readonly<Record<string, ChainStep | undefined>> = {
    ...Object.fromEntries(own.map((step) => [step.kind, step])),
    'fcv-first': first[0],
  };
  const covering = early.filter(({ kind }) => kind === 'package').map(({ id }) => id);
  const turn = own.find((step) => step.id === chain.noReturn) ?? own.find((step) => step.wayBack.noReturn);
  return {
    item,
    upgrade,
    title: prepare.hop,
    before: early,
    prepare: named('prepare', prepare),
    binaries: { ...named('binaries', binaries), needs: covering },
    fcv: fcv === undefined ? null : named('fcv', fcv),
    burnIn: find('burn-in')?.wait ?? 0,
    soak: find('soak')?.wait ?? 0,
    waysBack: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, step?.wayBack.text ?? ''])),
    noReturn: turn === undefined ? null : turn.kind,
    begun: false,
    sets: Object.fromEntries(
      Object.entries(steps).map(([name, step]) => [name, setsOf(upgrade.store, name, step, runtime)]),
    ),
    details: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, detailsOf(step)])),
    leaveBy,
  };
}

function setsOf(
  store: string,
  name: string,
  step: ChainStep | undefined,
  runtime: string | null,
): readonly RunningChange[] {
  if (step === undefined) return [];
  const set = (id: string, key: RunningChange['key'], value: string | null | undefined) =>
    value == null ? [] : [{ id, key, value }];
  if (name === 'binaries') return set(store, 'running', step.version);
  if (name === 'fcv' || name === 'fcv-first') return set(store, 'fcv', step.to);
  if (name === 'platform') return set(store, 'platform', step.platform);
  if (name === 'runtime') return runtime === null ? [] : set(runtime, 'running', step.version);
  return step.changes.flatMap((change) => set(change.id, 'running', change.to));
}

function detailsOf(step: ChainStep | undefined): readonly string[] {
  if (step === undefined) return [];
  return [...step.details, ...step.unverified.map((what) => `not checked at its source: ${what}`)];
}

/** `MongoDB 7.0.31 → 8.0.29: raise the FCV to 8.0`, whatever the step. */
function titled({ hop, title }: ChainStep): string {
  return title.startsWith(hop) ? title : `${hop}: ${title}`;
}
