import type { SchemeId } from '../domain/product.ts';

/** A version as its scheme reads it. */
export interface ParsedVersion {
  /** As written, without a leading `v`. */
  readonly text: string;
  /** Series that receives its own patches: `8.0`, or `17` for two-part numbers. */
  readonly line: string;
  /** Numbers from most to least significant. */
  readonly numbers: readonly number[];
  /** Name and number of a prerelease (`rc`, 2); `null` for a general release. */
  readonly prerelease: readonly (string | number)[] | null;
  /** A development series that never becomes a release line, such as MongoDB 4.3. */
  readonly development: boolean;
  /** Whether teams can run it on their own machines. */
  readonly selfManaged: boolean;
  /** How many leading numbers make up the line. */
  readonly lineLength: number;
}

/** How one family of products numbers its releases. Pure. */
export interface Scheme {
  readonly id: SchemeId;
  /** `null` when the text is not a version of this scheme, such as `nightly`. */
  parse(text: string): ParsedVersion | null;
}

/** Orders versions of one scheme: numbers first, a prerelease before its general release. */
export function compareVersions(a: ParsedVersion, b: ParsedVersion): number {
  const byNumbers = compareNumbers(a.numbers, b.numbers);
  if (byNumbers !== 0) return byNumbers;
  if (a.prerelease === null || b.prerelease === null) {
    return Number(a.prerelease === null) - Number(b.prerelease === null);
  }
  return comparePrerelease(a.prerelease, b.prerelease);
}

/** Compares position by position; a missing number counts as 0. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/** The order of lines written as dotted numbers. */
export function compareLines(a: string, b: string): number {
  return compareNumbers(a.split('.').map(Number), b.split('.').map(Number));
}

// semver.org, item 11: numbers before words, fewer fields before more.
function comparePrerelease(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i];
    const right = b[i];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    if (left === right) continue;
    if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : 1;
    if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}
