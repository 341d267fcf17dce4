import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import { DEFAULT_POLICY } from '../../src/domain/default-policy.ts';
import { type Chain, chainFor } from '../../src/upgrade/chain.ts';
import { admission, compatOf } from '../../src/upgrade/compat.ts';
import { driverOf, nodeOf, type Package } from '../../src/upgrade/packages.ts';
import { TABLES, type Tables } from '../../src/upgrade/tables.ts';
import { aPackage, bundledHistory, bundledProduct } from '../support/bundled.ts';
import { aHistory } from '../support/mongodb.ts';

interface Given {
  readonly engine?: string;
  readonly runtime?: string;
  readonly tables?: Tables;
}

function chain(running: string, to: string, packages: readonly Package[], given: Given = {}): Chain {
  const { engine = 'mongodb', runtime, tables = TABLES } = given;
  const result = chainFor({
    store: engine,
    product: bundledProduct(engine),
    history: bundledHistory(engine),
    running,
    to,
    edition: 'community',
    topology: null,
    platform: null,
    fcv: null,
    packages,
    runtime: runtime === undefined ? null : aPackage('nodejs', runtime),
    asOf: day('2026-11-22'),
    policy: DEFAULT_POLICY.engineUpgrades,
    tables,
  });
  if (result.kind !== 'chain') throw new Error(JSON.stringify(result));
  return result.chain;
}

/** `8.0/mongoose-8: mongoose 7.8 → 8.24, mongodb-driver 5.9 → 6.20`, of the steps that change packages or the runtime. */
function windows({ steps }: Chain): readonly string[] {
  const minor = (version: string) => version.split('.').slice(0, 2).join('.');
  return steps
    .filter(({ kind }) => kind === 'packages' || kind === 'runtime')
    .map(({ id, changes }) =>
      [id, changes.map((one) => `${one.id} ${minor(one.from)} → ${minor(one.to)}`).join(', ')]
        .filter((text) => text !== '')
        .join(': '),
    );
}

const node = (odm: string, driver: string) => [aPackage('mongoose', odm), aPackage('mongodb-driver', driver)];

describe('one window a major', () => {
  it('from MongoDB 4.4 with mongoose 5, driver 3 and Node.js 14, each before the hop that needs it', () => {
    expect(windows(chain('4.4.31', '9.0', node('5.13.20', '3.7.4'), { runtime: '14.21.3' }))).toEqual([
      '5.0/mongoose-6: mongoose 5.13 → 6.13, mongodb-driver 3.7 → 4.17',
      '7.0/mongoose-7: mongoose 6.13 → 7.8, mongodb-driver 4.17 → 5.9',
      '8.0/runtime',
      '8.0/mongoose-8: mongoose 7.8 → 8.24, mongodb-driver 5.9 → 6.20',
      expect.stringMatching(/^9\.0\/mongoose-9: mongoose 8\.24 → 9\.1\d, mongodb-driver 6\.20 → 7\.[89]$/),
    ]);
  });

  it('from MongoDB 7.0 with mongoose 6: two before the same hop, the runtime only where it is needed', () => {
    expect(windows(chain('7.0.40', '8.0', node('6.13.0', '4.17.2'), { runtime: '14.21.3' }))).toEqual([
      '8.0/mongoose-7: mongoose 6.13 → 7.8, mongodb-driver 4.17 → 5.9',
      '8.0/runtime',
      '8.0/mongoose-8: mongoose 7.8 → 8.24, mongodb-driver 5.9 → 6.20',
    ]);
  });

  it('of a driver without an ODM', () => {
    expect(windows(chain('7.0.40', '8.0', [aPackage('mongodb-driver', '4.17.2')]))).toEqual([
      '8.0/mongodb-driver-5: mongodb-driver 4.17 → 5.9',
      expect.stringMatching(/^8\.0\/mongodb-driver-6: mongodb-driver 5\.9 → 6\.2\d$/),
    ]);
  });

  it('of a driver that lags behind its ODM, before the ODM takes it along', () => {
    expect(windows(chain('6.0.29', '7.0', node('6.13.0', '3.7.4')))).toEqual([
      '7.0/mongodb-driver-4: mongodb-driver 3.7 → 4.17',
      '7.0/mongoose-7: mongoose 6.13 → 7.8, mongodb-driver 4.17 → 5.9',
    ]);
  });

  it('of an ODM alone where the driver is ahead already, and of another driver that is none of its business', () => {
    const beside = [...node('6.13.0', '6.20.0'), aPackage('pymongo', '4.10.0')];
    expect(windows(chain('7.0.40', '8.0', beside))).toEqual([
      '8.0/mongoose-7: mongoose 6.13 → 7.8',
      '8.0/mongoose-8: mongoose 7.8 → 8.24',
    ]);
  });

  it('of clients and queues, each its own', () => {
    const rows = (from: string, server: readonly [string, string | null]) => ({
      from,
      released: null,
      node: null,
      server,
      documented: null,
      verified: true,
      source: 'a test',
    });
    const limited = (product: string, old: string, young: string) => ({
      ...(compatOf(TABLES, product) as NonNullable<ReturnType<typeof compatOf>>),
      rows: [rows(old, ['6.2', '7.2']), rows(young, ['6.2', null])],
    });
    const compat = [limited('ioredis', '4.0', '5.0'), limited('bullmq', '4.0', '5.0')];
    const beside = [aPackage('ioredis', '4.28.0'), aPackage('bullmq', '4.10.0')];
    expect(windows(chain('7.2.6', '8.2', beside, { engine: 'redis', tables: { ...TABLES, compat } }))).toEqual([
      expect.stringMatching(/^8\.2\/ioredis-5: ioredis 4\.28 → 5\.\d+$/),
      expect.stringMatching(/^8\.2\/bullmq-5: bullmq 4\.10 → 5\.\d+$/),
    ]);
  });

  it('and none where everything admits the new engine', () => {
    expect(windows(chain('7.0.40', '8.0', node('8.19.1', '6.20.0'), { runtime: '14.21.3' }))).toEqual([]);
  });
});

