import type { KeptBodies } from './kept-bodies.ts';
import type { FeedLimits } from './limits.ts';

/**
 * The door to the network that a sync hands to every feed: proxies of the environment, a limit per host, time and size limits, and bodies
 * kept from the last visit so that an unchanged one costs a 304.
 */
export interface Http {
  /**
   * One GET with retries: network errors, 408, 429 and 5xx are tried again, as `Retry-After` says where it is given and is not too long.
   * @throws Problem in one clear line, naming the address without credentials and query; after an abort, whatever comes first.
   */
  get(url: string, options: GetOptions): Promise<Body>;
  /**
   * One try, in the shape of the standard `fetch`, for clients that bring their own retries (octokit). The body is read whole within the
   * limits before the promise resolves.
   * @throws HttpError for what is too large, too late or cut off; TypeError as `fetch` does for what cannot be reached.
   */
  readonly fetch: typeof globalThis.fetch;
  readonly limits: FeedLimits;
  /** Where those bodies lie. A feed may keep there what never changes and is dear to ask for, under keys that are no addresses. */
  readonly kept: KeptBodies;
}

export interface GetOptions {
  readonly signal: AbortSignal;
  readonly accept?: string;
  /** Further headers. One that holds a secret is never stored, and never sent to another host by a redirect. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For services that are asked by POST: sent as JSON. Such answers are never kept. */
  readonly post?: unknown;
}

export interface Body {
  readonly bytes: Uint8Array;
  /** Where it came from in the end, without credentials and query. */
  readonly address: string;
  /** The server answered 304: `bytes` are those of an earlier visit. */
  readonly unchanged: boolean;
}
