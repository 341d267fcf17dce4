import { parseDotted } from './dotted.ts';
import { eraOf } from './eras.ts';
import type { Scheme } from './scheme.ts';

/** PostgreSQL: since 10 the line is the major and the second number the patch; before, X.Y was the line. */
export const twoPartScheme: Scheme = {
  id: 'two-part',
  parse(text) {
    const dotted = parseDotted(text);
    if (dotted === null) return null;
    const [major = 0, minor = 0] = dotted.numbers;
    const lineLength = eraOf('two-part', dotted.numbers)?.lineLength ?? 1;
    return {
      text: dotted.text,
      line: lineLength === 1 ? `${major}` : `${major}.${minor}`,
      numbers: dotted.numbers,
      prerelease: dotted.prerelease,
      development: false,
      selfManaged: true,
      lineLength,
    };
  },
};
