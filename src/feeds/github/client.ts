import { setTimeout as sleep } from 'node:timers/promises';
import type { Octokit } from 'octokit';
import { Problem } from '../../domain/problem.ts';
import type { FeedRequest } from '../feed.ts';
import { shown } from '../http/address.ts';
import type { Http } from '../http/http.ts';
import { jsonOf } from '../http/text.ts';
import { type Api, apiOf, graphqlPlace } from './address.ts';
import { doorFor } from './door.ts';
import { githubProblem } from './problems.ts';
import { type GitHubSettings, SETTINGS } from './settings.ts';

/** GitHub as a feed sees it. Every method throws a Problem for what the network or GitHub does, and whatever comes first after an abort. */
export interface GitHub {
  readonly api: Api;
  /** All entries of a list, page by page as its Link headers say. @param path after the API's address, with its query. */
  list(path: string): Promise<readonly unknown[]>;
  /** One thing. @param path after the API's address. */
  one(path: string): Promise<unknown>;
  /** The `data` of an answer. GitHub answers this only with a token. */
  graphql(query: string, variables: Readonly<Record<string, string>>): Promise<unknown>;
}

/** 10,000 releases are all that GitHub lists; no list of ours is longer. */
const MAX_PAGES = 200;

/**
 * The client for the GitHub a feed names. octokit is loaded here, when a feed first needs it.
 * @param own address of the API in place of `url` of the feed.
 * @throws Problem for an address or token that can be none.
 */
export async function githubClient(request: FeedRequest, settings = SETTINGS, own?: string): Promise<GitHub> {
  const api = apiOf(request, own);
  const { http, signal } = request;
  const octokit = await octokitFor(http, api, settings);

  const ask = async <T>(place: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await untilAborted(work, signal);
    } catch (error) {
      throw signal.aborted ? error : githubProblem(error, place, api);
    }
  };
  const get = (url: string) =>
    ask(shown(url), async () => {
      // Read here rather than by octokit, which makes texts of web pages and numbers of a kind JSON does not have.
      const raw = { signal, parseSuccessResponseBody: false };
      const { data, headers } = await octokit.request({ method: 'GET', url, request: raw });
      const body: unknown = data;
      const bytes = new Uint8Array(body instanceof ReadableStream ? await new Response(body).arrayBuffer() : []);
      return { json: jsonOf({ bytes, address: shown(url), unchanged: false }), link: headers.link ?? '' };
    });

  return {
    api,
    async list(path) {
      const entries: unknown[] = [];
      const seen = new Set<string>();
      for (let url: string | null = api.base + path; url !== null; ) {
        if (seen.has(url) || seen.size === MAX_PAGES) throw new Problem(`${shown(url)} does not come to an end`, LATER);
        seen.add(url);
        const { json, link }: { json: unknown; link: string } = await get(url);
        if (!Array.isArray(json)) throw new Problem(`${shown(url)}: the answer is not a list`, LATER);
        for (const entry of json) entries.push(entry);
        url = nextPage(link, url);
      }
      return entries;
    },
    one: async (path) => (await get(api.base + path)).json,
    graphql: (query, variables) =>
      ask(graphqlPlace(api.base), () => octokit.graphql<unknown>(query, { ...variables, request: { signal } })),
  };
}

const LATER = { hint: 'Check `url` of the feed; run `neap sync` again later.' };

/**
 * The next page of a list, `null` after the last.
 * @throws Problem when it is on another host: the token would go there.
 */
function nextPage(link: string, from: string): string | null {
  const next = /<([^<>]+)>;\s*rel="next"/.exec(link)?.[1];
  if (next === undefined) return null;
  const url = URL.canParse(next, from) ? new URL(next, from) : null;
  // octokit takes colons and braces for places to fill in.
  const inner = (text: string) => text.replace(/[:{}]/g, encodeURIComponent);
  if (url?.origin === new URL(from).origin) return url.origin + inner(url.pathname + url.search);
  throw new Problem(`${shown(from)} names its next page on another host`, LATER);
}

const shared = new WeakMap<Http, Map<string, Octokit>>();

/** One octokit per GitHub and token for everything that goes through a door: its plugins see all requests then. */
export async function octokitFor(http: Http, { base, token }: Api, settings: GitHubSettings): Promise<Octokit> {
  const octokit = await import('octokit');
  const ofHttp = shared.get(http) ?? new Map<string, Octokit>();
  shared.set(http, ofHttp);
  const key = `${base} ${token ?? ''}`;
  const made = ofHttp.get(key) ?? new octokit.Octokit(optionsOf(http, base, token, settings));
  ofHttp.set(key, made);
  return made;
}

type Options = NonNullable<ConstructorParameters<typeof Octokit>[0]>;

function optionsOf(http: Http, baseUrl: string, token: string | null, { second }: GitHubSettings): Options {
  const { retries, longestWait, firstWait } = http.limits;
  /** Waits here and not in the plugin: an abort ends it. Those who shall wait longer than is allowed give up. */
  const wait = async (seconds: number, { request }: Asked, _: unknown, tried: number): Promise<boolean> => {
    if (tried >= retries || seconds * 1000 > longestWait) return false;
    await sleep(seconds * second, undefined, request?.signal ? { signal: request.signal } : {});
    return true;
  };
  return {
    ...(token === null ? {} : { auth: token }),
    baseUrl,
    userAgent: 'neap',
    log: QUIET,
    // Its own log is asked for by the plugins; what warns of old endpoints wants one of its own.
    request: { fetch: doorFor(http), log: QUIET },
    retry: { retries, retryAfterBaseValue: (firstWait / 1000) * second, doNotRetry: LASTING },
    throttle: {
      id: `neap ${baseUrl}`,
      retryAfterBaseValue: 0,
      onRateLimit: wait,
      onSecondaryRateLimit: wait,
      // Questions of GraphQL are POSTs, which octokit takes for writes and spaces by a second; issues, by three. neap writes one a week.
      write: AT_ONCE,
      notifications: AT_ONCE,
    },
  };
}

const AT_ONCE = { key: () => ({ schedule: async (_: unknown, job: () => unknown) => job() }) } as never;

interface Asked {
  readonly request?: { readonly signal?: AbortSignal };
}

const quiet = () => undefined;
const QUIET = { debug: quiet, info: quiet, warn: quiet, error: quiet };
/** Statuses that another try does not change. 403 and 429 are the throttling plugin's. */
const LASTING = [400, 401, 403, 404, 405, 406, 409, 410, 415, 422, 429, 451, 501];

/** Settles with `work`, or at once when the signal is raised: octokit's plugins wait on. */
export async function untilAborted<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
