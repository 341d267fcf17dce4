import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SchemeId } from '../../src/domain/product.ts';
import { compareLines, compareVersions } from '../../src/versioning/scheme.ts';
import { schemeOf } from '../../src/versioning/schemes.ts';

describe('schemes read versions', () => {
  it.each<[SchemeId, string, string | null, boolean, boolean]>([
    ['mongodb', '8.0.4', '8.0', false, true],
    ['mongodb', '8.2.1', '8.2', false, true],
    ['mongodb', '8.1.0', '8.1', false, false],
    ['mongodb', '7.3.0', '7.3', false, false],
    ['mongodb', '4.3.1', '4.3', true, false],
    ['mongodb', '4.4.0', '4.4', false, true],
    ['mongodb', '9.5.0', '9.5', false, true],
    ['mongodb', '9.1.0', '9.1', false, false],
    ['mongodb', '10.0.0', '10.0', false, true],
    ['mongodb', 'nightly', null, false, false],
    ['redis', '8.10-rc1', '8.10', false, true],
    ['redis', '2.5.3', '2.5', true, false],
    ['redis', '8.0-m01', '8.0', false, true],
    ['semver', 'v8.19.1', '8.19', false, true],
    ['semver', '8.19', null, false, true],
    ['two-part', '17.2', '17', false, true],
    ['two-part', '9.6.24', '9.6', false, true],
    ['calver', '2026.07.1', '2026.07', false, true],
    ['calver', '24.04', '24.04', false, true],
    ['calver', '24', null, false, true],
    ['dotted', '24.8.1.2684', '24.8', false, true],
    ['dotted', '2025.01.0', '2025.01', false, true],
    ['dotted', '6.1', '6.1', false, true],
    ['dotted', '1', '1.0', false, true],
    ['dotted', 'v5.0.0b1', '5.0', false, true],
    ['dotted', 'nightly-2026', null, false, true],
  ])('%s %s: line %s, development %s, self-managed %s', (id, text, line, development, selfManaged) => {
    const parsed = schemeOf(id).parse(text);
    expect(parsed?.line ?? null).toBe(line);
    if (parsed !== null) expect([parsed.development, parsed.selfManaged]).toEqual([development, selfManaged]);
  });

  it('orders prereleases before their release and numbers by value', () => {
    const redis = schemeOf('redis');
    const order = ['8.8.2', '8.10-rc1', '8.10-rc2', '8.10-rc10', '8.10.0', '8.10.1'];
    const parsed = order.map((text) => redis.parse(text)).filter((version) => version !== null);
    expect(
      parsed
        .toReversed()
        .toSorted(compareVersions)
        .map((version) => version.text),
    ).toEqual(order);
  });

  it('orders lines by number, not by letter', () => {
    expect(['8.10', '8.8', '10.0', '9.0'].sort(compareLines)).toEqual(['8.8', '8.10', '9.0', '10.0']);
    expect(['2025.10', '2025.9', '2025.01'].sort(compareLines)).toEqual(['2025.01', '2025.9', '2025.10']);
  });

  it.each([
    ['4.0.0rc1', ['rc', 1]],
    ['0.4pre', ['pre']],
    ['2.19.0.beta1', ['beta', 1]],
    ['1.15.0-beta.1', ['beta', 1]],
    ['4.13.0.dev0', ['dev', 0]],
    ['6.2.0.RELEASE', null],
    ['4.1.0.Final', null],
    ['24.8.1.2684-lts', null],
    ['1.0.post2', null],
    ['2025.01.0', null],
  ])('dotted %s: prerelease %j', (text, prerelease) => {
    expect(schemeOf('dotted').parse(text)?.prerelease).toEqual(prerelease);
  });

  it('orders four-part and mixed dotted versions', () => {
    const dotted = schemeOf('dotted');
    const order = ['5.0b1', '5.0rc1', '5.0', '5.0.1', '24.8.1.9', '24.8.1.2684', '24.10.1.1', '2025.01.0'];
    const parsed = order.map((text) => dotted.parse(text)).filter((version) => version !== null);
    expect(
      parsed
        .toReversed()
        .toSorted(compareVersions)
        .map((version) => version.text),
    ).toEqual(order);
  });

  it('never throws on text from outside', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom<SchemeId>('semver', 'mongodb', 'redis', 'two-part', 'calver', 'dotted'),
        (text, id) => {
          expect(() => schemeOf(id).parse(text)).not.toThrow();
        },
      ),
    );
  });
});
