import { parseDotted } from './dotted.ts';
import type { Scheme } from './scheme.ts';

/** Calendar versions, YYYY.MM[.patch] and YY.MM[.patch]: the line is year and month as written, `24.04` with its zero (calver.org). */
export const calverScheme: Scheme = {
  id: 'calver',
  parse(text) {
    const dotted = parseDotted(text);
    if (dotted === null || dotted.numbers.length < 2) return null;
    return {
      text: dotted.text,
      line: dotted.firstTwo,
      numbers: dotted.numbers,
      prerelease: dotted.prerelease,
      development: false,
      selfManaged: true,
      lineLength: 2,
    };
  },
};
