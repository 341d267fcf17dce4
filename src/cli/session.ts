import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DateTime } from 'luxon';
import { ingestBundle } from '../app/ingest-bundle.ts';
import { buildOverview } from '../app/overview.ts';
import { bundleIds, loadCatalogue } from '../catalogue/catalogue.ts';
import { correctionsOf } from '../catalogue/corrections.ts';
import { dataDir } from '../catalogue/data-dir.ts';
import { loadHistory } from '../catalogue/histories.ts';
import { findConfig } from '../config/find.ts';
import { loadConfig } from '../config/load.ts';
import { readDecisions } from '../config/plan-file.ts';
import type { Config } from '../domain/config.ts';
import { type Day, parseDay } from '../domain/day.ts';
import type { Overview } from '../domain/overview.ts';
import type { Decision } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { readCorrections } from '../feeds/corrections/payload.ts';
import { openStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import type { Options } from './options.ts';
import { dataHome } from './places.ts';
import type { Terminal } from './terminal.ts';

/** What nearly every command needs: facts, configuration, decisions, the day. */
export interface Session {
  readonly store: Store;
  /** Shipped products and the configuration's own, by id. */
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly config: Config;
  readonly origin: Overview['origin'];
  readonly planFile: string;
  readonly decisions: readonly Decision[];
  readonly asOf: Day;
  /** Today in the team's zone, whatever `--as-of` says. */
  readonly today: Day;
  readonly notices: readonly string[];
}

/** Opens everything. The caller closes `session.store`. Precedence: flags, NEAP_* environment, project file, defaults. */
export async function openSession(options: Options, terminal: Terminal): Promise<Session> {
  const data = dataDir();
  const catalogue = loadCatalogue(data);
  const origin = configOrigin(options, terminal, data);
  const named = chosenDay(options, terminal);
  const { config } = await loadConfig(origin.path, {
    products: catalogue.products,
    aroundYear: Number(
      (named ?? (origin.kind === 'example' ? catalogue.asOf : terminal.now().toISOString())).slice(0, 4),
    ),
  });
  const products = new Map(
    [...catalogue.products, ...config.products.map(ownProduct)].map((product) => [product.id, product]),
  );
  const today = DateTime.fromJSDate(terminal.now(), { zone: config.team.timezone }).toISODate() as Day;
  const example = origin.kind === 'example';
  const asOf = named ?? (example ? catalogue.asOf : today);
  const planFile = join(dirname(origin.path), 'neap.plan.yaml');
  const decisions = example ? [] : readDecisions(planFile);

  const store = openStore(databasePath(options, terminal));
  try {
    takeIn(
      store,
      config.stack.flatMap((item) => products.get(item.product) ?? []),
    );
  } catch (error) {
    store.close();
    throw error;
  }
  const notices = example ? [`Example team, not yours: bundled data as of ${asOf}. Make your own with: neap init`] : [];
  return { store, products, config, origin, planFile, decisions, asOf, today, notices };
}

/** The whole picture of a session, with other decisions than those on disk when they are given. */
export function overviewOf(session: Session, decisions: readonly Decision[] = session.decisions): Overview {
  const { store, origin, asOf, today } = session;
  const previous = origin.kind === 'team' && asOf === today ? store.lastPlan(origin.path) : null;
  return buildOverview({ ...session, decisions, previous });
}

/**
 * Makes sure that the database holds what neap ships with of these products. Opening a session does it for the stack; a command that
 * speaks of others asks for them.
 */
export function takeIn(store: Store, products: readonly Product[]): void {
  const data = dataDir();
  const [ids, catalogue] = [bundleIds(data), loadCatalogue(data)];
  for (const product of new Set(products)) {
    const { id } = product;
    // A product of the configuration may take the id of a shipped one, to read it elsewhere; numbered otherwise, it is another product.
    const shipped = catalogue.products.find((one) => one.id === id)?.versioning === product.versioning;
    const bundle = `${id}:${ids[id]}`;
    if (!shipped || ids[id] === undefined || store.hasBundle(bundle)) continue;
    const file = correctionsOf(data, id);
    const { readOn, ...reading } = readCorrections(file, { product, path: 'corrections.json', today: file.readOn });
    const corrections = { product: id, feed: 'bundle:corrections', readOn, reading };
    ingestBundle(store, [...loadHistory(data, id), corrections], bundle);
  }
}

/** Runs `work` with an open session and closes its database however it ends. */
export async function withSession<T>(
  options: Options,
  terminal: Terminal,
  work: (session: Session) => Promise<T> | T,
): Promise<T> {
  const session = await openSession(options, terminal);
  try {
    return await work(session);
  } finally {
    session.store.close();
  }
}

export function databasePath(options: Options, terminal: Terminal): string {
  const named = options.db ?? terminal.env.NEAP_DB;
  return named === undefined || named === '' ? join(dataHome(terminal), 'neap.db') : resolve(terminal.cwd, named);
}

/** The configuration that applies: the one named, the one found upward from here, or the bundled example. @throws Problem for a named one that is missing. */
export function configOrigin(options: Options, terminal: Terminal, data: string): Overview['origin'] {
  const named = options.config ?? (terminal.env.NEAP_CONFIG || undefined);
  if (named !== undefined) {
    const path = resolve(terminal.cwd, named);
    if (!existsSync(path)) {
      throw new Problem(`there is no configuration at ${path}`, {
        hint: 'Name an existing neap.yaml, or write one with: neap init',
      });
    }
    return { kind: 'team', path };
  }
  const found = findConfig(terminal.cwd);
  return found === null ? { kind: 'example', path: join(data, 'example', 'neap.yaml') } : { kind: 'team', path: found };
}

function chosenDay(options: Options, terminal: Terminal): Day | null {
  const text = options.asOf ?? (terminal.env.NEAP_AS_OF || undefined);
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw new Problem(`--as-of: "${text}" is not a day`, { hint: 'Write it as 2026-11-22.' });
  return day;
}

function ownProduct({ id, name, kind, versioning, feeds }: Config['products'][number]): Product {
  return {
    id,
    name,
    kind,
    vendor: name,
    versioning,
    effective: ['notes', 'declared', 'tag', 'changelog', 'registry'],
    feeds,
    npm: null,
  };
}
