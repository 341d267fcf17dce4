import type { ClaimRow, ReleaseRow } from '../catalogue/history-file.ts';
import type { Product } from '../domain/product.ts';
import { compareVersions } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import type { Tally } from './tally.ts';

/** Lines nobody opens on one day: a repository was moved, and its old tags were made anew. */
const LINES_AT_ONCE = 5;
const BECAUSE = 'dated on one day with the first releases of many other lines';

/** Marks the tag days on which the first releases of at least five lines stand, as suspect. */
export function withoutBulkImports(rows: readonly ReleaseRow[], product: Product, tally: Tally): readonly ReleaseRow[] {
  const scheme = schemeOf(product.versioning);
  const firsts = new Map<
    string,
    { readonly row: ReleaseRow; readonly parsed: NonNullable<ReturnType<typeof scheme.parse>> }
  >();
  for (const row of rows) {
    const parsed = scheme.parse(row.v);
    if (parsed === null || parsed.prerelease !== null) continue;
    const first = firsts.get(parsed.line);
    if (first === undefined || compareVersions(parsed, first.parsed) < 0) firsts.set(parsed.line, { row, parsed });
  }
  const opened = Map.groupBy(
    [...firsts.values()].flatMap(({ row }) => row.claims ?? []).filter(([of]) => of === 'tag'),
    ([, day]) => day,
  );
  const crowded = new Set([...opened].filter(([, claims]) => claims.length >= LINES_AT_ONCE).map(([day]) => day));
  if (crowded.size === 0) return rows;
  return rows.map((row) => {
    const claims = row.claims?.map((claim): ClaimRow => {
      const [of, day, source] = claim;
      if (of !== 'tag' || !crowded.has(day)) return claim;
      tally.mark(`tags ${BECAUSE}`);
      return [of, day, source, null, BECAUSE];
    });
    return claims === undefined ? row : { ...row, claims };
  });
}
