import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findConfig } from '../../src/config/find.ts';

it('looks upward to the git root and no further', () => {
  const top = mkdtempSync(join(tmpdir(), 'neap-find-'));
  const deep = join(top, 'repo', 'a', 'b');
  mkdirSync(deep, { recursive: true });
  mkdirSync(join(top, 'repo', '.git'));
  writeFileSync(join(top, 'neap.yaml'), '');
  expect(findConfig(deep)).toBeNull();
  expect(findConfig(top)).toBe(join(top, 'neap.yaml'));
  writeFileSync(join(top, 'repo', 'neap.yaml'), '');
  expect(findConfig(deep)).toBe(join(top, 'repo', 'neap.yaml'));
});

it('goes on without a git root', () => {
  const top = mkdtempSync(join(tmpdir(), 'neap-find-'));
  mkdirSync(join(top, 'a', 'b'), { recursive: true });
  writeFileSync(join(top, 'neap.yaml'), '');
  expect(findConfig(join(top, 'a', 'b'))).toBe(join(top, 'neap.yaml'));
});
