import type { ProductId } from '../domain/product.ts';
import { compareLines } from '../versioning/scheme.ts';
import type { Compat, CompatRow } from './compat-tables.ts';

/** Whether a package version runs with an engine line: `yes`, `untested` (it connects, nobody vouches), `no`, or nobody knows. */
export type Fit = 'yes' | 'untested' | 'no' | 'unknown';

export interface Admission {
  readonly fit: Fit;
  /** One sentence. */
  readonly because: string;
  /** The row it rests on; `null` when there is none. */
  readonly row: CompatRow | null;
  /** The row is checked, and is the version's own rather than that of an earlier minor. */
  readonly verified: boolean;
}

/** The row that speaks for a version: its own minor's, or that of the minor before it in the same major. `null`: none. */
export function rowFor(compat: Compat, version: string): CompatRow | null {
  const [major = '', minor = '0'] = version.split('.');
  const line = `${major}.${minor}`;
  return (
    compat.rows.findLast((row) => row.from.split('.')[0] === major && compareLines(row.from, line) <= 0) ??
    // A package whose rows do not follow majors, or a major newer than the table.
    compat.rows.findLast((row) => compareLines(row.from, line) <= 0) ??
    null
  );
}

/** What the tables say of a package version on an engine line. A vendor's `full` widens the package's own limits, nothing narrows them. */
export function admission(compat: Compat, name: string, version: string, line: string): Admission {
  const row = rowFor(compat, version);
  if (row === null) return { fit: 'unknown', because: `nothing is known of ${name} ${version}`, row, verified: false };
  const verified = row.verified && version.startsWith(`${row.from}.`);
  const said = row.documented?.[line];
  const answer = (fit: Fit, because: string): Admission => ({ fit, because, row, verified });
  const [low = null, high = null] = row.server ?? [];
  const range = row.server === null ? '' : `${low ?? '…'} to ${high ?? '…'}`;
  if (row.server !== null) {
    const below = low !== null && compareLines(line, low) < 0;
    const above = high !== null && compareLines(line, high) > 0;
    if (!below && !above) {
      if (said === 'no') return answer('no', `${name} ${version} is not for ${line} by the vendor’s table`);
      if (said === 'partial') return answer('untested', `${name} ${version} supports ${line} in part only`);
      return answer('yes', `${name} ${version} admits ${compat.engine} ${range}`);
    }
    if (said === 'full') return answer('yes', `${name} ${version} fully supports ${line} by the vendor’s table`);
    const effect = below ? compat.below : compat.above;
    if (effect === 'refuses' || said === 'no') {
      return answer('no', `${name} ${version} admits ${compat.engine} ${range} and refuses ${line}`);
    }
    return answer('untested', `${name} ${version} stops at ${below ? low : high}: on ${line} it is untested`);
  }
  if (said === 'full') return answer('yes', `${name} ${version} fully supports ${line} by the vendor’s table`);
  if (said === 'partial') return answer('untested', `${name} ${version} supports ${line} in part only`);
  if (said === 'no') return answer('no', `${name} ${version} is not for ${line} by the vendor’s table`);
  return answer('unknown', `nothing is known of ${name} ${version} on ${compat.engine} ${line}`);
}

export function compatOf(tables: { readonly compat: readonly Compat[] }, product: ProductId): Compat | null {
  return tables.compat.find((one) => one.product === product) ?? null;
}
