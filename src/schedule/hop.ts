import type { Config, StackItem, Upgrade } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import type { Breach, Piece } from '../policy/rule.ts';
import { type Edition, routeFor } from '../upgrade/route.ts';
import { TABLES } from '../upgrade/tables.ts';
import { targetOf, YOUNGEST_PATCH } from '../upgrade/target.ts';
import { backFromBinaries } from '../upgrade/way-back.ts';
import { compareLines } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** Names of the steps of an upgrade, as decisions and windows carry them. */
export const STEPS: readonly string[] = ['prepare', 'binaries', 'fcv'];

/** One engine upgrade as ordered work: prepare, binaries, then the burn-in, FCV where the engine has one, then the soak. */
export interface Hop {
  readonly item: string;
  readonly upgrade: Upgrade;
  /** `MongoDB 7.0.31 → 8.0.29`. */
  readonly title: string;
  readonly prepare: Piece;
  readonly binaries: Piece;
  /** `null` for engines without a feature compatibility version. */
  readonly fcv: Piece | null;
  /** Calendar days between the binaries and the FCV. */
  readonly burnIn: number;
  /** Calendar days after the last step. */
  readonly soak: number;
  /** How to go back once new binaries have run. */
  readonly wayBack: string;
  /** The first binary is the point of no return: the way back is a restore. */
  readonly noReturnAtBinaries: boolean;
  /** Last day the policy wants the old line gone by; `null` when its end of life is not known. */
  readonly leaveBy: Day | null;
}

export type HopResult =
  | { readonly kind: 'hop'; readonly hop: Hop }
  /** Nothing to do: the engine runs that line, or a newer one. */
  | { readonly kind: 'done' }
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
  readonly asOf: Day;
}

/** Works out the one hop from what runs to what is wanted, or says which fact forbids it. Chains of hops come later. Pure. */
export function hopFor({ config, upgrade, engine, product, history, asOf }: HopInput): HopResult {
  const item = `${upgrade.store}-${upgrade.to}`;
  const running = engine.running === null ? null : schemeOf(product.versioning).parse(engine.running);
  const title = `${product.name} ${engine.running ?? '?'} → ${upgrade.to}`;
  const no = (because: string, facts: Breach['facts'] = {}): HopResult => {
    return { kind: 'impossible', item, upgrade, title, breach: { because, facts } };
  };
  if (running === null)
    return no(`neap.yaml does not say which version of ${product.name} runs`, { store: upgrade.store });
  if (compareLines(running.line, upgrade.to) >= 0) return { kind: 'done' };

  const edition = editionOf(engine.edition);
  const route = routeFor({ product: product.id, from: running.line, to: upgrade.to, edition }, TABLES);
  if (route.kind === 'there') return { kind: 'done' };
  if (route.kind === 'none') return no(route.because, { from: running.line, to: upgrade.to });
  if (route.hops.length > 1) {
    const lines = [running.line, ...route.hops.map((hop) => hop.to)].join(' → ');
    const because = `${product.name} ${running.line} → ${upgrade.to} takes several hops, ${lines}: wish for ${route.hops[0]?.to} first`;
    return no(because, { from: running.line, to: upgrade.to });
  }
  const line = history.lines.find((candidate) => candidate.line === upgrade.to);
  if (line === undefined || line.ga === null)
    return no(`no release of ${product.name} ${upgrade.to} is known`, { to: upgrade.to });

  const published = history.releases.filter(
    (r) => r.line === upgrade.to && r.level !== 'prerelease' && r.date !== null,
  );
  const target = targetOf(history, upgrade.to, asOf, schemeOf(product.versioning), TABLES.advisories);
  if (target === null) return no(`no ${upgrade.to} release is ${YOUNGEST_PATCH} days old yet`, { to: upgrade.to });

  const { minAge, minPatch, burnIn, soak, leaveBeforeEol, effort } = config.policy.engineUpgrades;
  const patches = published.length - 1;
  const oldEnough = addDays(line.ga, minAge);
  const ripe =
    patches < minPatch
      ? { from: '9999-12-31' as Day, because: `${upgrade.to} has ${patches} patches, the policy wants ${minPatch}` }
      : {
          from: oldEnough,
          because: `${upgrade.to} came out on ${line.ga}; the policy waits ${minAge} days, until ${oldEnough}`,
        };

  const name = `${product.name} ${engine.running} → ${target.version}`;
  const parts = split(effort);
  const piece = (step: string, label: string, days: number, personDays: number): Piece => ({
    id: `${item}/${step}`,
    item,
    step,
    title: `${name}: ${label}`,
    kind: 'engine',
    store: upgrade.store,
    days,
    effort: personDays,
    priority: upgrade.priority,
    notBefore: null,
    deadline: upgrade.by,
    after: [],
    ripe: step === 'binaries' ? ripe : null,
  });
  const row = TABLES.engines.find((one) => one.product === product.id);
  const hasFcv = row?.fcv != null;
  const back = backFromBinaries({ product: product.id, from: running.line, to: upgrade.to, edition }, TABLES);
  const eol = history.lines.find((candidate) => candidate.line === running.line)?.eol?.day ?? null;
  return {
    kind: 'hop',
    hop: {
      item,
      upgrade,
      title: name,
      prepare: piece('prepare', 'prepare, backup and pre-checks', 1, parts.prepare),
      binaries: piece(
        'binaries',
        'new binaries',
        row?.binariesDays[engine.topology ?? ''] ?? USUAL_DAYS,
        parts.binaries,
      ),
      fcv: hasFcv ? piece('fcv', `raise FCV to ${upgrade.to}`, 1, parts.fcv) : null,
      burnIn: hasFcv ? burnIn : 0,
      soak: hasFcv ? soak : burnIn + soak,
      wayBack: back.text,
      noReturnAtBinaries: back.noReturn,
      leaveBy: eol === null ? null : addDays(eol, -leaveBeforeEol),
    },
  };
}

/** Working days of new binaries where the team did not say how the engine is deployed: a few members, one by one. */
const USUAL_DAYS = 2;

/** Community where the team did not say: the edition with the fewest ways back. */
export function editionOf(edition: string | null): Edition {
  return edition === 'enterprise' || edition === 'atlas' ? edition : 'community';
}

/** Splits the effort of a hop over its steps: half for the binaries, the rest before and after. */
function split(effort: number): { prepare: number; binaries: number; fcv: number } {
  const binaries = effort / 2;
  return { prepare: effort / 4, binaries, fcv: effort / 4 };
}
