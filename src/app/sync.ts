import pLimit from 'p-limit';
import { type Day, daysBetween } from '../domain/day.ts';
import { Problem } from '../domain/problem.ts';
import type { FeedRef, Product, ProductId } from '../domain/product.ts';
import type { Rejected } from '../domain/reading.ts';
import type { Feed, FeedReading } from '../feeds/feed.ts';
import type { Http } from '../feeds/http/http.ts';
import type { Saved, SaveReading, Store } from '../store/store.ts';
import { targetOf } from './feed-target.ts';

export interface SyncRequest {
  readonly store: Store;
  readonly feeds: readonly Feed[];
  /** Products to visit. */
  readonly products: readonly Product[];
  /** The day of the reading. */
  readonly today: Day;
  /** Types of feeds to visit; all when absent. */
  readonly only?: readonly string[];
  /** Places visited less than so many days ago are skipped; none when absent. */
  readonly maxAge?: number;
  /** Visit and say what would be saved, but save nothing. Absent: false. */
  readonly dryRun?: boolean;
  /** Folder that relative paths in feeds start from. */
  readonly baseDir: string;
  readonly signal: AbortSignal;
  readonly http: Http;
  /** Where feeds look for tokens. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of each feed as it begins and as soon as it is done, in the order in which they finish. */
  readonly report?: (event: SyncEvent) => void;
}

export type SyncEvent =
  | { readonly kind: 'begin'; readonly visit: Visit; readonly of: number }
  | { readonly kind: 'done'; readonly result: FeedResult };

export interface SyncResult {
  /** In the order of the products and their feeds; those not visited because of an abort are missing. */
  readonly feeds: readonly FeedResult[];
  /** The signal was raised before all was done. What was saved stays saved. */
  readonly interrupted: boolean;
}

/** One place to visit for one product. */
export interface Visit {
  readonly product: ProductId;
  /** Type of the feed. */
  readonly feed: string;
  /** What it reads: the package, the repository, the path, the address. */
  readonly target: string;
}

/** How the visit to one place went. */
export type FeedResult = Visit &
  (
    | {
        readonly outcome: 'read';
        readonly saved: Saved;
        /** Versions whose date the feed gave but neap does not believe. */
        readonly suspect: number;
        readonly rejected: readonly Rejected[];
        readonly problem: null;
      }
    | {
        readonly outcome: 'failed' | 'skipped';
        readonly saved: null;
        readonly suspect: 0;
        readonly rejected: readonly [];
        /** Why it failed; of a skipped one, when it was visited last. */
        readonly problem: Problem | null;
      }
  );

/** Places visited at the same time; the network client limits each host besides. */
const AT_ONCE = 8;

/**
 * Visits every feed of the products and saves each reading in a transaction of its own. A feed that cannot be read does not stop the
 * others; its problem is in the result and remembered until a visit goes well.
 * @throws Problem for a type in `only` that there is none of, and for a database that cannot be written.
 */
export async function sync(request: SyncRequest): Promise<SyncResult> {
  const { only, report } = request;
  for (const type of only ?? []) feedOf(request.feeds, type);
  const visits = request.products.flatMap((product) =>
    product.feeds.filter((ref) => only?.includes(ref.type) ?? true).map((ref) => ({ product, ref })),
  );
  // A defect or a broken database in one visit must stop the others too, before this function returns.
  const broken = new AbortController();
  const signal = AbortSignal.any([request.signal, broken.signal]);
  const slot = pLimit(AT_ONCE);
  const settled = await Promise.allSettled(
    visits.map(({ product, ref }) =>
      slot(async () => {
        if (signal.aborted) return null;
        const which = { product: product.id, feed: ref.type, target: targetOf(product, ref) };
        report?.({ kind: 'begin', visit: which, of: visits.length });
        try {
          const result = await visit(request, product, ref, which, signal);
          if (result !== null) report?.({ kind: 'done', result });
          return result;
        } catch (error) {
          broken.abort();
          throw error;
        }
      }),
    ),
  );
  const results = settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  const feeds = results.filter((result) => result !== null);
  return { feeds, interrupted: feeds.length < visits.length };
}

/** `null` when it was stopped before anything was saved. */
async function visit(
  request: SyncRequest,
  product: Product,
  ref: FeedRef,
  which: Visit,
  signal: AbortSignal,
): Promise<FeedResult | null> {
  const { store, today, baseDir, http, env, dryRun = false } = request;
  if (isFresh(request, which)) {
    return { ...which, outcome: 'skipped', saved: null, suspect: 0, rejected: [], problem: null };
  }
  let reading: FeedReading;
  try {
    const feed = feedOf(request.feeds, ref.type);
    reading = await feed.read({ product, ref, baseDir, today, signal, http, env });
  } catch (error) {
    if (signal.aborted) return null;
    if (!(error instanceof Problem)) throw error;
    if (!dryRun) store.noteFailure({ ...which, visitedOn: today, because: error.message });
    return { ...which, outcome: 'failed', saved: null, suspect: 0, rejected: [], problem: error };
  }
  if (signal.aborted) return null;
  const { readOn } = reading;
  const save: SaveReading = { ...which, via: 'sync', readOn, visitedOn: today, reading };
  const saved = dryRun ? store.preview(save) : store.save(save);
  const suspect = reading.accepted.filter(({ claims }) => claims.some((claim) => claim.suspect !== null)).length;
  return { ...which, outcome: 'read', saved, suspect, rejected: reading.rejected, problem: null };
}

/** Visited well within `maxAge` days. A visit dated after today was made under a wrong clock and does not count. */
function isFresh({ store, today, maxAge }: SyncRequest, { product, feed, target }: Visit): boolean {
  if (maxAge === undefined) return false;
  return store.readings(product).some((reading) => {
    if (reading.feed !== feed || reading.target !== target || reading.visitedOn === null) return false;
    const age = daysBetween(reading.visitedOn, today);
    return age >= 0 && age < maxAge;
  });
}

function feedOf(feeds: readonly Feed[], type: string): Feed {
  const feed = feeds.find((candidate) => candidate.type === type);
  if (feed !== undefined) return feed;
  throw new Problem(`there is no feed "${type}"`, { hint: `Known are: ${feeds.map((f) => f.type).join(', ')}.` });
}
