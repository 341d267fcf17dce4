import { DateTime } from 'luxon';
import { decidedBy, publishedBy } from '../app/compared.ts';
import { ingestBundle } from '../app/ingest-bundle.ts';
import { buildOverview } from '../app/overview.ts';
import { situationOf } from '../app/situation.ts';
import { type Asked, askable } from '../app/why.ts';
import { bundleIds, loadCatalogue } from '../catalogue/catalogue.ts';
import { correctionsOf } from '../catalogue/corrections.ts';
import { dataDir } from '../catalogue/data-dir.ts';
import { loadHistory } from '../catalogue/histories.ts';
import { type PlanFile, readPlanFile } from '../config/plan-file.ts';
import type { Baseline } from '../domain/baseline.ts';
import type { Config } from '../domain/config.ts';
import type { Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Overview } from '../domain/overview.ts';
import type { Product, ProductId } from '../domain/product.ts';
import { windowId } from '../domain/work-id.ts';
import { readCorrections } from '../feeds/corrections/payload.ts';
import { openStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import { chosenDay, configOrigin, databasePath, planFileOf } from './asked.ts';
import type { Validity } from './kept.ts';
import { keptConfig } from './kept-config.ts';
import type { Options } from './options.ts';
import type { Terminal } from './terminal.ts';

/** What nearly every command needs: facts, configuration, decisions, the day. */
export interface Session {
  readonly store: Store;
  /** Shipped products and the configuration's own, by id. */
  readonly products: ReadonlyMap<ProductId, Product>;
  readonly config: Config;
  readonly origin: Overview['origin'];
  readonly planFile: string;
  /** What had been decided by `asOf`. */
  readonly decisions: readonly Decision[];
  /** The proposals published by `asOf`; `null`: none. */
  readonly baseline: Baseline | null;
  readonly asOf: Day;
  /** Today in the team's zone, whatever `--as-of` says. */
  readonly today: Day;
  /** The time in which a session opened again is about the same days. */
  readonly holds: Validity;
  readonly notices: readonly string[];
}

/** Opens everything. The caller closes `session.store`. Precedence: flags, NEAP_* environment, project file, defaults. */
export async function openSession(options: Options, terminal: Terminal): Promise<Session> {
  const data = dataDir();
  const now = terminal.now();
  const catalogue = loadCatalogue(data);
  const origin = configOrigin(options, terminal, data);
  const named = chosenDay(options, terminal);
  const aroundYear = Number((named ?? (origin.kind === 'example' ? catalogue.asOf : now.toISOString())).slice(0, 4));
  const config = await keptConfig(origin.path, { products: catalogue.products, aroundYear }, terminal);
  const products = new Map(
    [...catalogue.products, ...config.products.map(ownProduct)].map((product) => [product.id, product]),
  );
  const today = DateTime.fromJSDate(now, { zone: config.team.timezone }).toISODate() as Day;
  const example = origin.kind === 'example';
  const asOf = named ?? (example ? catalogue.asOf : today);
  const planFile = planFileOf(origin);
  const written = example ? NOTHING : readPlanFile(planFile);
  const { decisions, baseline } = knownOn(asOf, written);

  const store = openWith(
    config.stack.flatMap((item) => products.get(item.product) ?? []),
    databasePath(options, terminal),
  );
  const notices = example ? [`Example team, not yours: bundled data as of ${asOf}. Make your own with: neap init`] : [];
  if (!example && asOf === today) notices.push(...ahead(written, today));
  const holds = dayAround(now, config);
  return { store, products, config, origin, planFile, decisions, baseline, asOf, today, holds, notices };
}

/**
 * What the plan file holds now, as it was on the session's day: somebody may have written to it since the session was opened.
 * @throws Problem when it is malformed.
 */
export function readPlanOf({ planFile, asOf, origin }: Pick<Session, 'planFile' | 'asOf' | 'origin'>): PlanFile {
  return origin.kind === 'example' ? NOTHING : knownOn(asOf, readPlanFile(planFile));
}

const NOTHING: PlanFile = { decisions: [], baseline: null };

function knownOn(asOf: Day, { decisions, baseline }: PlanFile): PlanFile {
  return { decisions: decidedBy(asOf, decisions), baseline: publishedBy(asOf, baseline) };
}

/** The store, holding what neap ships with of these products. */
function openWith(products: readonly Product[], path: string): Store {
  const store = openStore(path);
  try {
    if (!takeIn(store, products)) return store;
  } catch (error) {
    store.close();
    throw error;
  }
  // What was taken in lies in the write-ahead log until the last one closes: closed now, the file stays as it is from here on, and
  // answers from it can be kept at the first start.
  store.close();
  return openStore(path);
}

/** Dates ahead of today are a clock gone wrong, or a slip: they count from their day on, and that is said. */
function ahead({ decisions, baseline }: PlanFile, today: Day): readonly string[] {
  const names = decisions.filter(({ on }) => on > today).map(windowId);
  if (baseline !== null && baseline.on > today) names.push('baseline');
  if (names.length === 0) return [];
  return [`neap.plan.yaml: ${names.join(', ')} dated after today, ${today}, and not counted until then`];
}

/** Today in the team's zone, as far as it is the same day in UTC, whose year the holidays are looked up for. */
function dayAround(now: Date, { team }: Config): Validity {
  const days = [team.timezone, 'utc'].map((zone) => DateTime.fromJSDate(now, { zone }).startOf('day'));
  return {
    from: Math.max(...days.map((day) => day.toMillis())),
    until: Math.min(...days.map((day) => day.plus({ days: 1 }).toMillis())),
  };
}

/** The whole picture of a session, with another plan file than the one it read when that is given. */
export function overviewOf(session: Session, { decisions, baseline }: PlanFile = session): Overview {
  return buildOverview({ ...session, decisions, baseline });
}

/** The plan of a session, ready to be asked questions. */
export function askableOf(session: Session): Asked {
  return askable(situationOf(session), session.config, session.decisions);
}

/**
 * Makes sure that the database holds what neap ships with of these products. Opening a session does it for the stack; a command that
 * speaks of others asks for them. Returns whether anything was missing.
 */
export function takeIn(store: Store, products: readonly Product[]): boolean {
  const data = dataDir();
  const [ids, catalogue] = [bundleIds(data), loadCatalogue(data)];
  let took = false;
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
    took = true;
  }
  return took;
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
