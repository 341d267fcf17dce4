import type { ServerResponse } from 'node:http';
import type { Answer, Received } from '../feeds/vendor.ts';
import { sends } from '../feeds/vendor.ts';

/** An issue as GitHub's REST API gives it, as far as anybody here looks. https://docs.github.com/rest/issues/issues */
export interface PlayedIssue {
  readonly number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  state_reason: string | null;
  readonly user: { readonly login: string; readonly type: 'User' | 'Bot' };
  readonly author_association: string;
  readonly labels: readonly { readonly name: string }[];
  readonly html_url: string;
  readonly pull_request?: object;
}

/** The issues of one repository, kept by a server that lists, makes and changes them as GitHub does. */
export class PlayedGitHub {
  readonly issues: PlayedIssue[] = [];
  /** Answers given in place of the usual ones, one request after the other; `null`: the usual one. */
  readonly instead: (Answer | null)[] = [];
  /** What the next request to make an issue gets after it was made: its answer is lost. */
  loseNextAnswer = false;

  add(more: Partial<PlayedIssue>): PlayedIssue {
    const number = this.issues.length + 1;
    const issue: PlayedIssue = {
      number,
      title: 'An issue',
      body: null,
      state: 'open',
      state_reason: null,
      user: { login: 'github-actions[bot]', type: 'Bot' },
      author_association: 'NONE',
      labels: [],
      html_url: `https://github.com/team/thing/issues/${number}`,
      ...more,
    };
    this.issues.push(issue);
    return issue;
  }

  readonly answer: Answer = (request, response) => {
    const instead = this.instead.shift() ?? null;
    if (instead !== null) return instead(request, response);
    const url = new URL(request.url, 'http://github.test');
    if (url.pathname === '/repos/team/thing/issues') {
      if (request.method === 'GET') return this.#list(url)(request, response);
      if (request.method === 'POST') return this.#make(request, response);
    }
    const number = /^\/repos\/team\/thing\/issues\/(\d+)$/.exec(url.pathname)?.[1];
    const issue = this.issues.find((one) => String(one.number) === number);
    if (issue === undefined || request.method !== 'PATCH')
      return sends({ message: 'Not Found' }, { status: 404 })(request, response);
    Object.assign(issue, JSON.parse(request.body));
    sends(issue)(request, response);
  };

  #list(url: URL): Answer {
    const page = Number(url.searchParams.get('page') ?? 1);
    const size = Number(url.searchParams.get('per_page') ?? 30);
    return sends(this.issues.slice((page - 1) * size, page * size));
  }

  #make(request: Received, response: ServerResponse): void {
    const { title, body, labels = [] } = JSON.parse(request.body);
    if (typeof title !== 'string' || String(body).length > 65_536) {
      sends({ message: 'Validation Failed' }, { status: 422 })(request, response);
      return;
    }
    const made = this.add({ title, body, labels: labels.map((name: string) => ({ name })) });
    if (this.loseNextAnswer) {
      this.loseNextAnswer = false;
      response.destroy();
      return;
    }
    sends(made, { status: 201 })(request, response);
  }
}
