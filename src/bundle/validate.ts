import type { ClaimRow, HistoryFile } from '../catalogue/history-file.ts';
import { parseDay } from '../domain/day.ts';
import { Problem } from '../domain/problem.ts';
import type { Product } from '../domain/product.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** Checks a compiled history before it is written. @throws Problem naming everything that is wrong. */
export function validate(file: HistoryFile, product: Product): void {
  const wrong: string[] = [];
  const scheme = schemeOf(product.versioning);
  const sources = new Set(file.sources.map(({ id }) => id));
  const seen = new Set<string>();
  const checkClaims = (subject: string, claims: readonly ClaimRow[]) => {
    for (const [of, value, source, knownFrom] of claims) {
      if (!sources.has(source)) wrong.push(`${subject}: ${of} names the unknown source ${source}`);
      if (typeof value === 'string' && parseDay(value) === null)
        wrong.push(`${subject}: ${of} "${value}" is not a day`);
      if (knownFrom != null && parseDay(knownFrom) === null)
        wrong.push(`${subject}: knownFrom "${knownFrom}" is not a day`);
    }
  };
  for (const { v, claims = [] } of file.releases) {
    if (seen.has(v)) wrong.push(`${v} stands twice`);
    seen.add(v);
    if (scheme.parse(v) === null) wrong.push(`${v} is no version of the scheme ${product.versioning}`);
    checkClaims(v, claims);
  }
  for (const { line, claims } of file.lines) checkClaims(line, claims);
  if (file.releases.length === 0) wrong.push('there is no release');
  if (!file.sources.some(({ complete }) => complete)) wrong.push('no source lists all releases');
  if (wrong.length > 0)
    throw new Problem(`${file.product}: ${wrong.slice(0, 10).join('; ')}`, { hint: `${wrong.length} in all` });
}
