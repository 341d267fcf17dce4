import { Problem } from '../../domain/problem.ts';
import { isObject } from '../decode.ts';
import { shown } from '../http/address.ts';
import { networkProblem, passes } from '../http/failures.ts';
import type { Http } from '../http/http.ts';
import { jsonOf } from '../http/text.ts';
import { GivenUp } from './problems.ts';

/**
 * `fetch` for octokit. Its plugins try again whatever fails without an answer, so what no further try mends is thrown as `GivenUp`. Answers
 * of GraphQL (the only POST) are looked at first: octokit stumbles over those that are no JSON object.
 */
export function doorFor(http: Http): typeof globalThis.fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    try {
      const response = await http.fetch(input, init);
      if (init?.method === 'POST' && response.ok) await expectObject(response.clone(), shown(url));
      return response;
    } catch (error) {
      if (init?.signal?.aborted === true || passes(error)) throw error;
      const problem = error instanceof Problem ? error : networkProblem(shown(url), error);
      throw problem === null ? error : new GivenUp(problem);
    }
  };
}

async function expectObject(response: Response, address: string): Promise<void> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!isObject(jsonOf({ bytes, address, unchanged: false }))) {
    throw new Problem(`${address}: the answer is not an object`, {
      hint: 'Check `url` of the feed and GITHUB_API_URL.',
    });
  }
}
