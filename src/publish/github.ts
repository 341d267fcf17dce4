import { setTimeout as sleep } from 'node:timers/promises';
import type { Octokit } from 'octokit';
import { cleanText } from '../domain/clean-text.ts';
import { Problem } from '../domain/problem.ts';
import { isObject } from '../feeds/decode.ts';
import { type Api, apiOfEnvironment, type Repository, readRepository } from '../feeds/github/address.ts';
import { octokitFor, untilAborted } from '../feeds/github/client.ts';
import { githubProblem, RateLimited } from '../feeds/github/problems.ts';
import { type GitHubSettings, SETTINGS } from '../feeds/github/settings.ts';
import { shown } from '../feeds/http/address.ts';
import { type Issue, type Publication, type Step, stepsFor } from './issue.ts';
import type { Place, Published, PublishRequest } from './place.ts';

const PAGE = 100;
/** Issues touched since the week began; a repository with more of them is none that is watched by people. */
const MAX_PAGES = 100;
/** So that people can filter for them. GitHub makes it, and drops it silently where the token may not. */
const LABEL = 'neap';
/** Who may write to the repository; https://docs.github.com/graphql/reference/enums#commentauthorassociation. */
const OWN = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/**
 * The report as an issue of a GitHub repository, one per week, updated in place. Found again by a mark in its body, not by search, which
 * lags behind. A lost answer to the request that makes it is never followed by another such request before having looked: a POST that failed
 * may have done its work.
 */
export function createGithub(settings: GitHubSettings = SETTINGS): Place {
  return {
    id: 'github',
    async publish(publication, request) {
      const repository = repositoryFor(request);
      const api = apiOfEnvironment(request.env);
      if (api.token === null) {
        throw new Problem('publishing on GitHub needs a token', {
          hint: 'Set GITHUB_TOKEN in the environment, with `issues: write` for the repository.',
        });
      }
      const issues = new Issues(await octokitFor(request.http, api, settings), { api, repository, request, settings });
      return publishBy(issues, publication, request.dryRun);
    },
  };
}

export const github: Place = createGithub();

async function publishBy(issues: Issues, publication: Publication, dryRun: boolean): Promise<Published> {
  const { report, close } = stepsFor(publication, await issues.list());
  const number = dryRun ? numberOf(report) : await doIt(issues, publication, report);
  if (!dryRun) for (const one of close) await issues.close(one);
  return { did: report.do, number, address: number === null ? null : issues.address(number), closed: close };
}

async function doIt(issues: Issues, publication: Publication, step: Step): Promise<number> {
  if (step.do === 'nothing') return step.number;
  if (step.do === 'update') {
    await issues.update(step.number, step.body);
    return step.number;
  }
  for (let tried = 0; ; tried += 1) {
    const made = await issues.create(step.title, step.body);
    if (typeof made === 'number') return made;
    if (tried >= issues.retries) throw made;
    await issues.pause(tried);
    const now = stepsFor(publication, await issues.list()).report;
    if (now.do !== 'create') return doIt(issues, publication, now);
  }
}

function numberOf(step: Step): number | null {
  return step.do === 'create' ? null : step.number;
}

function repositoryFor({ repository, env }: PublishRequest): Repository {
  const name = repository ?? env.GITHUB_REPOSITORY ?? '';
  const read = readRepository(name);
  if (read !== null) return read;
  throw new Problem(
    name === ''
      ? 'publishing on GitHub needs a repository'
      : `"${cleanText(name, 60)}" is not a repository on GitHub${repository === null ? ' (GITHUB_REPOSITORY)' : ''}`,
    { hint: 'Name it: --repo OWNER/NAME.' },
  );
}

interface Asking {
  readonly api: Api;
  readonly repository: Repository;
  readonly request: PublishRequest;
  readonly settings: GitHubSettings;
}

/** The issues of one repository. Every method throws a Problem for what the network or GitHub does. */
class Issues {
  readonly #octokit: Octokit;
  readonly #asking: Asking;
  readonly #path: string;

  constructor(octokit: Octokit, asking: Asking) {
    this.#octokit = octokit;
    this.#asking = asking;
    this.#path = `/repos/${asking.repository.owner}/${asking.repository.name}/issues`;
  }

  /** How often something that failed in passing is tried again. */
  get retries(): number {
    return this.#asking.request.http.limits.retries;
  }

