import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { dataDir } from '../../src/catalogue/data-dir.ts';
import type { StackItem } from '../../src/domain/config.ts';
import { day } from '../../src/domain/day.ts';
import type { TouchedWork } from '../../src/domain/gate.ts';
import type { PlannedWindow } from '../../src/domain/plan.ts';
import { questionsOf } from '../../src/gate/questions.ts';
import { aConfig } from '../support/team.ts';

const { products } = loadCatalogue(dataDir());
const item = (product: string, more: Partial<StackItem> = {}): StackItem => ({
  id: product,
  product,
  running: null,
  range: null,
  store: null,
  edition: null,
  topology: null,
  platform: null,
  fcv: null,
  ...more,
});
const STACK = [
  item('mongodb'),
  item('mongodb', { id: 'archive' }),
  item('redis'),
  item('mongoose', { store: 'mongodb' }),
  item('nodejs'),
];
const window = (id: string, value: string, stackId = 'mongodb'): PlannedWindow => ({
  id,
  item: id,
  step: null,
  title: id,
  kind: 'engine',
  store: 'mongodb',
  from: day('2026-12-01'),
  until: day('2026-12-02'),
  sprint: 1,
  state: 'proposed',
  risk: 0,
  daysLate: 0,
  reasons: [],
  wayBack: null,
  noReturnFrom: null,
  needs: [],
  sets: [{ id: stackId, key: 'running', value }],
  findings: [],
});

/** Each question as `kind store item`, and what is foreign. */
function asked(
  work: Partial<TouchedWork>,
  windows: readonly PlannedWindow[] = [],
  stack = STACK,
  own: readonly string[] = [],
) {
  const config = aConfig({
    stack,
    products: own.map((id) => ({ id, name: id, kind: 'engine', versioning: 'semver', feeds: [] })),
  });
  const plan = { windows } as Parameters<typeof questionsOf>[1]['plan'];
  const all = [...products, ...config.products.map((one) => ({ ...products[0], ...one }) as (typeof products)[number])];
  const whole: TouchedWork = {
    kind: 'model',
    file: 'a',
    line: null,
    what: '',
    products: null,
    before: null,
    after: null,
    ...work,
  };
  const { raised, foreign } = questionsOf([whole], { config, plan }, all);
  return [
    ...raised.map(({ question: { kind, store, patch, item: named } }) =>
      [kind, store ?? 'none', ...(patch ? ['patch'] : []), ...(named === null ? [] : [named])].join(' '),
    ),
    ...foreign.map(() => 'foreign'),
  ];
}

describe('a model is of', () => {
  it.each([
    ['every store that runs its engine', ['mongodb'], ['model mongodb', 'model archive']],
    ['every store, where nobody can tell', null, ['model mongodb', 'model archive', 'model redis']],
    ['none, where its engine does not run', ['postgresql'], ['foreign']],
  ])('%s', (_case, engines, expected) => {
    expect(asked({ products: engines })).toEqual(expected);
  });

  it('a store of the team’s own, which may be anything', () => {
    expect(asked({ products: ['postgresql'] }, [], [item('mongodb'), item('ourdb')], ['ourdb'])).toEqual([
      'model ourdb',
    ]);
  });
});

describe('an engine', () => {
  const engine = (before: string | null, after: string | null, windows: readonly PlannedWindow[] = []) =>
    asked({ kind: 'engine', products: ['redis'], before, after }, windows);
  it.each([
    ['7.2.6', '7.2.7', 'engine redis patch'],
    ['7.2', '7.2', 'engine redis patch'],
    ['7.2.6', '7.4.0', 'engine redis'],
    ['7', '7', 'engine redis'],
    ['7.2.6', null, 'engine redis'],
    [null, '7.2.6', 'engine redis'],
  ])('%s → %s: %s', (before, after, expected) => {
    expect(engine(before, after)).toEqual([expected]);
  });

  it('is the work of the plan that sets its version, or an older one of its line', () => {
    const patch = window('redis-patch', '7.2.16', 'redis');
    expect(engine('7.2.6', '7.2.16', [patch])).toEqual(['engine redis patch redis-patch']);
    expect(engine('7.2.6', '7.2.17', [patch])).toEqual(['engine redis patch redis-patch']);
    expect(engine('7.2.6', '7.2.15', [patch])).toEqual(['engine redis patch']);
    expect(engine('7.2.6', '7.4.20', [patch])).toEqual(['engine redis']);
  });
});

describe('a package', () => {
  const brought = (product: string) => asked({ kind: 'package', products: [product], before: '1.0.0', after: '1.1.0' });
  it.each([
    ['of the store it is for', 'mongoose', ['package mongodb']],
    ['of its vendor’s stores, where the stack does not name it', 'ioredis', ['package redis']],
    ['of no store, where it is a runtime', 'nodejs', ['package none']],
    ['foreign, where nothing here is of its kind', 'react', ['foreign']],
  ])('is %s', (_case, product, expected) => {
    expect(brought(product)).toEqual(expected);
  });
});
