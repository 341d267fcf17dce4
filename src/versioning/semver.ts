import semver from 'semver';
import type { Scheme } from './scheme.ts';

/** semver.org 2.0. A line is major.minor: a minor of 0.x is as breaking as a major elsewhere, and so is a line of its own too. */
export const semverScheme: Scheme = {
  id: 'semver',
  parse(text) {
    const parsed = semver.parse(text.trim(), { loose: true });
    if (parsed === null) return null;
    return {
      text: parsed.version,
      line: `${parsed.major}.${parsed.minor}`,
      numbers: [parsed.major, parsed.minor, parsed.patch],
      prerelease: parsed.prerelease.length === 0 ? null : parsed.prerelease,
      development: false,
      selfManaged: true,
      lineLength: 2,
    };
  },
};
