import table from '../../data/versioning.json' with { type: 'json' };
import type { SchemeId } from '../domain/product.ts';

/** What numbers meant in an earlier time of a scheme. */
export interface Era {
  readonly development: string;
  readonly lineLength: number;
}

/** The era a version's leading numbers fall in; `null` where the scheme means what it means today. */
export function eraOf(scheme: SchemeId, [major = 0, minor = 0]: readonly number[]): Era | null {
  const row = table.rows.find(({ scheme: of, below }) => {
    const [limit = 0, limitMinor = 0] = below.split('.').map(Number);
    return of === scheme && (major < limit || (major === limit && minor < limitMinor));
  });
  return row ?? null;
}
