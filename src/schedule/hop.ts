import table from '../../data/engines/hops.json' with { type: 'json' };
import type { Config, StackItem, Upgrade } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import type { Breach, Piece } from '../policy/rule.ts';
import { compareLines } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** A patch this young may still be withdrawn; design.md section 8. */
const YOUNGEST_PATCH = 7;

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

  const row = table.hops.find((h) => h.product === product.id && h.from === running.line && h.to === upgrade.to);
  if (row === undefined) {
    const stops = table.hops.filter((h) => h.product === product.id && h.from === running.line).map((h) => h.to);
    const hint = stops.length === 0 ? 'no hop from there is known' : `one hop reaches ${stops.join(' or ')}`;
    return no(`${product.name} ${running.line} → ${upgrade.to} is not known to be possible in one hop; ${hint}`, {
      from: running.line,
      to: upgrade.to,
    });
  }
  const line = history.lines.find((candidate) => candidate.line === upgrade.to);
  if (line === undefined || line.ga === null)
    return no(`no release of ${product.name} ${upgrade.to} is known`, { to: upgrade.to });

  const published = history.releases.filter(
    (r) => r.line === upgrade.to && r.level !== 'prerelease' && r.date !== null,
  );
  const target = published.filter((r) => r.date !== null && r.date <= addDays(asOf, -YOUNGEST_PATCH)).at(-1);
  if (target === undefined) return no(`no ${upgrade.to} release is ${YOUNGEST_PATCH} days old yet`, { to: upgrade.to });

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
  const hasFcv = (table.featureCompatibility as readonly string[]).includes(product.id);
  const back = row.downgrade[engine.edition === 'enterprise' ? 'enterprise' : 'community'];
  const eol = history.lines.find((candidate) => candidate.line === running.line)?.eol?.day ?? null;
  return {
    kind: 'hop',
    hop: {
      item,
      upgrade,
      title: name,
      prepare: piece('prepare', 'prepare, backup and pre-checks', 1, parts.prepare),
      binaries: piece('binaries', 'new binaries', binariesDays(engine.topology), parts.binaries),
      fcv: hasFcv ? piece('fcv', `raise FCV to ${upgrade.to}`, 1, parts.fcv) : null,
      burnIn: hasFcv ? burnIn : 0,
      soak: hasFcv ? soak : burnIn + soak,
      wayBack: WAY_BACK[back] ?? WAY_BACK.unknown ?? '',
      noReturnAtBinaries: back !== 'yes',
      leaveBy: eol === null ? null : addDays(eol, -leaveBeforeEol),
    },
  };
}

const WAY_BACK: Readonly<Record<string, string>> = {
  yes: 'Downgrade the binaries, while the FCV has not been raised.',
  support: 'Restore the backup taken before; a downgrade only with the vendor’s support.',
  no: 'Restore the backup taken before; the vendor supports no downgrade for this edition.',
  unknown: 'Restore the backup taken before; whether a downgrade is supported is not known.',
};

/** Working days to roll new binaries through the topology: members of a replica set one by one, shards after one another. */
function binariesDays(topology: string | null): number {
  if (topology === 'standalone') return 1;
  return topology === 'sharded' ? 3 : 2;
}

/** Splits the effort of a hop over its steps: half for the binaries, the rest before and after. */
function split(effort: number): { prepare: number; binaries: number; fcv: number } {
  const binaries = effort / 2;
  return { prepare: effort / 4, binaries, fcv: effort / 4 };
}