describe('changes within a major', () => {
  it('share one window, before all majors', () => {
    const found = chain('7.0.40', '8.0', [aPackage('mongoose', '8.5.0'), aPackage('mongodb-driver', '6.7.0')]);
    const [step] = found.steps;
    expect(windows(found)).toEqual(['8.0/packages: mongoose 8.5 → 8.24, mongodb-driver 6.7 → 6.20']);
    expect(step).toMatchObject({ name: 'packages', major: false, days: 1, effort: 2 });
    expect(
      windows(chain('7.0.40', '8.0', [aPackage('mongoose', '8.5.0'), aPackage('mongodb-driver', '5.9.2')])),
    ).toEqual(['8.0/packages: mongoose 8.5 → 8.24', '8.0/mongodb-driver-6: mongodb-driver 5.9 → 6.20']);
  });

  it('begin where the vendor advises to start from', () => {
    const found = chain('6.0.29', '7.0', [aPackage('mongodb-driver', '4.5.0')]);
    expect(windows(found)).toEqual([
      '7.0/packages: mongodb-driver 4.5 → 4.17',
      '7.0/mongodb-driver-5: mongodb-driver 4.17 → 5.9',
    ]);
    expect(found.steps[0]?.details).toContain('go by Node driver 4.17 or newer before 5.0, as its vendor advises');
    // What the ODM depends on holds it below: then it is said.
    const held = chain('8.0.29', '9.0', node('8.19.1', '6.20.0'));
    expect(windows(held)).toEqual([expect.stringMatching(/^9\.0\/mongoose-9: mongoose 8\.19 → /)]);
    expect(held.steps[0]?.details).toContain(
      'its vendor advises Node driver 6.21 before 7.0, but none fits what runs beside it',
    );
  });
});

describe('days and effort', () => {
  const work = (product: string, from: string) =>
    TABLES.majors.find((row) => row.product === product && row.from === from)?.work;

  it('are those of the row; of packages that move together the longest, and a person-day for each further one', () => {
    const [first] = chain('6.0.29', '7.0', node('6.13.0', '4.17.2')).steps;
    expect([work('mongoose', '7.0')?.days, work('mongodb-driver', '5.0')?.days]).toEqual([2, 3]);
    expect([work('mongoose', '7.0')?.effort, work('mongodb-driver', '5.0')?.effort]).toEqual([3, 3]);
    expect(first).toMatchObject({ name: 'mongoose-7', major: true, days: 3, effort: 4 });
  });

  it('are the default without a row', () => {
    const [first] = chain('6.0.29', '7.0', node('6.13.0', '4.17.2'), { tables: { ...TABLES, majors: [] } }).steps;
    expect(first).toMatchObject({ name: 'mongoose-7', days: 2, effort: 3 });
  });

  it('of every row follow the rule of data/README.md, and none is called checked', () => {
    for (const { product, from, changes, work: own } of TABLES.majors) {
      expect([product, from, own.days, own.verified]).toEqual([product, from, changes.length <= 5 ? 2 : 3, false]);
      expect([0, 1]).toContain(own.effort - own.days);
    }
  });
});

