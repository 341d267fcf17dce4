import type { Product } from '../../src/domain/product.ts';
import type { History } from '../../src/domain/release.ts';
import { aHistory, MONGODB } from '../support/mongodb.ts';
import { type Count, count } from './checker/days.ts';

/** What the random teams run, with all that was published of it. */
interface Known {
  readonly product: Product;
  readonly history: History;
}

const RELEASES: Readonly<Record<string, readonly (readonly [version: string, date: string])[]>> = {
  mongodb: [
    ['6.0.0', '2022-07-19'],
    ['6.0.16', '2024-08-01'],
    ['7.0.0', '2023-08-15'],
    ['7.0.4', '2023-11-17'],
    ['7.0.12', '2024-06-25'],
    ['7.0.31', '2026-03-17'],
    ['8.0.0', '2024-10-02'],
    ['8.0.4', '2024-12-09'],
    ['8.0.5', '2025-12-09'],
    ['8.0.6', '2026-06-09'],
    ['9.0.0', '2026-09-28'],
    ['9.0.1', '2026-10-10'],
    ['9.0.4', '2026-11-01'],
  ],
  redis: [
    ['7.2.6', '2024-10-02'],
    ['8.2.0', '2025-08-04'],
    ['8.2.1', '2025-09-04'],
    ['8.2.2', '2025-10-04'],
    ['8.2.3', '2025-11-04'],
  ],
  mongoose: [
    ['6.13.8', '2025-01-15'],
    ['7.8.7', '2025-04-30'],
    ['8.19.1', '2025-10-02'],
    ['9.12.1', '2026-10-09'],
  ],
  ioredis: [['5.8.1', '2025-10-01']],
  nodejs: [
    ['14.21.3', '2023-02-16'],
    ['20.20.2', '2026-03-24'],
    ['24.11.0', '2025-10-28'],
  ],
};

function known(product: Product): Known {
  return { product, history: aHistory(product, RELEASES[product.id] ?? []) };
}

const OTHERS: readonly Product[] = [
  { ...MONGODB, id: 'redis', name: 'Redis', vendor: 'Redis', versioning: 'redis' },
  { ...MONGODB, id: 'mongoose', name: 'mongoose', kind: 'odm', versioning: 'semver', npm: 'mongoose' },
  { ...MONGODB, id: 'ioredis', name: 'ioredis', kind: 'client', versioning: 'semver', npm: 'ioredis' },
  { ...MONGODB, id: 'nodejs', name: 'Node.js', kind: 'runtime', vendor: 'Node.js', versioning: 'semver' },
];

const KNOWN: ReadonlyMap<string, Known> = new Map([MONGODB, ...OTHERS].map((product) => [product.id, known(product)]));

export function knownOf(product: string): Known {
  const one = KNOWN.get(product);
  if (one === undefined) throw new RangeError(`nothing is known of ${product}`);
  return one;
}

/** First day of a line, and how many patches it had, counted from the list above. */
export function lineOf(product: string, line: string): { readonly ga: Count; readonly patches: number } | null {
  const own = (RELEASES[product] ?? []).filter(([version]) => version.startsWith(`${line}.`));
  const first = own.find(([version]) => version === `${line}.0`);
  return first === undefined ? null : { ga: count(first[1]), patches: own.length - 1 };
}
