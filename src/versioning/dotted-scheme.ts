import { parseDotted } from './dotted.ts';
import type { Scheme } from './scheme.ts';

/** Words behind the numbers that mark a general release: Java's and Ruby's habit (`6.2.0.RELEASE`, `4.1.0.Final`), and Python's `post`. */
const GENERAL: ReadonlySet<string> = new Set(['release', 'final', 'ga', 'post', 'lts', 'stable']);

/**
 * Numbers with dots and at most one word, as most projects outside npm write them: `4.0.0rc1`, `1.15.0beta1`, `2.19.0.beta1`,
 * `6.2.0.RELEASE`, `24.1.2.5`. The line is the first two numbers as written: `2026.07` of Neo4j, which endoflife.date calls so too.
 */
export const dottedScheme: Scheme = {
  id: 'dotted',
  parse(text) {
    const dotted = parseDotted(text);
    if (dotted === null) return null;
    const general = dotted.prerelease === null || GENERAL.has(String(dotted.prerelease[0]));
    return {
      text: dotted.text,
      line: dotted.firstTwo,
      numbers: dotted.numbers,
      prerelease: general ? null : dotted.prerelease,
      development: false,
      selfManaged: true,
      lineLength: 2,
    };
  },
};