describe('a major without a version for the engine that runs', () => {
  /** mongoose as the tables have it, but 7 ends below MongoDB 7.0. */
  const shorter = TABLES.compat.map((one) =>
    one.product === 'mongoose'
      ? { ...one, rows: one.rows.map((row) => (row.from.startsWith('7.') ? { ...row, server: ['3.6', '6.0'] } : row)) }
      : one,
  );

  it('is passed over, said, and its work is part of the next', () => {
    const found = chain('7.0.40', '8.0', [aPackage('mongoose', '6.13.0')], { tables: { ...TABLES, compat: shorter } });
    expect(windows(found)).toEqual(['8.0/mongoose-8: mongoose 6.13 → 8.24']);
    expect(found.steps[0]).toMatchObject({ days: 4, effort: 6 });
    expect(found.steps[0]?.details).toEqual(
      expect.arrayContaining([
        'mongoose 7 is passed over: no known version of it admits mongodb 7.0',
        expect.stringContaining('mongoose 7.0 changes: driver 5'),
        expect.stringContaining('mongoose 8.0 changes: driver 6'),
      ]),
    );
  });

  it('lands on an older minor of it where that one does', () => {
    const compat = TABLES.compat.map((one) =>
      one.product === 'mongoose'
        ? {
            ...one,
            rows: one.rows.map((row) => (['7.7', '7.8'].includes(row.from) ? { ...row, server: ['8.0', '8.0'] } : row)),
          }
        : one,
    );
    const found = chain('7.0.40', '8.0', [aPackage('mongoose', '6.13.0')], { tables: { ...TABLES, compat } });
    expect(windows(found)[0]).toBe('8.0/mongoose-7: mongoose 6.13 → 7.6');
  });

  it('is not there where nobody ever published one', () => {
    const history = aHistory(bundledProduct('mongoose'), [
      ['6.13.0', '2024-06-06'],
      ['8.24.0', '2026-05-14'],
    ]);
    const packages = [{ ...aPackage('mongoose', '6.13.0'), history }];
    const found = chain('7.0.40', '8.0', packages, { tables: { ...TABLES, majors: [] } });
    expect(windows(found)).toEqual(['8.0/mongoose-8: mongoose 6.13 → 8.24']);
    expect(found.steps[0]).toMatchObject({ days: 2, effort: 2 });
    expect(found.steps[0]?.details.join('\n')).not.toContain('passed over');
  });

  it('leaves alone what came out in the last seven days', () => {
    const releases = [
      ['7.8.0', '2026-01-10'],
      ['7.8.9', '2026-11-20'],
      ['8.24.0', '2026-05-14'],
    ] as const;
    const packages = [{ ...aPackage('mongoose', '6.13.0'), history: aHistory(bundledProduct('mongoose'), releases) }];
    expect(chain('7.0.40', '8.0', packages).steps[0]?.changes[0]?.to).toBe('7.8.0');
  });
});

describe('every step of every stack', () => {
  const stacks = ['4.4.31', '5.0.34', '6.0.29', '7.0.40'].flatMap((engine) =>
    [
      ['5.13.20', '3.7.4'],
      ['6.4.0', '4.7.0'],
      ['6.13.0', '3.6.0'],
      ['7.8.0', '5.9.2'],
      ['8.0.0', '6.2.0'],
      ['8.19.1', '4.17.2'],
    ].flatMap(([odm = '', driver = '']) =>
      ['14.17.0', '16.20.2', '22.10.0'].map((runtime) => ({ engine, odm, driver, runtime })),
    ),
  );

  it.each(stacks)('$engine, mongoose $odm, driver $driver, Node.js $runtime', ({ engine, odm, driver, runtime }) => {
    const found = chain(engine, '9.0', node(odm, driver), { runtime });
    const running = new Map([
      ['mongoose', odm],
      ['mongodb-driver', driver],
    ]);
    let [line = '', platform] = [engine.split('.').slice(0, 2).join('.'), runtime];
    const names = found.steps.map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
    for (const step of found.steps) {
      if (step.kind === 'runtime') platform = step.version ?? platform;
      if (step.kind === 'binaries') line = step.to;
      for (const { product, from, to } of step.changes) {
        // It starts from what runs, goes up by one major unless it says which are passed over, and the engine that runs admits it.
        expect([product, from]).toEqual([product, running.get(product)]);
        expect(semver.gt(to, from)).toBe(true);
        const passed = step.details.filter((text) => text.includes(' is passed over')).length;
        const most = step.major ? 1 + passed : 0;
        expect(semver.major(to) - semver.major(from)).toBeLessThanOrEqual(most);
        running.set(product, to);
        const compat = compatOf(TABLES, product);
        expect([step.id, product, to, compat && admission(compat, product, to, line).fit]).toEqual([
          step.id,
          product,
          to,
          'yes',
        ]);
        expect(semver.satisfies(platform, nodeOf(TABLES, product, to) ?? '*')).toBe(true);
      }
      // No day has an ODM of one driver beside an older driver, once the ODM has moved.
      if (step.changes.some(({ product }) => product === 'mongoose') && step.major) {
        const range = driverOf(TABLES, 'mongoose', running.get('mongoose') ?? '') ?? '*';
        expect(semver.ltr(running.get('mongodb-driver') ?? '', range)).toBe(false);
      }
    }
  });
});
