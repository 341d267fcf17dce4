import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document } from 'yaml';
import hops from '../../data/engines/hops.json' with { type: 'json' };
import { detectImages } from '../detect/containers.ts';
import { type DetectedPackage, detectPackages } from '../detect/packages.ts';
import type { DetectedServer } from '../detect/servers.ts';
import type { Policy } from '../domain/config.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { Problem } from '../domain/problem.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { TABLES } from '../upgrade/tables.ts';

/** What a folder and the servers asked say of the catalogue's products. */
export interface DetectedStack {
  readonly packages: readonly DetectedPackage[];
  /** Engines that run, or that the packages talk to; all that could be meant when nothing was found. */
  readonly engines: readonly DetectedEngine[];
  /** Node.js, where a container file names it. */
  readonly runtime: { readonly product: ProductId; readonly running: string; readonly from: string } | null;
}

/** An engine with what is known of it; `null` where nobody said. */
export interface DetectedEngine {
  readonly product: Product;
  readonly running: string | null;
  readonly range: string | null;
  readonly edition: string | null;
  readonly topology: string | null;
  readonly platform: string | null;
  readonly fcv: string | null;
  /** Where it was found: `compose.yaml`, `127.0.0.1:6379`; `null`: only by its packages. */
  readonly from: string | null;
}

