import type { Product } from '../domain/product.ts';
import type { History, Release } from '../domain/release.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** Patch numbers that lie between two known ones of a line and that no source names. */
export interface PatchGap {
  readonly line: string;
  /** As the number behind the line, ascending. */
  readonly missing: readonly number[];
}

/** More missing numbers than this in one line are a numbering habit (dates, builds), not gaps. */
const HABIT = 12;

/**
 * The gaps in the patch numbers of each line, highest line first. Vendors do skip numbers (a build that was never published); a gap is a
 * question, not an error.
 */
export function patchGapsOf(product: Product, history: History): readonly PatchGap[] {
  const scheme = schemeOf(product.versioning);
  const patchOf = ({ version }: Release): number | null => {
    const parsed = scheme.parse(version);
    if (parsed === null || parsed.numbers.length !== parsed.lineLength + 1) return null;
    return parsed.numbers.at(-1) ?? null;
  };
  return history.lines.flatMap(({ line }) => {
    const members = history.releases.filter((release) => release.line === line);
    const known = new Set(members.map(patchOf).filter((patch) => patch !== null));
    const missing: number[] = [];
    for (let patch = Math.min(...known) + 1; patch < Math.max(...known) && missing.length <= HABIT; patch += 1) {
      if (!known.has(patch)) missing.push(patch);
    }
    return missing.length === 0 || missing.length > HABIT ? [] : [{ line, missing }];
  });
}
