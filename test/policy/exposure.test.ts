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

  it('a range that nobody can read counts as none: every feature release of the vendor', () => {
    const exposure = exposureOf({ ...item, range: 'redis@sha256:0f' }, history, 'reach', asOf);
    expect([exposure.watch, exposure.closed, exposure.events.length]).toEqual(['vendor', false, 5]);
  });
});

describe('what could still come through a range', () => {
  const REDIS: Product = { ...MONGODB, id: 'redis', name: 'Redis', versioning: 'redis' };
  const redis = aHistory(REDIS, [
    ['7.0.0', '2022-04-27'],
    ['7.2.0', '2023-08-15'],
    ['7.4.0', '2024-07-29'],
    ['8.0.0', '2025-05-02'],
    ['8.2.0', '2025-08-04'],
    ['8.4.0', '2025-11-18'],
  ]);
  const POSTGRES: Product = { ...MONGODB, id: 'postgresql', name: 'PostgreSQL', versioning: 'two-part' };
  const postgres = aHistory(POSTGRES, [
    ['16.0', '2023-09-14'],
    ['17.0', '2024-09-26'],
    ['17.1', '2024-11-14'],
    ['18.0', '2025-09-25'],
  ]);
  const UBUNTU: Product = { ...MONGODB, id: 'ubuntu', name: 'Ubuntu', versioning: 'calver' };
  const ubuntu = aHistory(UBUNTU, [
    ['24.04', '2024-04-25'],
    ['24.10', '2024-10-10'],
    ['25.04', '2025-04-17'],
  ]);
  const of = (
    product: Product,
    known: typeof history,
    range: string,
    { running = null as string | null, edition = null as string | null } = {},
  ) => exposureOf({ ...item, product: product.id, range, running, edition }, known, 'reach', asOf, product.versioning);

  it.each([
    ['8.0.x', ['8.0'], true, false, null],
    ['7', ['7.0', '7.2', '7.4'], false, true, '7.6'],
    ['8.x', ['8.0', '8.2', '8.4'], false, false, '8.6'],
    ['redis:8-alpine', ['8.0', '8.2', '8.4'], false, false, '8.6'],
    ['latest', ['7.0', '7.2', '7.4', '8.0', '8.2', '8.4'], false, false, '8.6'],
    ['8.6', [], false, false, '8.6'],
    ['>=8.2 <8.5', ['8.2', '8.4'], true, false, null],
  ])('Redis by %s', (range, events, closed, superseded, nextLine) => {
    const exposure = of(REDIS, redis, range);
    expect(exposure.events.map(({ line }) => line)).toEqual(events);
    expect(exposure).toMatchObject({ closed, superseded, nextLine });
  });

  it('two-part numbers: a line is one number', () => {
    expect(of(POSTGRES, postgres, '17')).toMatchObject({ closed: true, nextLine: null });
    const open = of(POSTGRES, postgres, '>=17');
    expect(open.events.map(({ line }) => line)).toEqual(['17', '18']);
    expect(open).toMatchObject({ closed: false, superseded: false, nextLine: '19' });
    // Open to the next major, it moves as the vendor does.
    expect(open.rhythm).toEqual(['2023-09-14', '2024-09-26', '2025-09-25']);
  });

  it('lines that are months are never guessed', () => {
    expect(of(UBUNTU, ubuntu, '24.04')).toMatchObject({ closed: true });
    expect(of(UBUNTU, ubuntu, '>=24.04')).toMatchObject({ closed: false, nextLine: null });
  });

  it('vendor-hosted lines do not reach a self-managed team, nor are they expected', () => {
    const mongodb = aHistory(MONGODB, [
      ['8.0.0', '2024-10-02'],
      ['8.1.0', '2025-05-14'],
    ]);
    const self = of(MONGODB, mongodb, '8', { edition: 'community' });
    expect([self.events.map(({ line }) => line), self.nextLine]).toEqual([['8.0'], '8.2']);
    const hosted = of(MONGODB, mongodb, '8', { edition: 'atlas' });
    expect(hosted.events.map(({ line }) => line)).toEqual(['8.0', '8.1']);
  });

  it('a line that is not out yet may still come, one that runs is out whatever the sources have', () => {
    const none = aHistory(MONGOOSE, []);
    expect(of(MONGOOSE, none, '~8.19.1')).toMatchObject({ closed: false, nextLine: '8.19' });
    expect(of(MONGOOSE, none, '~8.19.1', { running: '8.19.1' })).toMatchObject({ closed: true });
    expect(of(MONGOOSE, history, '~8.25.0')).toMatchObject({ closed: false, nextLine: '8.25' });
    expect(of(MONGOOSE, history, '^8.19.1 || ^10')).toMatchObject({ closed: false, superseded: false });
  });

  it('an opening below the floor after the first admitted one is a backport, and no part of the rhythm', () => {
    const backported = aHistory(MONGOOSE, [
      ['8.0.0', '2023-10-31'],
      ['8.1.0', '2024-01-16'],
      ['9.0.0', '2025-11-21'],
      ['8.2.0', '2025-12-01'],
    ]);
    const exposure = of(MONGOOSE, backported, '>=9');
    expect(exposure.rhythm).toEqual(['2023-10-31', '2024-01-16', '2025-11-21']);
  });
});
