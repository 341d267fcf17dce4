import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('what is shipped', () => {
  it('says whose packages it contains, under which licences, and where their source is', () => {
    const text = readFileSync('dist/THIRD-PARTY.txt', 'utf8');
    expect(text).toMatch(
      /\nical\.js [\d.]+\nLicence: MPL-2\.0\nSource: https:\/\/\S+\n\nMozilla Public License Version 2\.0/,
    );
    for (const name of ['ink', 'react', 'semver', 'commander', 'octokit']) expect(text).toContain(`\n${name} `);
    expect(text).not.toMatch(/Licence: (undefined|UNLICENSED|.*GPL)/);
  });
});
