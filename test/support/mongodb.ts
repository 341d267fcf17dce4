import { day } from '../../src/domain/day.ts';
import type { Product } from '../../src/domain/product.ts';
import type { History } from '../../src/domain/release.ts';
import { buildHistory } from '../../src/ledger/history.ts';

export const MONGODB: Product = {
  id: 'mongodb',
  name: 'MongoDB',
  kind: 'engine',
  vendor: 'MongoDB',
  versioning: 'mongodb',
  effective: ['notes', 'first-seen', 'tag', 'lifecycle'],
  tagPrecision: 'month',
  feeds: [],
  npm: null,
};

/** Releases by version and day, each as a claim of release notes. */
export function aHistory(product: Product, releases: readonly (readonly [version: string, date: string])[]): History {
  const observedThrough = day('2026-11-22');
  return buildHistory(product, {
    observedThrough,
    versions: releases.map(([version]) => ({ version, prerelease: false, urgency: null })),
    claims: releases.map(([version, date]) => ({
      product: product.id,
      subject: version,
      of: 'notes',
      state: 'dated',
      day: day(date),
      precision: 'day',
      source: 'notes',
      knownFrom: day(date),
      confirmed: observedThrough,
      suspect: null,
    })),
  });
}

export function aMongodbHistory(): History {
  return aHistory(MONGODB, [
    ['6.0.0', '2022-07-19'],
    ['7.0.0', '2023-08-15'],
    ['7.0.31', '2026-03-17'],
    ['8.0.0', '2024-10-02'],
    ['8.0.1', '2024-10-09'],
    ['8.0.3', '2024-10-24'],
    ['8.0.4', '2024-12-09'],
    ['9.0.0', '2026-09-28'],
  ]);
}
