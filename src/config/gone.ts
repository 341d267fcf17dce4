import type { Path } from './source.ts';

/** Keys that neap.yaml once had, by their path without positions in lists, and what to write now. The next one is a row. */
const GONE: Readonly<Record<string, string>> = {
  'policy.riskStep':
    'a plan now weighs risk against time: write `daysPerPoint` instead (default 7), the number of days that a percentage point of risk is worth waiting',
};

/** What to write instead of a key that is gone; `null` for a key that never was. @param path of what the key stands in. */
export function goneKey(path: Path, key: string): string | null {
  const name = [...path.filter((part) => typeof part === 'string'), key].join('.');
  const instead = Object.hasOwn(GONE, name) ? GONE[name] : undefined;
  return instead === undefined ? null : `\`${key}\` is gone; ${instead}`;
}
