import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPackument } from '../../src/feeds/npm/payload.ts';
import { product, TODAY } from './products.ts';

const SAMPLE = '../shared/feeds/npm/packument-shape.redis.json';

/** A packument of versions with these manifests, all of one day. */
function read(versions: Record<string, unknown>, tags?: unknown) {
  const time = Object.fromEntries(Object.keys(versions).map((version) => [version, '2020-01-01T00:00:00.000Z']));
  const json = JSON.parse(JSON.stringify({ name: 'thing', versions, time, 'dist-tags': tags }));
  return readPackument(json, {
    name: 'thing',
    product: product('thing', []),
    registry: 'https://r.example',
    today: TODAY,
  });
}

const factsOf = (reading: ReturnType<typeof read>) =>
  (reading.facts ?? []).map(({ subject, key, value }) => `${subject} ${key} = ${value}`);

test('tells what is deprecated, cleaned; empty and false are not', () => {
  const reading = read({
    '1.0.0': { deprecated: ' use \u001b[31m2.x\u202e \n instead ' },
    '1.1.0': { deprecated: '' },
    '1.2.0': { deprecated: false },
    '1.3.0': { deprecated: true },
    '1.4.0': { deprecated: '\u202e' },
    '1.5.0': { deprecated: { reason: 'x' } },
    '1.6.0': { deprecated: 'a'.repeat(500) },
  });
  expect(factsOf(reading)).toEqual([
    '1.0.0 deprecated = use 2.x instead',
    '1.3.0 deprecated = no reason given',
    `1.6.0 deprecated = ${'a'.repeat(199)}…`,
  ]);
});

test('tells the range of Node.js and those of followed packages', () => {
  const reading = read({
    '1.0.0': { engines: { node: '>=18', npm: '>=9' }, dependencies: { bson: '^6.0.0', lodash: '1' } },
    '1.1.0': { engines: ['node >= 0.10'], dependencies: { mongodb: '~6.20.0' }, peerDependencies: { mongodb: '*' } },
    '1.2.0': { engines: { node: '' }, peerDependencies: { '@redis/client': '^5.0.0 \u202e' } },
    '1.3.0': { engines: { node: 18 }, dependencies: [], peerDependencies: { ioredis: 5 } },
    '1.4.0': { dependencies: { redis: '>'.repeat(300), constructor: '1' } },
    '1.5.0': null,
  });
  expect(factsOf(reading)).toEqual([
    '1.0.0 engines = node >=18',
    '1.0.0 dependency:bson = ^6.0.0',
    '1.1.0 dependency:mongodb = ~6.20.0',
    '1.2.0 engines = node *',
    '1.2.0 dependency:@redis/client = ^5.0.0',
    `1.4.0 dependency:redis = ${'>'.repeat(99)}…`,
  ]);
  expect(reading.accepted).toHaveLength(6);
});

test('tells the tags; those that cannot be are rejected by name', () => {
  const tags = { latest: '1.0.0', 'v1-lts': '1.0.0', nightly: '1.1.0-dev.1', 'a b': '1.0.0', next: '9.9.9', beta: 1 };
  const reading = read({ '1.0.0': {}, '1.1.0-dev.1': { deprecated: 'x' } }, { ...tags, ['x'.repeat(61)]: '1.0.0' });
  expect(factsOf(reading)).toEqual(['latest dist-tag = 1.0.0', 'v1-lts dist-tag = 1.0.0']);
  expect(reading.rejected).toEqual([
    { what: '1.1.0-dev.1', because: 'a nightly build' },
    { what: 'dist-tag nightly', because: 'points to no version that was taken' },
    { what: 'dist-tag a b', because: 'not the name of a dist-tag' },
    { what: 'dist-tag next', because: 'points to no version that was taken' },
    { what: 'dist-tag beta', because: 'points to no version that was taken' },
    { what: `dist-tag ${'x'.repeat(59)}…`, because: 'not the name of a dist-tag' },
  ]);
});

test('says nothing where the packument has nothing', () => {
  expect(read({ '1.0.0': {} })).toMatchObject({ facts: [], rejected: [] });
  expect(read({ '1.0.0': {} }, ['latest'])).toMatchObject({ facts: [], rejected: [] });
});

test('names that every object has are no facts', () => {
  const json =
    '{"name":"thing","versions":{"1.0.0":{"dependencies":{"__proto__":{"redis":"1"}}}},"dist-tags":{"__proto__":"1.0.0"}}';
  const place = { name: 'thing', product: product('thing', []), registry: 'https://r.example', today: TODAY };
  const { facts } = readPackument(JSON.parse(json), place);
  expect(facts).toEqual([{ subject: '__proto__', key: 'dist-tag', value: '1.0.0' }]);
});

test.skipIf(!existsSync(SAMPLE))('a real packument of redis', () => {
  const { packument }: { packument: unknown } = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  const reading = readPackument(packument, {
    name: 'redis',
    product: product('node-redis', []),
    registry: 'https://r.example',
    today: TODAY,
  });
  expect(reading.accepted).toHaveLength(7);
  expect(factsOf(reading)).toEqual([
    'latest dist-tag = 6.3.1',
    '2.8.0 engines = node >=0.10.0',
    '3.1.2 engines = node >=10',
    '4.7.1 dependency:@redis/client = 1.6.1',
    '5.12.1 engines = node >= 18.19.0',
    '5.12.1 dependency:@redis/client = 5.12.1',
    '6.3.0 engines = node >= 20.0.0',
    '6.3.0 dependency:@redis/client = 6.3.0',
    '6.3.1 engines = node >= 20.0.0',
    '6.3.1 dependency:@redis/client = 6.3.1',
  ]);
});