export interface InitRequest {
  readonly dir: string;
  readonly products: readonly Product[];
  /** Engines that cannot be told apart by anything but asking, when nothing is found. */
  readonly usual: readonly ProductId[];
  /** What live servers said of themselves. */
  readonly servers: readonly DetectedServer[];
  /** `null` when there is nobody to ask. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

/**
 * Writes a commented neap.yaml into `dir` from what is found there and answered.
 * @throws Problem when there is one already, a file found is malformed, an answer is no version, or it cannot be written.
 */
export async function init(request: InitRequest): Promise<{ path: string; detected: DetectedStack }> {
  const path = join(request.dir, 'neap.yaml');
  if (existsSync(path)) throw alreadyThere(path);
  const found = detectStack(request);
  const detected = { ...found, engines: await answered(found.engines, request.ask) };
  try {
    // `wx`: also refuses a file that appeared while we asked.
    writeFileSync(path, renderConfig(detected), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw alreadyThere(path);
    throw new Problem(`cannot write the configuration: ${said(error)}`, { where: path });
  }
  return { path, detected };
}

/** Asks for what is still unknown: which version runs, and how an engine that can be deployed in several ways is. */
async function answered(
  engines: readonly DetectedEngine[],
  ask: InitRequest['ask'],
): Promise<readonly DetectedEngine[]> {
  if (ask === null) return engines;
  const done: DetectedEngine[] = [];
  for (const engine of engines) {
    const { product } = engine;
    const running = engine.running ?? (await versionAnswer(product, ask));
    const topologies = TABLES.engines.find((row) => row.product === product.id)?.binariesDays ?? {};
    const topology =
      running === null || engine.topology !== null
        ? engine.topology
        : await choice(product, Object.keys(topologies), ask);
    done.push({ ...engine, running, topology });
  }
  return done;
}

async function versionAnswer(engine: Product, ask: NonNullable<InitRequest['ask']>): Promise<string | null> {
  const answer = (await ask(`Which version of ${engine.name} runs in production? (Enter: leave it out)`)).trim();
  if (answer === '') return null;
  if (!/^v?\d+(\.\d+)*(-[\w.]+)?$/.test(answer)) {
    throw new Problem(`"${answer}" is not a version of ${engine.name}; nothing was written`, {
      hint: 'Write it as 7.0.31, and run neap init again.',
    });
  }
  return answer.replace(/^v/, '');
}

async function choice(
  engine: Product,
  among: readonly string[],
  ask: NonNullable<InitRequest['ask']>,
): Promise<string | null> {
  if (among.length === 0) return null;
  const answer = (await ask(`How is ${engine.name} deployed: ${among.join(', ')}? (Enter: leave it out)`)).trim();
  if (answer === '' || among.includes(answer)) return answer === '' ? null : answer;
  throw new Problem(`"${answer}" is none of ${among.join(', ')}; nothing was written`, {
    hint: 'Run neap init again.',
  });
}

/** What package.json, lockfiles, container files and servers say. @throws Problem with its place when a file is malformed. */
export function detectStack({ dir, products, usual, servers }: Omit<InitRequest, 'ask'>): DetectedStack {
  const packages = detectPackages(dir, products);
  const images = detectImages(dir);
  const isEngine = (id: ProductId) => products.some((product) => product.id === id && product.kind === 'engine');
  const seen = [...servers.map(({ product }) => product), ...images.map(({ product }) => product).filter(isEngine)];
  // An engine that teams move to from another one is talked to by the other's clients (Valkey by those of Redis).
  const standIn = (store: ProductId | null) =>
    store === null || seen.includes(store)
      ? store
      : (hops.moves.find(({ product, to }) => product === store && seen.includes(to))?.to ?? store);
  const placed = packages.map((one) => ({ ...one, store: standIn(one.store) ?? null }));
  const wanted = [...seen, ...placed.flatMap(({ store }) => store ?? [])];
  const ids = wanted.length === 0 ? usual : wanted;
  const engines = products
    .filter((product) => product.kind === 'engine' && ids.includes(product.id))
    .map((product): DetectedEngine => {
      const server = servers.find((one) => one.product === product.id);
      const image = images.find((one) => one.product === product.id);
      return {
        product,
        running: server?.running ?? image?.running ?? null,
        range: server === undefined ? (image?.range ?? null) : null,
        edition: server?.edition ?? image?.edition ?? null,
        topology: server?.topology ?? image?.topology ?? null,
        platform: server?.platform ?? (image === undefined ? null : 'docker'),
        fcv: server?.fcv ?? null,
        from: server?.from ?? image?.from ?? null,
      };
    });
  const node = images.find((one) =>
    products.some((product) => product.id === one.product && product.kind === 'runtime'),
  );
  const runtime = node?.running == null ? null : { product: node.product, running: node.running, from: node.from };
  return { packages: placed, engines, runtime };
}

/** The text of a neap.yaml that the loader accepts: the stack, and every other key commented out with its default. */
export function renderConfig({ packages, engines, runtime }: DetectedStack): string {
  const lines = engines.map((engine) => engineLine(engine, packages.length > 0));
  for (const { product, range, running, store } of packages) {
    lines.push(`  - ${flow({ product, running, range, for: store })}${running === null ? ' # fill in `running`' : ''}`);
  }
  if (runtime !== null) {
    const { product, running, from } = runtime;
    lines.push(`  - ${flow({ product, running })} # from ${from}`);
  }
  const empty = lines.every((line) => line.trimStart().startsWith('#'));
  return `${HEAD}${empty ? 'stack: []\n  # Remove the [] above, and the # of what you run:' : 'stack:'}\n${lines.join('\n')}\n\n${policyLines()}\n${TAIL}`;
}

function engineLine({ product, from, ...engine }: DetectedEngine, used: boolean): string {
  const { running, range, edition, topology, platform, fcv } = engine;
  const found = from === null ? '' : ` # from ${from}`;
  if (running !== null)
    return `  - ${flow({ product: product.id, running, edition, topology, platform, fcv })}${found}`;
  if (from !== null) {
    return `  - ${flow({ product: product.id, range, edition, topology, platform })}${found}; fill in \`running\``;
  }
  const filled = flow({ product: product.id, running: 'VERSION' });
  // An engine that some package talks to has to be in the stack; without a version neap cannot plan its upgrades.
  return used ? `  - ${flow({ product: product.id })} # fill in what runs: ${filled}` : `  #- ${filled}`;
}

/** The default policy, commented out: whole and valid once only the `#` of each line goes. */
function policyLines(): string {
  const keys = Object.keys(POLICY_NOTES) as readonly (keyof Policy)[];
  const lines = keys.flatMap((key) => {
    const value = flow({ [key]: DEFAULT_POLICY[key] }).slice(1, -1);
    const note = `# ${POLICY_NOTES[key]}`;
    return value.length > NOTE_COLUMN ? [`#  ${note}`, `#  ${value}`] : [`#  ${value.padEnd(NOTE_COLUMN)} ${note}`];
  });
  return ['#policy:', ...lines].join('\n');
}

/** One line of YAML; `null` values are left out, and the library quotes what needs quotes. */
function flow(entry: Readonly<Record<string, unknown>>): string {
  const document = new Document();
  const given = Object.entries(entry).filter(([, value]) => value !== null);
  document.contents = document.createNode(Object.fromEntries(given), { flow: true });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim();
}

function alreadyThere(path: string): Problem {
  return new Problem('there is a neap.yaml already; it was left as it is', {
    where: path,
    hint: 'Edit it, or move it away and run neap init again.',
  });
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Notes of the policy begin here; those of values that reach further stand above them. */
const NOTE_COLUMN = 42;

/** What each key of the policy is, in the order of the file. The type asks for a note of every key. */
const POLICY_NOTES: Readonly<Record<keyof Policy, string>> = {
  tolerance: 'largest acceptable chance of a collision with a feature release',
  daysPerPoint: 'days that a percentage point of that chance is worth waiting',
  steady: 'days that moving a published proposal of this or the next sprint must be worth',
  lead: "working days' notice before a proposal; patches of grave defects need none",
  separation: 'days between a model change and the disruption of an engine upgrade of the same store',
  patchSeparation: 'working days between a patch of an engine and a model change of its store',
  modelChanges:
    'calm days before and after a feature release; changes a day and store; days of a change in phases before its contract, and in all',
  engineUpgrades:
    'age and patches of a line; waits of a hop; days to leave before the end of life; person-days; working days of a backup and of quiet edges',
  packages: 'days between the last major of a driver, ODM or runtime and new binaries of their engine',
  watch: 'vendor | reach | {off: reason}, by product or kind',
  staleAfter: "days since a product's last complete reading",
  neverRelax: 'rules that neap never proposes to relax',
};

const HEAD = `# What neap plans with: the team, what it runs, and its release policy. Written by \`neap init\`.
# Keys behind a # show the defaults, or an example; to change one, remove its # and that of the section it is in.

#team:
#  name: Team
#  timezone: UTC                              # such as Europe/Paris; decides what today is
#  workdays: [mon, tue, wed, thu, fri]
#  holidays: [{country: FR}]                  # public days off; \`before: 1\` also blocks the day before; \`days: [2026-12-24]\` adds own ones
#  sprint: {start: 2026-01-05, days: 14, first: 1}   # \`capacity: 20\` limits a sprint to 20 person-days

# What runs in production. \`range\` is what may arrive without a decision, \`for\` the engine a package talks to.
# Engines also take \`edition: community\`, \`topology: replica-set\`, \`platform: ubuntu-22.04\` and, MongoDB, \`fcv: "7.0"\`.
`;

const TAIL = `
# \`blocks\`: all | model | engine | package | disruption (also burn-in and soak of engine upgrades), or a list of them.
#freezes:
#  - {name: Year end, from: 2026-12-18, until: 2027-01-04, blocks: all, allow: [security]}

#modelChanges:
#  - {id: split-user-name, store: mongodb, models: [User], from: 1.1.0, to: 2.0.0, type: split-field, days: 3, effort: 5,
#     notBefore: 2026-12-01, deadline: 2027-02-26, rerunnable: true, rollback: script}

#upgrades:
#  - {store: mongodb, to: "8.0", by: 2027-04-30}
`;
