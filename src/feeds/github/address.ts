import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { FeedRef } from '../../domain/product.ts';
import type { FeedRequest } from '../feed.ts';
import { httpAddress, shown } from '../http/address.ts';

const PUBLIC = 'https://api.github.com';
const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/;
const NAME = /^[A-Za-z0-9._-]{1,100}$/;
const TOKEN = /^[\x21-\x7e]{1,1000}$/;

/** Which GitHub is asked, and as whom. */
export interface Api {
  /** Address of the REST API, without a slash at its end. */
  readonly base: string;
  /** As shown, without the scheme: `null` for github.com itself. */
  readonly host: string | null;
  /** Address of the site people look at. */
  readonly site: string;
  /** `null` when there is none, or when it must not be sent to this address. */
  readonly token: string | null;
  /** There is a token, but this address is only named by the configuration: it is not sent there. */
  readonly withheld: boolean;
}

/**
 * The API a feed speaks to: `url` of the feed, else GITHUB_API_URL, else github.com's. A token is sent only to github.com and to what
 * GITHUB_API_URL names: a configuration in somebody's repository cannot have it sent elsewhere.
 * @throws Problem for an address that is none, and for a token that can be none.
 */
export function apiOf({ product, ref, env }: Pick<FeedRequest, 'product' | 'ref' | 'env'>, own = ref.url): Api {
  const ofFeed = own === undefined ? null : httpAddress(own, `the ${ref.type} feed of ${product.id}`);
  return apiAt(ofFeed, env);
}

/** The API that GITHUB_API_URL names, else github.com's. @throws Problem as `apiOf`. */
export function apiOfEnvironment(env: FeedRequest['env']): Api {
  return apiAt(null, env);
}

function apiAt(named: URL | null, env: FeedRequest['env']): Api {
  const ofEnvironment = env.GITHUB_API_URL ? httpAddress(env.GITHUB_API_URL, 'GITHUB_API_URL') : null;
  const url = named ?? ofEnvironment ?? new URL(PUBLIC);
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  const trusted = url.origin === PUBLIC || url.origin === ofEnvironment?.origin;
  const token = tokenOf(env);
  const known = base === PUBLIC;
  return {
    base,
    host: known ? null : url.host,
    site: known ? 'https://github.com' : url.origin,
    token: trusted ? token : null,
    withheld: !trusted && token !== null,
  };
}

function tokenOf(env: FeedRequest['env']): string | null {
  const name = env.GITHUB_TOKEN ? 'GITHUB_TOKEN' : 'GH_TOKEN';
  const token = env[name]?.trim() ?? '';
  if (token === '') return null;
  // Node would refuse such a header with a message that quotes it.
  if (!TOKEN.test(token)) {
    throw new Problem(`${name} in the environment is no token`, {
      hint: 'It holds spaces or other strange characters.',
    });
  }
  return token;
}

/**
 * `owner/name` of a feed.
 * @throws Problem when it is missing or has characters no repository has: it becomes part of an address.
 */
export function repositoryOf(ref: FeedRef, product: string): Repository {
  const repository = ref.repository === undefined ? null : readRepository(ref.repository);
  if (repository !== null) return repository;
  if (ref.repository === undefined) {
    throw new Problem(`a ${ref.type} feed of ${product} has no \`repository\``, {
      hint: `Write {type: ${ref.type}, repository: OWNER/NAME}.`,
    });
  }
  throw new Problem(`"${cleanText(ref.repository, 60)}" is not a repository on GitHub`, {
    hint: 'Write it as OWNER/NAME.',
  });
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** Reads `owner/name`; `null` where it has characters no repository has. */
export function readRepository(text: string): Repository | null {
  const [owner = '', name = '', ...more] = text.split('/');
  return OWNER.test(owner) && NAME.test(name) && !/^\.+$/.test(name) && more.length === 0 ? { owner, name } : null;
}

/** Where GraphQL is asked, as octokit works it out from the address of REST. */
export function graphqlPlace(base: string): string {
  return shown(`${base.replace(/\/api\/v3$/, '/api')}/graphql`);
}
