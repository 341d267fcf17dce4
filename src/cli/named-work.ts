import { didYouMean } from '../config/suggest.ts';
import type { Overview } from '../domain/overview.ts';
import type { StoreId, WorkKind } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';
import { namesOf, subjectOf } from '../gate/subject.ts';

/** Kind and store of named work; `null` for one that only an exception knows. @throws Problem for what nobody knows. */
export function namedWork(item: string, overview: Overview): { kind: WorkKind; store: StoreId } | null {
  const known = subjectOf(item, overview);
  const names = namesOf(overview);
  if (known === null && !names.includes(item)) {
    throw new Problem(`there is no work called "${item}"${didYouMean(item, names)}`, {
      hint: names.length === 0 ? 'The configuration names no work.' : `Work: ${names.join(', ')}`,
    });
  }
  return known;
}
