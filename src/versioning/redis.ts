import { parseDotted } from './dotted.ts';
import { eraOf } from './eras.ts';
import type { Scheme } from './scheme.ts';

/**
 * Redis and Valkey: major.minor lines; `8.10-rc1` and `8.0-m01` carry no patch number. Odd minors were development series once
 * (data/versioning.json).
 */
export const redisScheme: Scheme = {
  id: 'redis',
  parse(text) {
    const dotted = parseDotted(text);
    if (dotted === null || dotted.numbers.length < 2) return null;
    const [major = 0, minor = 0] = dotted.numbers;
    const development = eraOf('redis', dotted.numbers)?.development === 'odd-minors' && minor % 2 === 1;
    return {
      text: dotted.text,
      line: `${major}.${minor}`,
      numbers: dotted.numbers,
      prerelease: dotted.prerelease,
      development,
      selfManaged: !development,
      lineLength: 2,
    };
  },
};
