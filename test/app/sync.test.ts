import { afterEach, beforeEach, expect, test } from 'vitest';
import { sync } from '../../src/app/sync.ts';
import { day } from '../../src/domain/day.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { Feed } from '../../src/feeds/feed.ts';
import { openStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { product, testHttp } from '../feeds/products.ts';
import { reading, release } from '../store/readings.ts';

const today = day('2026-11-22');
let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

const good: Feed = {
  type: 'good',
  network: false,
  read: async ({ product: { id } }) => ({
    ...reading([release('1.0.0', '2024-10-02')], {
      source: { id: `good:${id}`, name: id, origin: null, licence: null },
      rejected: [{ what: 'x', because: 'not a version' }],
    }),
    readOn: day('2026-11-20'),
  }),
};
const bad: Feed = {
  type: 'bad',
  network: true,
  read: async () => {
    throw new Problem('the place is down', { hint: 'Wait.' });
  },
};
const broken: Feed = {
  type: 'broken',
  network: true,
  read: async () => {
    throw new TypeError('a defect');
  },
};

const products = [
  product('a', [{ type: 'bad', package: 'a-js' }, { type: 'good' }]),
  product('b', [{ type: 'good', path: 'b.json' }]),
  product('c', [{ type: 'nowhere' }]),
];
const request = {
  feeds: [bad, broken, good],
  products,
  today,
  baseDir: '/',
  signal: new AbortController().signal,
  http: testHttp(),
  env: {},
};

test('a feed that fails does not stop the others', async () => {
  const reported: string[] = [];
  const result = await sync({
    ...request,
    store,
    report: (event) => event.kind === 'done' && reported.push(event.result.product),
  });
  expect(result.interrupted).toBe(false);
  expect(result.feeds.map((r) => [r.product, r.feed, r.target, r.outcome, r.problem?.message ?? null])).toEqual([
    ['a', 'bad', 'a-js', 'failed', 'the place is down'],
    ['a', 'good', 'a', 'read', null],
    ['b', 'good', 'b.json', 'read', null],
    ['c', 'nowhere', 'c', 'failed', 'there is no feed "nowhere"'],
  ]);
  expect(result.feeds[1]).toMatchObject({ saved: { added: 1, rejected: 1 }, rejected: [{ what: 'x' }] });
  expect(reported).toHaveLength(4);
  expect(store.ledger('b', null).claims).toHaveLength(1);
  expect(store.readings('b')).toMatchObject([{ via: 'sync', readOn: '2026-11-20', complete: true }]);
});

test('only the named types are visited, and unknown ones refused', async () => {
  const result = await sync({ ...request, store, only: ['good'] });
  expect(result.feeds.map((r) => `${r.product} ${r.feed}`)).toEqual(['a good', 'b good']);
  await expect(sync({ ...request, store, only: ['z'] })).rejects.toThrow('there is no feed "z"');
});

test('a place visited well within the age is skipped, a failed one is not', async () => {
  await sync({ ...request, store });
  const again = async (on: string, maxAge: number) =>
    (await sync({ ...request, store, today: day(on), maxAge })).feeds.map((r) => r.outcome);
  expect(await again('2026-11-22', 1)).toEqual(['failed', 'skipped', 'skipped', 'failed']);
  expect(await again('2026-11-24', 2)).toEqual(['failed', 'read', 'read', 'failed']);
  expect(await again('2026-11-25', 2)).toEqual(['failed', 'skipped', 'skipped', 'failed']);
  // Visits dated after today were made under a wrong clock.
  expect(await again('2026-11-21', 2)).toEqual(['failed', 'read', 'read', 'failed']);
});

test('a dry run says what it would save and saves nothing', async () => {
  const result = await sync({ ...request, store, dryRun: true });
  expect(result.feeds[1]).toMatchObject({ outcome: 'read', saved: { added: 1, newClaims: 1 } });
  for (const id of ['a', 'b', 'c']) expect([store.readings(id), store.failures(id)]).toEqual([[], []]);
});

test('what failed is remembered until it goes well', async () => {
  await sync({ ...request, store });
  expect(store.failures('a')).toEqual([
    { product: 'a', feed: 'bad', target: 'a-js', visitedOn: today, because: 'the place is down' },
  ]);
  await sync({ ...request, store, feeds: [{ ...good, type: 'bad' }, good] });
  expect(store.failures('a')).toEqual([]);
});

test('an abort saves nothing more, and what was saved stays', async () => {
  const controller = new AbortController();
  // Answers all the same, but only once the user has given up.
  const slow: Feed = {
    ...good,
    type: 'slow',
    read: (which) =>
      new Promise((resolve) => {
        which.signal.addEventListener('abort', () => resolve(good.read(which)));
      }),
  };
  const result = await sync({
    ...request,
    store,
    feeds: [good, slow],
    products: [product('a', [{ type: 'good' }]), ...['b', 'c', 'd', 'e'].map((id) => product(id, [{ type: 'slow' }]))],
    signal: controller.signal,
    report: ({ kind }) => kind === 'done' && controller.abort(),
  });
  expect(result.interrupted).toBe(true);
  expect(result.feeds.map((r) => r.product)).toEqual(['a']);
  expect(store.readings('a')).toHaveLength(1);
  for (const id of ['b', 'c', 'd', 'e']) expect(store.readings(id)).toEqual([]);
});

test('a defect of a feed is not taken for a failing place', async () => {
  const one = [product('a', [{ type: 'broken' }])];
  await expect(sync({ ...request, store, products: one })).rejects.toThrow(TypeError);
});

test('no more than eight places are visited at once', async () => {
  let now = 0;
  let most = 0;
  const slow: Feed = {
    ...good,
    type: 'slow',
    read: async (which) => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      return good.read(which);
    },
  };
  const many = Array.from({ length: 12 }, (_, i) => product(`p${i}`, [{ type: 'slow' }]));
  const result = await sync({ ...request, store, feeds: [slow], products: many });
  expect(result.feeds).toHaveLength(12);
  expect(most).toBe(8);
});
