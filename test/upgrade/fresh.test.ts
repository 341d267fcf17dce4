import { describe, expect, it } from 'vitest';
import { admission, compatOf } from '../../src/upgrade/compat.ts';
import { freshTables } from '../../src/upgrade/fresh.ts';
import { driverOf, nodeOf } from '../../src/upgrade/packages.ts';
import { TABLES } from '../../src/upgrade/tables.ts';
import { openAdvisories } from '../../src/upgrade/target.ts';
import { contradictions } from '../../src/upgrade/validate.ts';
import { schemeOf } from '../../src/versioning/schemes.ts';

const told = (facts: readonly (readonly [subject: string, key: string, value: string])[]) =>
  facts.map(([subject, key, value]) => ({ subject, key, value, source: 'npm' }));

describe('what the registry told since', () => {
  const tables = freshTables(
    TABLES,
    new Map([
      [
        'mongoose',
        told([
          ['9.13.0', 'dependency:mongodb', '~7.9'],
          ['9.13.0', 'engines', 'node >=22'],
          ['9.13.1', 'dependency:mongodb', '~7.9'],
          ['10.0.0-rc0', 'dependency:mongodb', '~8.0'],
          ['8.19.1', 'dependency:mongodb', '~1.0'],
        ]),
      ],
    ]),
  );

  it('gives a new minor of an ODM its driver, that driver’s limits and its runtime, unverified', () => {
    expect(driverOf(tables, 'mongoose', '9.13.1')).toBe('~7.9');
    expect(nodeOf(tables, 'mongoose', '9.13.1')).toBe('>=22');
    const mongoose = compatOf(tables, 'mongoose');
    expect(mongoose && admission(mongoose, 'mongoose', '9.13.1', '9.0')).toMatchObject({ fit: 'yes', verified: false });
    expect(contradictions(tables)).toEqual([]);
  });

  it('leaves what the tables say of known minors, and prereleases', () => {
    expect(driverOf(tables, 'mongoose', '8.19.1')).toBe('~6.20.0');
    expect(driverOf(tables, 'mongoose', '10.0.0')).toBe('~7.9');
  });
});

describe('advisories that feeds told', () => {
  const advisory = (affected: readonly string[], more = {}) =>
    JSON.stringify({
      severity: 'HIGH',
      summary: 'bad',
      affected,
      fixed: [],
      published: '2026-11-01',
      withdrawn: null,
      ...more,
    });
  const open = (value: string, version: string, id = 'CVE-2026-1') => {
    const tables = freshTables(TABLES, new Map([['mongoose', told([[id, 'advisory', value]])]]));
    return openAdvisories('mongoose', version, schemeOf('semver'), tables.advisories).some((one) => one.id === id);
  };

  it('count with their ranges', () => {
    expect(open(advisory(['>=9.0.0 <9.12.5']), '9.12.1')).toBe(true);
    expect(open(advisory(['>=9.0.0 <9.12.5']), '9.12.5')).toBe(false);
    expect(open(advisory(['<9.0.0']), '8.19.1')).toBe(true);
    expect(open(advisory(['>=9.0.0']), '9.12.1')).toBe(true);
  });

  it.each([
    ['<=5.0.1', ['5.0.1', '0.1.0'], ['5.0.2', '9.12.1']],
    ['>=5.0.0 <=5.0.1', ['5.0.0', '5.0.1'], ['4.9.9', '5.0.2']],
    ['>5.0.0 <6.0.0', ['5.0.1', '5.9.9'], ['5.0.0', '6.0.0']],
    ['=9.12.1', ['9.12.1'], ['9.12.0', '9.12.2']],
    ['<1.0.0 || >= 2.0.0 <2.1.0', ['0.9.0', '2.0.5'], ['1.0.0', '2.1.0']],
    // What cannot be read whole says nothing, rather than the half of it that can.
    ['^5.0.0', [], ['5.0.1']],
    ['>=5.0.0 or so', [], ['5.0.1']],
  ])('read %s', (range, affected, free) => {
    expect(affected.filter((version) => !open(advisory([range]), version))).toEqual([]);
    expect(free.filter((version) => open(advisory([range]), version))).toEqual([]);
  });

  it('do not count when withdrawn, unreadable, or in the tables already', () => {
    expect(open(advisory(['>=9.0.0'], { withdrawn: '2026-11-02' }), '9.12.1')).toBe(false);
    expect(open('{', '9.12.1')).toBe(false);
    expect(open(advisory(['anything']), '9.12.1')).toBe(false);
    const [known] = TABLES.advisories.filter(({ product }) => product === 'mongoose');
    const tables = freshTables(
      TABLES,
      new Map([['mongoose', told([[known?.id ?? '', 'advisory', advisory(['>=0.0.0'])]])]]),
    );
    expect(tables.advisories).toHaveLength(TABLES.advisories.length);
  });
});
