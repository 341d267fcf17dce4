import { describe, expect, it } from 'vitest';
import type { SchemeId } from '../../src/domain/product.ts';
import { exactRange, parseSeries } from '../../src/policy/series.ts';

describe('what a range admits', () => {
  it.each<[string, SchemeId, string, boolean]>([
    // semver
    ['^8.19.1', 'semver', '8.20.0', true],
    ['^8.19.1', 'semver', '8.19.0', false],
    ['^8.19.1', 'semver', '9.0.0', false],
    ['~0.5', 'semver', '0.6.0', false],
    ['8 || 10', 'semver', '10.1.0', true],
    ['8.0 - 8.4', 'redis', '8.4.2', true],
    ['workspace:^1.0.0', 'semver', '1.1.0', true],
    // apt series
    ['8.0.x', 'mongodb', '8.0.12', true],
    ['8.0.x', 'mongodb', '8.2.0', false],
    ['7.0.*', 'mongodb', '7.0.31', true],
    ['7', 'redis', '7.4.0', true],
    ['8.x', 'redis', '9.0.0', false],
    ['7.0', 'redis', '7.2.0', false],
    ['17', 'two-part', '17.4', true],
    ['17', 'two-part', '18.0', false],
    ['9.6', 'two-part', '9.6.24', true],
    ['24.04', 'calver', '24.04.1', true],
    ['>=24.04', 'calver', '24.10', true],
    ['>=24.04', 'calver', '23.10', false],
    ['24.1', 'dotted', '24.1.2.5', true],
    ['mongodb-org=7.0.*', 'mongodb', '7.0.9', true],
    ['6:7.2.*', 'redis', '7.2.9', true],
    ['7.0.31-1~jammy', 'mongodb', '7.0.32', false],
    // image tags
    ['redis:7', 'redis', '7.2.6', true],
    ['mongo:8.0', 'mongodb', '8.2.0', false],
    ['7-alpine', 'redis', '7.4.0', true],
    ['8.0.4-bookworm', 'mongodb', '8.0.4', true],
    ['8.0.4-bookworm', 'mongodb', '8.0.5', false],
    ['host:5000/library/redis:7.2-alpine3.20', 'redis', '7.2.1', true],
    ['latest', 'redis', '9.0.0', true],
    ['redis:alpine', 'redis', '9.0.0', true],
    ['8.0-m01', 'redis', '8.0.0', false],
    ['8.0.0-rc1', 'mongodb', '8.0.0', false],
    // what the scheme cannot read
    ['^8', 'semver', 'nightly', false],
  ])('%s (%s) and %s: %s', (range, versioning, version, expected) => {
    expect(parseSeries(range, versioning)?.admits(version)).toBe(expected);
  });

  it.each(['redis@sha256:0f', 'file:../driver', 'https://example.org/a', 'redis', 'seven', '^8 or 9', 'npm:other@^1'])(
    '%s is none',
    (text) => {
      expect(parseSeries(text, 'semver')).toBeNull();
    },
  );

  it('speaks of lines too, whatever their length', () => {
    const line = (range: string, versioning: SchemeId, of: string) => parseSeries(range, versioning)?.admitsLine(of);
    expect(line('^8.19.1', 'semver', '8.19')).toBe(true);
    expect(line('^8.19.1', 'semver', '8.18')).toBe(false);
    expect(line('<8.22.0', 'semver', '8.22')).toBe(false);
    expect(line('17', 'two-part', '17')).toBe(true);
    expect(line('17', 'two-part', '18')).toBe(false);
    expect(line('24.04', 'calver', '24.04')).toBe(true);
  });
});

it('the exact range of a version is that of its line', () => {
  expect(exactRange('8.19.1', 'semver')).toBe('8.19.x');
  expect(exactRange('17.2', 'two-part')).toBe('17.x');
  expect(exactRange('24.04.1', 'calver')).toBe('24.04.x');
  expect(exactRange('nightly', 'semver')).toBeNull();
});
