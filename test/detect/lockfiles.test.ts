import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLockfile } from '../../src/detect/lockfiles.ts';

function folder(name: string, content: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'neap-lock-'));
  writeFileSync(join(dir, name), content);
  return dir;
}

const NPM3 = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    'node_modules/mongoose': { version: '8.19.1' },
    'node_modules/a/node_modules/mongoose': { version: '7.0.0' },
  },
});
const NPM1 = JSON.stringify({ lockfileVersion: 1, dependencies: { mongoose: { version: '8.19.1' } } });
const PNPM9 = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      mongoose:
        specifier: ^8.0.0
        version: 8.19.1(socks@2.8.3)
`;
const PNPM5 = `lockfileVersion: 5.4
specifiers:
  mongoose: ^8.0.0
dependencies:
  mongoose: 8.19.1_socks@2.7.1
`;
const YARN1 = `# yarn lockfile v1


mongoose@^7.0.0:
  version "7.8.0"

mongoose@^8.0.0, mongoose@^8.19.0:
  version "8.19.1"
  resolved "https://example.org/mongoose.tgz#1"
  dependencies:
    mongodb "~6.20.0"
`;
const BERRY = `__metadata:
  version: 8

"mongoose@npm:^8.0.0, mongoose@npm:^8.19.0":
  version: 8.19.1
  resolution: "mongoose@npm:8.19.1"
`;

describe('the locked version of a direct dependency', () => {
  it.each([
    ['npm 7 and later', 'package-lock.json', NPM3],
    ['npm 6', 'package-lock.json', NPM1],
    ['a shrinkwrap', 'npm-shrinkwrap.json', NPM3],
    ['pnpm 9', 'pnpm-lock.yaml', PNPM9],
    ['pnpm 7', 'pnpm-lock.yaml', PNPM5],
    ['Yarn 1', 'yarn.lock', YARN1],
    ['Yarn 4', 'yarn.lock', BERRY],
  ])('of %s', (_, name, content) => {
    const lock = readLockfile(folder(name, content));
    expect(lock?.file).toBe(name);
    expect(lock?.versionOf('mongoose', '^8.0.0')).toBe('8.19.1');
    expect(lock?.versionOf('express', '^5.0.0')).toBeNull();
  });

  it('is nothing without a lockfile', () => {
    expect(readLockfile(mkdtempSync(join(tmpdir(), 'neap-lock-')))).toBeNull();
  });

  it.each([
    ['package-lock.json', '{', /package-lock\.json:1:2/],
    ['pnpm-lock.yaml', 'a: [1\nb: 2', /pnpm-lock\.yaml:\d+:\d+/],
    ['yarn.lock', '"mongoose\n  version', /yarn\.lock:\d+:\d+/],
  ])('malformed, %s is refused with its place', (name, content, where) => {
    expect(() => readLockfile(folder(name, content))).toThrow(
      expect.objectContaining({ name: 'Problem', where: expect.stringMatching(where) }),
    );
  });
});
