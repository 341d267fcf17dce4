/** A version split into its dotted numbers and the prerelease tag behind them. */
export interface Dotted {
  readonly text: string;
  readonly numbers: readonly number[];
  /** The first two numbers as written, a missing one as 0: `2026.07` keeps its zero, as the vendor's own name of the line does. */
  readonly firstTwo: string;
  readonly prerelease: readonly (string | number)[] | null;
}

const SHAPE = /^v?\.?(\d+(?:\.\d+)*)(?:[-.]?([a-z][a-z-]*)[-.]?(\d+)?)?$/i;

/**
 * Reads dotted numbers with an optional tag: `8.0.4`, `8.10-rc1`, `8.0-m01`, `3.6.0rc1`. `null` when the text has another shape.
 * Numbers above 2^53 are refused.
 */
export function parseDotted(text: string): Dotted | null {
  const match = SHAPE.exec(text.trim());
  if (match === null) return null;
  const written = (match[1] ?? '').split('.');
  const numbers = written.map(Number);
  if (!numbers.every(Number.isSafeInteger)) return null;
  const firstTwo = `${written[0]}.${written[1] ?? '0'}`;
  const tag = match[2];
  if (tag === undefined) return { text: match[1] ?? '', numbers, firstTwo, prerelease: null };
  const prerelease = match[3] === undefined ? [tag.toLowerCase()] : [tag.toLowerCase(), Number(match[3])];
  return { text: text.trim().replace(/^v\.?/i, ''), numbers, firstTwo, prerelease };
}
