import type { Day } from '../domain/day.ts';
import { Problem } from '../domain/problem.ts';
import type { FeedRef, Product, ProductId } from '../domain/product.ts';
import type { Rejected } from '../domain/reading.ts';
import type { Feed, FeedReading } from '../feeds/feed.ts';
import type { Http } from '../feeds/http/http.ts';
import type { Saved, Store } from '../store/store.ts';

export interface SyncRequest {
  readonly store: Store;
  readonly feeds: readonly Feed[];
  readonly products: readonly Product[];
  /** The day of the reading. */
  readonly today: Day;
  /** Products to visit; all when absent. */
  readonly only?: readonly ProductId[];
  /** Folder that relative paths in feeds start from. */
  readonly baseDir: string;
  readonly signal: AbortSignal;
  readonly http: Http;
  /** Where feeds look for tokens. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of each feed as soon as it is done, in the order in which they finish. */
  readonly report?: (result: FeedResult) => void;
}

export interface SyncResult {
  /** In the order of the products and their feeds; those not visited because of an abort are missing. */
  readonly feeds: readonly FeedResult[];
  /** The signal was raised before all was done. What was saved stays saved. */
  readonly interrupted: boolean;
}

/** How the visit to one place went. */
export type FeedResult = {
  readonly product: ProductId;
  /** Type of the feed. */
  readonly feed: string;
  /** What it reads: the package or the path. */
  readonly target: string;
} & (
  | {
      readonly outcome: 'read';
      readonly saved: Saved;
      /** Versions whose date the feed gave but neap does not believe. */
      readonly suspect: number;
      readonly rejected: readonly Rejected[];
      readonly problem: null;
    }
  | {
      readonly outcome: 'failed';
      readonly saved: null;
      readonly suspect: 0;
      readonly rejected: readonly [];
      readonly problem: Problem;
    }
);

/** Places visited at the same time: enough to hide the network, few enough for a registry not to mind. */
const AT_ONCE = 4;

/**
 * Visits every feed of the products and saves each reading in a transaction of its own. A feed that cannot be read does not stop the
 * others; its problem is in the result.
 * @throws Problem for a product in `only` that there is none of, and for a database that cannot be written.
 */
export async function sync(request: SyncRequest): Promise<SyncResult> {
  const visits = wanted(request).flatMap((product) => product.feeds.map((ref) => ({ product, ref })));
  const results: (FeedResult | undefined)[] = visits.map(() => undefined);
  const queue = visits.entries();
  // A defect or a broken database in one worker must stop the others too, before this function returns.
  const broken = new AbortController();
  const signal = AbortSignal.any([request.signal, broken.signal]);
  const worker = async () => {
    for (const [i, { product, ref }] of queue) {
      if (signal.aborted) return;
      const result = await visit(request, product, ref, signal);
      if (result === null) return;
      results[i] = result;
      request.report?.(result);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, () =>
    worker().catch((error: unknown) => {
      broken.abort();
      throw error;
    }),
  );
  for (const settled of await Promise.allSettled(workers)) {
    if (settled.status === 'rejected') throw settled.reason;
  }
  const feeds = results.filter((result) => result !== undefined);
  return { feeds, interrupted: feeds.length < visits.length };
}

function wanted({ products, only }: SyncRequest): readonly Product[] {
  if (only === undefined) return products;
  for (const id of only) {
    if (products.some((product) => product.id === id)) continue;
    throw new Problem(`there is no product ${id} to sync`, {
      hint: `Known are: ${products.map((p) => p.id).join(', ')}.`,
    });
  }
  return products.filter((product) => only.includes(product.id));
}

/** `null` when it was stopped before anything was saved. */
async function visit(
  request: SyncRequest,
  product: Product,
  ref: FeedRef,
  signal: AbortSignal,
): Promise<FeedResult | null> {
  const which = { product: product.id, feed: ref.type, target: ref.package ?? ref.path ?? product.id };
  let reading: FeedReading;
  try {
    reading = await feedOf(request.feeds, ref).read({
      product,
      ref,
      baseDir: request.baseDir,
      today: request.today,
      signal,
      http: request.http,
      env: request.env,
    });
  } catch (error) {
    if (signal.aborted) return null;
    if (!(error instanceof Problem)) throw error;
    return { ...which, outcome: 'failed', saved: null, suspect: 0, rejected: [], problem: error };
  }
  if (signal.aborted) return null;
  const saved = request.store.save({
    product: product.id,
    feed: ref.type,
    via: 'sync',
    readOn: reading.readOn,
    reading,
  });
  const suspect = reading.accepted.filter(({ claims }) => claims.some((claim) => claim.suspect !== null)).length;
  return { ...which, outcome: 'read', saved, suspect, rejected: reading.rejected, problem: null };
}

function feedOf(feeds: readonly Feed[], ref: FeedRef): Feed {
  const feed = feeds.find((candidate) => candidate.type === ref.type);
  if (feed !== undefined) return feed;
  throw new Problem(`there is no feed "${ref.type}"`, { hint: `Known are: ${feeds.map((f) => f.type).join(', ')}.` });
}
