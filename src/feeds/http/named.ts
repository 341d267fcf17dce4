import { Problem } from '../../domain/problem.ts';
import { shown } from './address.ts';
import { statusProblem } from './failures.ts';
import type { Body, GetOptions, Http } from './http.ts';

/** Gets what is found by its name; where there is nothing of that name the person is told what to mend. @throws Problem */
export async function getNamed(http: Http, url: URL, hint: string, options: GetOptions): Promise<Body> {
  try {
    return await http.get(url.href, options);
  } catch (error) {
    const missing = statusProblem(shown(url), 404).message;
    if (!(error instanceof Problem) || error.message !== missing) throw error;
    throw new Problem(missing, { hint });
  }
}
