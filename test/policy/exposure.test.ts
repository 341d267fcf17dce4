import { describe, expect, it } from 'vitest';
import type { StackItem } from '../../src/domain/config.ts';
import { day } from '../../src/domain/day.ts';
import type { Product } from '../../src/domain/product.ts';
import { exposureOf } from '../../src/policy/exposure.ts';
import { aHistory, aMongodbHistory, MONGODB } from '../support/mongodb.ts';

const asOf = day('2026-11-22');
const item: StackItem = {
  id: 'mongoose',
  product: 'mongoose',
  running: '8.19.1',
  range: null,
  store: 'mongodb',
  edition: null,
  topology: null,
  platform: null,
  fcv: null,
};
const MONGOOSE: Product = { ...MONGODB, id: 'mongoose', name: 'mongoose', kind: 'odm', versioning: 'semver' };
const history = aHistory(MONGOOSE, [
  ['8.18.0', '2025-08-22'],
  ['8.19.0', '2025-10-02'],
  ['8.19.2', '2025-10-20'],
  ['8.20.0', '2025-11-17'],
  ['9.0.0', '2025-11-21'],
  ['8.21.0', '2025-12-29'],
  ['9.1.0', '2025-12-29'],
]);
const lines = (range: string | null, watch: 'vendor' | 'reach' | 'off' = 'reach') =>
  exposureOf({ ...item, range }, history, watch, asOf).events.map(({ line }) => line);

describe('which releases count', () => {
  it('a caret range lets in what comes above its floor within the major; the rhythm goes back further', () => {
    const exposure = exposureOf({ ...item, range: '^8.19.1' }, history, 'reach', asOf);
    expect(exposure.events.map(({ line }) => line)).toEqual(['8.20', '8.21']);
    expect(exposure.rhythm.length).toBe(4);
    expect([exposure.closed, exposure.superseded, exposure.nextLine]).toEqual([false, true, '8.22']);
  });

  it('a tilde range lets in nothing new', () => {
    expect(exposureOf({ ...item, range: '~8.19.1' }, history, 'reach', asOf)).toMatchObject({
      closed: true,
      nextLine: null,
    });
  });

  it('an open range lets in the newest major too', () => {
    const exposure = exposureOf({ ...item, range: '>=8.19' }, history, 'reach', asOf);
    expect([exposure.closed, exposure.superseded, exposure.nextLine]).toEqual([false, false, '9.2']);
    expect(lines('>=8.19')).toEqual(['8.19', '8.20', '9.0', '8.21', '9.1']);
  });

  it('the vendor’s feature releases are those of a new highest line; nothing counts when off', () => {
    expect(lines(null, 'vendor')).toEqual(['8.18', '8.19', '8.20', '9.0', '9.1']);
    expect(lines('^8.19.1', 'off')).toEqual([]);
  });

  it('an announced release is the next one', () => {
    const announced = aHistory(MONGOOSE, [
      ['9.0.0', '2025-11-21'],
      ['9.1.0', '2026-12-24'],
    ]);
    expect(exposureOf(item, announced, 'vendor', asOf).nextLine).toBe('9.1');
  });

  it('vendor-hosted lines count only for those who run there', () => {
    const engine = { ...item, product: 'mongodb' };
    const withRapid = aHistory(MONGODB, [
      ['7.0.0', '2023-08-15'],
      ['7.1.0', '2023-11-15'],
    ]);
    const of = (edition: string) => exposureOf({ ...engine, edition }, withRapid, 'vendor', asOf).events.length;
    expect([of('community'), of('atlas')]).toEqual([1, 2]);
    expect(exposureOf(engine, aMongodbHistory(), 'vendor', asOf).events.at(-1)?.name).toBe('mongodb 9.0');
  });
});
