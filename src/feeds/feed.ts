import type { Day } from '../domain/day.ts';
import type { FeedRef, Product } from '../domain/product.ts';
import type { Reading } from '../domain/reading.ts';
import type { Http } from './http/http.ts';

/** One kind of place that announces releases. One folder each, one line in feeds.ts. */
export interface Feed {
  /** Stored beside every reading; never rename one. */
  readonly type: string;
  /** Whether it needs the network; `sync` says so when it fails. */
  readonly network: boolean;
  /**
   * Reads all that the place publishes now. The promise rejects with a `Problem` only when the place cannot be read at all;
   * single entries that make no sense are in `rejected`. After an abort it rejects with whatever comes first.
   */
  read(request: FeedRequest): Promise<FeedReading>;
}

/** What a feed read, and the day it speaks of: `today`, unless the place says that it was written earlier. */
export interface FeedReading extends Reading {
  readonly readOn: Day;
}

export interface FeedRequest {
  readonly product: Product;
  readonly ref: FeedRef;
  /** Folder that relative paths in `ref` start from. */
  readonly baseDir: string;
  /** The day of the reading. */
  readonly today: Day;
  readonly signal: AbortSignal;
  /** The only way to the network, apart from npm's own client. */
  readonly http: Http;
  /** The environment: the only place tokens come from. */
  readonly env: Readonly<Record<string, string | undefined>>;
}
