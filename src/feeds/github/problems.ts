import { Problem } from '../../domain/problem.ts';
import { isObject, type JsonObject } from '../decode.ts';
import { networkProblem, statusProblem } from '../http/failures.ts';
import { retryAfter } from '../http/retry-after.ts';
import type { Api } from './address.ts';

/** GitHub wants no more requests for a while. */
export class RateLimited extends Problem {}

/**
 * A failure that no further try mends. octokit hands on an error of this name as it is, and its plugins leave it alone.
 */
export class GivenUp extends Error {
  override readonly name = 'AbortError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super('given up');
    this.problem = problem;
  }
}

/**
 * What octokit throws, as a problem in neap's own words. Upstream's texts are looked at, never quoted.
 * @returns what to throw: the innermost error itself where it is none of the network's, a defect then.
 */
export function githubProblem(error: unknown, place: string, api: Api): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof GivenUp) return error.problem;
  if (!(error instanceof Error)) return error;
  const { status, headers, types } = answerOf(error);
  if (types.includes('RATE_LIMITED') || isRateLimit(error, status, headers)) return rateLimited(place, headers, api);
  if (types.includes('NOT_FOUND')) return answered(place, 404, api);
  if (types.length > 0) {
    return new Problem(`${place} answers with errors`, {
      hint: 'Check what the token may read; run `neap sync` again later.',
    });
  }
  if (headers !== null && status !== null) return answered(place, status, api);
  return networkProblem(place, error.cause ?? error) ?? error.cause ?? error;
}

interface Answered {
  readonly status: number | null;
  /** `null` when nothing was answered. */
  readonly headers: JsonObject | null;
  /** Kinds of GraphQL errors; `OTHER` for those without one. */
  readonly types: readonly string[];
}

/** RequestError has `response`; GraphqlResponseError, `headers` and `errors`; the throttling plugin's own, `response` with errors in it. */
function answerOf(error: Error): Answered {
  const response = 'response' in error && isObject(error.response) ? error.response : {};
  const headers = 'headers' in error ? error.headers : response.headers;
  const data = isObject(response.data) ? response.data : {};
  const errors = 'errors' in error ? error.errors : data.errors;
  const status = 'status' in error ? error.status : response.status;
  const failed = typeof status === 'number' && status >= 400;
  return {
    status: typeof status === 'number' ? status : null,
    headers: isObject(headers) ? headers : null,
    // REST answers of 422 carry `errors` too; those are told by their status.
    types: !failed && Array.isArray(errors) ? errors.map(typeOf) : [],
  };
}

function typeOf(error: unknown): string {
  return isObject(error) && typeof error.type === 'string' ? error.type : 'OTHER';
}

function isRateLimit(error: Error, status: number | null, headers: JsonObject | null): boolean {
  if (status === 429) return headers !== null;
  if (status !== 403 || headers === null) return false;
  const spent = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  return spent || /\bsecondary rate\b/i.test(error.message);
}

function rateLimited(place: string, headers: JsonObject | null, api: Api): Problem {
  const told = (name: string): string | null => {
    const value = headers?.[name];
    return typeof value === 'string' ? value : null;
  };
  // The server's own clock, as far as it tells it: ours may be wrong.
  const now = Date.parse(told('date') ?? '') || Date.now();
  const reset = told('x-ratelimit-remaining') === '0' ? told('x-ratelimit-reset') : null;
  const until = reset !== null && /^\d{1,12}$/.test(reset) ? Number(reset) * 1000 - now : null;
  const ms = retryAfter(told('retry-after'), now) ?? until;
  const time = ms === null || ms > DAY ? 'for now' : `for ${Math.max(1, Math.ceil(ms / 60_000))} min`;
  return new RateLimited(`${place} allows no more requests ${time}`, {
    hint:
      api.token === null && !api.withheld
        ? 'Set GITHUB_TOKEN in the environment: it allows 5,000 requests an hour instead of 60.'
        : 'Run `neap sync` again after that.',
  });
}
const DAY = 86_400_000;

function answered(place: string, status: number, api: Api): Problem {
  const { message, hint } = statusProblem(place, status);
  return new Problem(message, { hint: hintOf(status, api) ?? hint ?? 'Run `neap sync` again later.' });
}

function hintOf(status: number, { token, withheld }: Api): string | null {
  if (![401, 403, 404, 410].includes(status)) return null;
  const check = status === 404 || status === 410 ? 'Check the name; ' : '';
  const hint = withheld
    ? 'the token of the environment is sent to github.com and to GITHUB_API_URL only.'
    : token === null
      ? 'a private repository needs GITHUB_TOKEN in the environment.'
      : 'GITHUB_TOKEN in the environment may be wrong, out of date, or not allowed to read this.';
  return check === '' ? `${hint[0]?.toUpperCase()}${hint.slice(1)}` : check + hint;
}
