import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { Problem } from '../../domain/problem.ts';
import { shown } from './address.ts';
import { networkProblem, passes, statusProblem } from './failures.ts';
import type { Body, GetOptions, Http } from './http.ts';
import { type KeptBodies, noBodies } from './kept-bodies.ts';
import { type FeedLimits, LIMITS } from './limits.ts';
import { retryAfter } from './retry-after.ts';
import { UNCHANGED, visit } from './visit.ts';

interface ClientOptions {
  readonly bodies?: KeptBodies;
  readonly limits?: Partial<FeedLimits>;
  /** Waits between tries; the clock's own unless given. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** The network as every feed sees it. Proxies come from HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in either case. */
export function createHttp(options: ClientOptions = {}): Http {
  const { bodies = noBodies, wait = (ms, signal) => sleep(ms, undefined, { signal }) } = options;
  const limits = { ...LIMITS, ...options.limits };
  const perHost = new Map<string, LimitFunction>();
  const slotOf = (host: string): LimitFunction => {
    const slot = perHost.get(host) ?? pLimit(limits.perHost);
    perHost.set(host, slot);
    return slot;
  };
  const fetch: Http['fetch'] = (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return slotOf(url.host)(() => visit(url, init, bodies, limits));
  };
  return { limits, kept: bodies, fetch, get: (url, get) => getWithRetries(url, get, { fetch, limits, wait }) };
}

interface Tries {
  readonly fetch: Http['fetch'];
  readonly limits: FeedLimits;
  readonly wait: NonNullable<ClientOptions['wait']>;
}

async function getWithRetries(url: string, options: GetOptions, { fetch, limits, wait }: Tries): Promise<Body> {
  const place = shown(url);
  const { signal, accept = '*/*', headers = {}, post } = options;
  const body = post === undefined ? null : JSON.stringify(post);
  const init: RequestInit = {
    method: body === null ? 'GET' : 'POST',
    headers: { accept, ...headers, ...(body === null ? {} : { 'content-type': 'application/json' }) },
    body,
    signal,
  };
  for (let tried = 0; ; tried += 1) {
    signal.throwIfAborted();
    const patience = limits.firstWait * 2 ** tried;
    let failure: Problem;
    let pause = patience;
    try {
      const response = await fetch(url, init);
      if (response.ok) {
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { bytes, address: shown(response.url || url), unchanged: response.headers.has(UNCHANGED) };
      }
      failure = statusProblem(place, response.status);
      if (!TEMPORARY.has(response.status)) throw failure;
      const asked = retryAfter(response.headers.get('retry-after'), Date.now());
      if (asked !== null && asked > limits.longestWait) throw tooLong(place, asked);
      pause = asked ?? patience;
    } catch (error) {
      if (error instanceof Problem || signal.aborted) throw error;
      const problem = networkProblem(place, error);
      if (problem === null) throw error;
      failure = problem;
      if (!passes(error)) throw failure;
    }
    if (tried >= limits.retries) throw failure;
    await wait(pause, signal);
  }
}

/** Answers that may be others next time. */
const TEMPORARY: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

function tooLong(place: string, ms: number): Problem {
  return new Problem(`${place} asks to be left alone for ${Math.ceil(ms / 60_000)} min`, {
    hint: 'Run `neap sync` again after that.',
  });
}
