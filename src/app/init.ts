import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { Document } from 'yaml';
import { parseJson } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import type { Product, ProductId } from '../domain/product.ts';

/** What the folder's package.json and package-lock.json say of the catalogue's products. */
export interface DetectedStack {
  readonly packages: readonly DetectedPackage[];
  /** The engines these packages talk to; all that could be meant when no package was found. */
  readonly engines: readonly Product[];
}

export interface DetectedPackage {
  readonly product: ProductId;
  /** As package.json has it; `null` when that is no semver range (`latest`, `workspace:*`). */
  readonly range: string | null;
  /** Locked version; `null` without a lock file. */
  readonly running: string | null;
  /** The engine of the same vendor; `null` when neap knows none. */
  readonly store: ProductId | null;
}

/** Versions the engines run, by product; an engine that is not there was not answered. */
export type Answers = ReadonlyMap<ProductId, string>;

export interface InitRequest {
  readonly dir: string;
  readonly products: readonly Product[];
  /** `null` when there is nobody to ask. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

const SECTIONS = ['dependencies', 'optionalDependencies', 'devDependencies'];
/** Asked for when nothing is found. */
const USUAL_ENGINES = ['mongodb', 'redis'];

/**
 * Writes a commented neap.yaml into `dir` from what is found there and answered.
 * @throws Problem when there is one already, package.json or its lock is malformed, an answer is no version, or it cannot be written.
 */
export async function init({ dir, products, ask }: InitRequest): Promise<{ path: string; detected: DetectedStack }> {
  const path = join(dir, 'neap.yaml');
  if (existsSync(path)) throw alreadyThere(path);
  const detected = detectStack(dir, products);
  const answers = new Map<ProductId, string>();
  for (const engine of ask === null ? [] : detected.engines) {
    const answer =
      (await ask?.(`Which version of ${engine.name} runs in production? (Enter: leave it out)`))?.trim() ?? '';
    if (answer === '') continue;
    if (!/^v?\d+(\.\d+)*(-[\w.]+)?$/.test(answer)) {
      throw new Problem(`"${answer}" is not a version of ${engine.name}; nothing was written`, {
        hint: 'Write it as 7.0.31, and run neap init again.',
      });
    }
    answers.set(engine.id, answer.replace(/^v/, ''));
  }
  try {
    // `wx`: also refuses a file that appeared while we asked.
    writeFileSync(path, renderConfig(detected, answers), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw alreadyThere(path);
    throw new Problem(`cannot write the configuration: ${said(error)}`, { where: path });
  }
  return { path, detected };
}

/** The catalogue's npm products among the folder's direct dependencies. @throws Problem with its place when a file is malformed. */
export function detectStack(dir: string, products: readonly Product[]): DetectedStack {
  const manifest = readJson(join(dir, 'package.json'));
  const lock = readJson(join(dir, 'package-lock.json'));
  const engineOf = (product: Product) =>
    products.find((other) => other.kind === 'engine' && other.vendor === product.vendor);
  const packages: DetectedPackage[] = [];
  for (const product of products) {
    const name = product.npm;
    if (name === null) continue;
    const spec = SECTIONS.map((section) => field(field(manifest, section), name)).find((text) => text !== undefined);
    if (typeof spec !== 'string') continue;
    const running = field(field(field(lock, 'packages'), `node_modules/${name}`), 'version');
    packages.push({
      product: product.id,
      range: semver.validRange(spec) === null || spec.trim() === '' ? null : spec.trim(),
      running: typeof running === 'string' && running !== '' ? running : null,
      store: engineOf(product)?.id ?? null,
    });
  }
  const wanted = packages.length === 0 ? USUAL_ENGINES : packages.map((found) => found.store);
  return { packages, engines: products.filter((product) => product.kind === 'engine' && wanted.includes(product.id)) };
}

/** The text of a neap.yaml that the loader accepts: the stack, and every other key commented out with its default. */
export function renderConfig(detected: DetectedStack, answers: Answers): string {
  const { packages, engines } = detected;
  const lines = engines.map((engine) => engineLine(engine, answers.get(engine.id), packages.length > 0));
  for (const { product, range, running, store } of packages) {
    lines.push(`  - ${flow({ product, running, range, for: store })}${running === null ? ' # fill in `running`' : ''}`);
  }
  const empty = lines.every((line) => line.trimStart().startsWith('#'));
  return `${HEAD}${empty ? 'stack: []\n  # Remove the [] above, and the # of what you run:' : 'stack:'}\n${lines.join('\n')}\n${TAIL}`;
}

function engineLine(engine: Product, running: string | undefined, used: boolean): string {
  if (running !== undefined) return `  - ${flow({ product: engine.id, running })}`;
  const filled = flow({ product: engine.id, running: 'VERSION' });
  // An engine that some package talks to has to be in the stack; without a version neap cannot plan its upgrades.
  return used ? `  - ${flow({ product: engine.id })} # fill in what runs: ${filled}` : `  # - ${filled}`;
}

/** One line of YAML; `null` values are left out, and the library quotes what needs quotes. */
function flow(entry: Readonly<Record<string, string | null>>): string {
  const document = new Document();
  const given = Object.entries(entry).filter(([, value]) => value !== null);
  document.contents = document.createNode(Object.fromEntries(given), { flow: true });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim();
}

/** `null` when there is no such file. */
function readJson(path: string): unknown {
  if (!existsSync(path)) return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Problem(`cannot read the file: ${said(error)}`, { where: path });
  }
  const value = parseJson(text, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem('not a package description: it must hold an object', { where: `${path}:1:1` });
  }
  return value;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
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

const HEAD = `# What neap plans with: the team, what it runs, and its release policy. Written by \`neap init\`.
# Lines that begin with # show the defaults; remove the # to change one.

# team:
#   name: Team
#   timezone: UTC                             # such as Europe/Paris; decides what today is
#   workdays: [mon, tue, wed, thu, fri]
#   holidays: [{country: FR}]                 # public days off; \`before: 1\` also blocks the day before; \`days: [2026-12-24]\` adds own ones
#   sprint: {start: 2026-01-05, days: 14, first: 1}   # \`capacity: 20\` limits a sprint to 20 person-days

# What runs in production. \`range\` is what may arrive without a decision, \`for\` the engine a package talks to.
# Engines also take \`edition: community\`, \`topology: replica-set\`, \`platform: ubuntu-22.04\` and, MongoDB, \`fcv: "7.0"\`.
`;

const TAIL = `
# policy:
#   tolerance: 0.2                            # largest acceptable chance of a collision with a feature release
#   separation: 14                            # days between a model change and an engine upgrade of the same store
#   modelChanges: {guard: 7, settle: 14}      # calm days before and after a feature release
#   engineUpgrades: {minAge: 60, minPatch: 3, burnIn: 14, soak: 7, leaveBeforeEol: 90, effort: 3}
#   watch: {engine: vendor, default: reach}   # vendor | reach | {off: reason}, by product or kind
#   staleAfter: 45                            # days since a product's last complete reading
#   neverRelax: [freeze]

# freezes:
#   - {name: Year end, from: 2026-12-18, until: 2027-01-04, blocks: all, allow: [security]}

# modelChanges:
#   - {id: split-user-name, store: mongodb, models: [User], from: 1.1.0, to: 2.0.0, type: split-field, days: 3, effort: 5,
#      notBefore: 2026-12-01, deadline: 2027-02-26, rerunnable: true, rollback: script}

# upgrades:
#   - {store: mongodb, to: "8.0", by: 2027-04-30}
`;