  /** All issues touched since the report can have been published. */
  async list(): Promise<readonly Issue[]> {
    const { since } = this.#asking.request;
    const found: Issue[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const query = new URLSearchParams({ state: 'all', since, sort: 'created', direction: 'asc' });
      query.set('per_page', String(PAGE));
      query.set('page', String(page));
      const entries = await this.#ask('GET', `${this.#path}?${query}`);
      if (!Array.isArray(entries)) throw this.#strange('the answer is not a list');
      found.push(...entries.flatMap(issueOf));
      if (entries.length < PAGE) return found;
    }
    throw this.#strange(`more than ${MAX_PAGES * PAGE} issues were touched since ${since}`);
  }

  /**
   * Makes an issue with one request that is never repeated.
   * @returns its number; the Problem where nobody knows whether it was made.
   */
  async create(title: string, body: string): Promise<number | Problem> {
    try {
      const made = await this.#ask('POST', this.#path, { title, body, labels: [LABEL] }, { retries: 0 });
      if (isObject(made) && typeof made.number === 'number') return made.number;
    } catch (error) {
      if (!(error instanceof Unsure)) throw error;
      return error.problem;
    }
    return this.#strange('the answer is no issue');
  }

  async update(number: number, body: string): Promise<void> {
    await this.#ask('PATCH', `${this.#path}/${number}`, { body });
  }

  async close(number: number): Promise<void> {
    await this.#ask('PATCH', `${this.#path}/${number}`, { state: 'closed', state_reason: 'not_planned' });
  }

  address(number: number): string {
    return `${this.#asking.api.site}${this.#path.replace('/repos', '')}/${number}`;
  }

  async pause(tried: number): Promise<void> {
    const { settings, request } = this.#asking;
    const seconds = (request.http.limits.firstWait / 1000) * 2 ** tried;
    await sleep(seconds * settings.second, undefined, { signal: request.signal });
  }

  async #ask(method: string, path: string, body: object = {}, how: object = {}): Promise<unknown> {
    const { api, request } = this.#asking;
    const { signal } = request;
    const place = shown(api.base + path.replace(/\?.*/, ''));
    try {
      const asked = { method, url: api.base + path, ...body, request: { signal, ...how } } as const;
      const { data } = await untilAborted(() => this.#octokit.request(asked), signal);
      return data;
    } catch (error) {
      if (signal.aborted) throw error;
      const problem = githubProblem(error, place, api);
      if (!(problem instanceof Problem)) throw problem;
      const hint = problem instanceof RateLimited ? AGAIN : (hintOf(statusOf(error)) ?? AGAIN);
      const told = new Problem(problem.message, { hint });
      throw method === 'POST' && isUnsure(statusOf(error)) ? new Unsure(told) : told;
    }
  }

  #strange(what: string): Problem {
    return new Problem(`${shown(this.#asking.api.base + this.#path)}: ${what}`, { hint: AGAIN });
  }
}

const AGAIN = 'Run the same command again later: it looks for what is there and makes no second issue.';

/** A request to make something of which nobody knows whether it was done. */
class Unsure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super('unsure');
    this.problem = problem;
  }
}

/** octokit gives 500 to what was never answered. */
function isUnsure(status: number | null): boolean {
  return status === null || status >= 500;
}

function statusOf(error: unknown): number | null {
  return isObject(error) && typeof error.status === 'number' ? error.status : null;
}

function hintOf(status: number | null): string | null {
  if (status === 401) return 'GITHUB_TOKEN is wrong or out of date.';
  if (status === 403) return 'The token may not do this: it needs `issues: write` for the repository.';
  if (status === 404) return 'Check the name; GitHub says the same of repositories the token may not see.';
  if (status === 410) return 'Issues are switched off there: turn them on in the settings of the repository.';
  if (status === 422) return 'GitHub refuses the issue as it is; `neap report` writes it to a file instead.';
  return null;
}

function issueOf(entry: unknown): Issue[] {
  if (!isObject(entry) || typeof entry.number !== 'number' || isObject(entry.pull_request)) return [];
  const { number, body, state, user, author_association: association } = entry;
  const bot = isObject(user) && user.type === 'Bot';
  const trusted = bot || (typeof association === 'string' && OWN.includes(association));
  return [{ number, body: typeof body === 'string' ? body : '', closed: state === 'closed', trusted }];
}
