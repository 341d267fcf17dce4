import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import type { Product } from '../../src/domain/product.ts';
import type { PackageChoice } from '../../src/upgrade/packages.ts';
import type { ChainRequest } from '../../src/upgrade/request.ts';
import type { RouteHop } from '../../src/upgrade/route.ts';
import { runtimeStep } from '../../src/upgrade/runtime-step.ts';
import { TABLES, type Tables } from '../../src/upgrade/tables.ts';
import { aHistory } from '../support/mongodb.ts';

const NODE: Product = {
  id: 'nodejs',
  name: 'Node.js',
  kind: 'runtime',
  vendor: 'Node.js',
  versioning: 'semver',
  effective: ['tag'],
  feeds: [],
  npm: null,
};
const RELEASES: readonly (readonly [string, string])[] = [
  ['18.20.0', '2024-03-26'],
  ['20.0.0', '2023-04-18'],
  ['20.19.0', '2025-03-13'],
  ['21.0.0', '2023-10-17'],
  ['22.0.0', '2024-04-24'],
  ['22.21.0', '2025-10-20'],
  ['26.0.0', '2026-10-20'],
];
const hop = { from: '7.0', to: '8.0', kind: 'upgrade' } as RouteHop;
const odm = { product: 'odm', name: 'odm', to: '9.0.0' } as PackageChoice;

function step(running: string, range: string, tables: Partial<Tables> = {}, releases = RELEASES) {
  const compat = {
    product: 'odm',
    engine: 'mongodb',
    below: 'refuses',
    above: 'untested',
    notes: [],
    rows: [
      { from: '9.0', released: null, node: range, server: null, documented: null, verified: true, source: 'a test' },
    ],
  };
  const standing = { runtime: running };
  const request = {
    tables: { ...TABLES, compat: [compat], ...tables },
    runtime: { id: 'nodejs', product: NODE, running, history: aHistory(NODE, releases) },
    asOf: day('2026-11-22'),
  } as unknown as ChainRequest;
  return { step: runtimeStep(request, standing, [odm], hop), standing };
}

describe('a newer runtime', () => {
  it('is not asked for while the one that runs will do', () => {
    expect(step('20.19.0', '>=20').step).toBeNull();
  });

  it('is the newest release of the lowest major with long-term support that fits', () => {
    const { step: found, standing } = step('18.20.0', '>=20.19.0');
    expect(found).toMatchObject({
      id: '8.0/runtime',
      kind: 'runtime',
      name: 'runtime',
      title: 'Node.js 18.20.0 to 20.19.0',
      major: true,
      days: 2,
      effort: 2,
    });
    expect(found?.details).toEqual(['odm 9.0.0 needs Node.js >=20.19.0']);
    expect(found?.wayBack).toMatchObject({ kind: 'undo', text: 'Deploy with Node.js 18.20.0 again.' });
    expect(standing.runtime).toBe('20.19.0');
  });

  it('keeps off majors that never become long-term support, and off those that are not yet', () => {
    expect(step('18.20.0', '>=21').step?.version).toBe('22.21.0');
    const { step: found, standing } = step('18.20.0', '>=26');
    expect(found).toMatchObject({ version: null, title: 'Node.js 18.20.0 to >=26' });
    expect(standing.runtime).toBe('18.20.0');
  });

  it('follows the rule of the table: all majors, at once, or none stated', () => {
    const rule = {
      product: 'nodejs',
      majors: 'all',
      afterDays: 0,
      because: 'a test',
      source: 'a test',
      verified: true,
    };
    expect(step('18.20.0', '>=21', { longTerm: [rule] }).step?.version).toBe('21.0.0');
    expect(step('18.20.0', '>=26', { longTerm: [] }).step?.version).toBe('26.0.0');
  });

  it('is less work within its major', () => {
    expect(step('20.0.0', '>=20.19.0').step).toMatchObject({ version: '20.19.0', major: false, days: 1, effort: 1 });
  });

  it('leaves releases of the last seven days alone', () => {
    const releases = [...RELEASES, ['20.20.0', '2026-11-20'] as const];
    expect(step('18.20.0', '>=20', {}, releases).step?.version).toBe('20.19.0');
  });
});
