import table from '../../data/engines/mongodb-eras.json' with { type: 'json' };
import { parseDotted } from './dotted.ts';
import { compareLines, type Scheme } from './scheme.ts';

/** MongoDB server: X.Y.Z with a line per X.Y; what Y means depends on the era (data/engines/mongodb-eras.json). */
export const mongodbScheme: Scheme = {
  id: 'mongodb',
  parse(text) {
    const dotted = parseDotted(text);
    if (dotted === null || dotted.numbers.length < 2) return null;
    const [major = 0, minor = 0] = dotted.numbers;
    const line = `${major}.${minor}`;
    const era = table.eras.find((row) => row.below === null || compareLines(line, row.below) < 0);
    const development = era?.development === 'odd-minors' && minor % 2 === 1;
    return {
      text: dotted.text,
      line,
      numbers: dotted.numbers,
      prerelease: dotted.prerelease,
      development,
      selfManaged: !development && admitsMinor(era?.selfManagedMinors, minor),
      lineLength: 2,
    };
  },
};

function admitsMinor(rule: string | number[] | undefined, minor: number): boolean {
  if (Array.isArray(rule)) return rule.includes(minor);
  if (rule === 'even') return minor % 2 === 0;
  return rule === 'all';
}
