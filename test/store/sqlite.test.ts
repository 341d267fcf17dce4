import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ingestBundle } from '../../src/app/ingest-bundle.ts';
import { day } from '../../src/domain/day.ts';
import { Problem } from '../../src/domain/problem.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { openStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { claim, reading, release, saving } from './readings.ts';

let folder: string;
let path: string;
let opened: Store[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neap-store-'));
  path = join(folder, 'data', 'neap.db');
  opened = [];
});
afterEach(() => {
  for (const store of opened) store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(where = path, waitMs = 0): Store {
  const store = openStore(where, { waitMs });
  opened.push(store);
  return store;
}

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Number of rows by table, asked past the store. */
function rowCounts(): Record<string, number> {
  const db = new Database(path, { readonly: true });
  const names = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  const counts = names.map((name) => [name, Number(db.prepare(`SELECT count(*) FROM ${name}`).pluck().get())] as const);
  db.close();
  return Object.fromEntries(counts);
}

describe('the file', () => {
  test('is made with its folder, in WAL, at the newest schema', () => {
    open();
    const db = new Database(path, { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  test('has migrations numbered from 1, each of which can run twice', () => {
    const db = new Database(':memory:');
    for (const [i, migration] of migrations.entries()) {
      expect(migration.version).toBe(i + 1);
      db.exec(migration.sql);
      db.exec(migration.sql);
    }
    db.close();
  });

  test('that remembered plans forgets them and keeps the rest', () => {
    mkdirSync(join(folder, 'data'));
    const old = new Database(path);
    for (const { sql, columns = [] } of migrations.slice(0, 3)) {
      for (const { table, name, type } of columns) old.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
      old.exec(sql);
    }
    old.exec("INSERT INTO plan VALUES ('/team/neap.yaml', 1, '2026-11-23', '{}')");
    old.exec("INSERT INTO meta VALUES ('bundle redis:1', 'taken in')");
    old.pragma(`application_id = ${0x6e656170}`);
    old.pragma('user_version = 3');
    old.close();
    expect(open().hasBundle('redis:1')).toBe(true);
    const db = new Database(path, { readonly: true });
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'plan'").all()).toEqual([]);
    db.close();
  });

  test('of a newer neap is refused and left as it is', () => {
    open().close();
    const db = new Database(path);
    db.pragma('user_version = 7');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(path);
    const problem = problemOf(() => open());
    expect(problem.message).toContain(
      `${path} was written by a newer neap (schema 7, this one knows ${migrations.length})`,
    );
    expect(problem.exitCode).toBe(2);
    expect(problem.hint).not.toBeNull();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('of another program is refused and left as it is', () => {
    mkdirSync(join(folder, 'data'));
    const db = new Database(path);
    db.exec('CREATE TABLE photos (id)');
    db.close();
    const before = readFileSync(path);
    expect(problemOf(() => open()).message).toBe(`${path} is the database of another program`);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('that is no database is refused', () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(path, 'Dear diary, today I learned about SQLite and its many file formats.\n'.repeat(20));
    expect(problemOf(() => open()).message).toBe(`${path} is not a neap database`);
  });

  test('that is a folder, or below a file, is refused', () => {
    expect(problemOf(() => open(folder)).message).toBe(`${folder} is a folder, not a database`);
    writeFileSync(join(folder, 'file'), '');
    const below = join(folder, 'file', 'neap.db');
    expect(problemOf(() => open(below)).message).toContain(`${below} cannot be created`);
  });

  test('that another neap is writing can be read, and says so on a write', () => {
    const first = open();
    const second = open();
    first.transaction(() => {
      first.save(saving('2026-11-22', reading([release('8.0.0', '2024-10-02')])));
      const problem = problemOf(() => second.save(saving('2026-11-22', reading([]))));
      expect(problem.message).toBe(`${path} is being written by another neap`);
      expect(problem.where).toBe(path);
      expect(second.ledger('mongodb', null).claims).toEqual([]);
    });
    expect(second.ledger('mongodb', null).claims).toHaveLength(1);
  });
});

describe('a reading', () => {
  test('is counted: added, changed, unchanged, rejected, new claims', () => {
    const store = open();
    const one = reading([release('8.0.0', '2024-10-02'), release('8.0.1', '2024-10-09')], {
      lineClaims: [claim('8.0', '2029-10-31', { of: 'eol' })],
    });
    expect(store.save(saving('2026-11-20', one))).toMatchObject({
      added: 2,
      changed: 0,
      unchanged: 0,
      rejected: 0,
      newClaims: 3,
    });
    const two = reading([release('8.0.0', '2024-10-03'), release('8.0.1', '2024-10-09'), release('8.2.0', null)], {
      rejected: [{ what: 'nightly', because: 'not a version' }],
    });
    expect(store.save(saving('2026-11-22', two))).toMatchObject({
      added: 1,
      changed: 1,
      unchanged: 1,
      rejected: 1,
      newClaims: 2,
    });
    expect(store.rejected('mongodb')).toEqual([
      { source: 'notes', what: 'nightly', because: 'not a version', since: '2026-11-22' },
    ]);
    expect(store.readings('mongodb').map(({ readOn, accepted }) => [readOn, accepted])).toEqual([
      ['2026-11-20', 2],
      ['2026-11-22', 3],
    ]);
    expect(store.sources().get('notes')?.name).toBe('Release notes');
  });

  test('that tells nothing new writes its own row and no other', () => {
    const store = open();
    const same = reading([release('8.0.0', '2024-10-02', { urgency: 'HIGH' }), release('8.2.0', null)], {
      lineClaims: [
        claim('8.0', '2029-10-31', { of: 'eol', knownFrom: day('2024-11-01') }),
        claim('8.0', '2030-10-31', { of: 'eol', knownFrom: day('2025-11-01') }),
      ],
      rejected: [{ what: 'x', because: 'not a version' }],
    });
    store.save(saving('2026-11-20', same));
    const before = rowCounts();
    store.save(saving('2026-11-22', same));
    expect(rowCounts()).toEqual({ ...before, reading: (before.reading ?? 0) + 1 });
    expect(store.ledger('mongodb', null).claims.find((c) => c.of === 'notes')?.confirmed).toBe('2026-11-22');
  });

  test('with another date is a new claim known from that day; the old word stays', () => {
    const store = open();
    store.save(saving('2026-11-10', reading([release('8.0.0', '2024-10-02')])));
    store.save(saving('2026-11-15', reading([release('8.0.0', '2024-10-02')])));
    store.save(saving('2026-11-20', reading([release('8.0.0', '2024-10-31')])));
    const words = store.ledger('mongodb', null).claims.map((c) => [c.day, c.knownFrom, c.confirmed]);
    expect(words).toEqual([
      ['2024-10-02', '2024-10-02', '2026-11-15'],
      ['2024-10-31', '2026-11-20', '2026-11-20'],
    ]);
    expect(store.ledger('mongodb', day('2026-11-19')).claims.map((c) => c.day)).toEqual(['2024-10-02']);
  });

  test('and back again on the same day: the last word holds', () => {
    const store = open();
    for (const on of ['2024-10-02', '2024-10-31', '2024-10-02', '2024-10-05']) {
      store.save(saving('2024-12-01', reading([release('8.0.0', on)])));
    }
    expect(store.ledger('mongodb', null).claims.map((c) => c.day)).toEqual(['2024-10-02', '2024-10-05']);
    expect(rowCounts().claim).toBe(4);
  });

  test('of an older day after a newer one adds what is new and rewrites nothing', () => {
    const store = open();
    store.save(saving('2026-11-20', reading([release('8.0.0', '2024-10-31')])));
    const older = reading([release('8.0.0', '2024-10-02'), release('7.0.0', '2023-08-15')]);
    expect(store.save(saving('2026-08-22', older, { via: 'bundle' })).newClaims).toBe(1);
    expect(store.ledger('mongodb', null).claims.map((c) => c.day)).toEqual(['2023-08-15', '2024-10-31']);
  });

  test('without something it had: no longer confirmed, and confirmed again when it is back', () => {
    const store = open();
    const both = reading([release('8.0.0', '2024-10-02'), release('8.0.1', '2024-10-09')]);
    const one = reading([release('8.0.0', '2024-10-02')]);
    const confirmed = () =>
      Object.fromEntries(store.ledger('mongodb', null).claims.map((c) => [c.subject, c.confirmed] as const));
    store.save(saving('2026-11-01', both));
    store.save(saving('2026-11-02', one));
    store.save(saving('2026-11-03', one));
    expect(confirmed()).toEqual({ '8.0.0': '2026-11-03', '8.0.1': '2026-11-01' });
    expect(rowCounts().absence).toBe(1);
    store.save(saving('2026-11-04', both));
    expect(confirmed()).toEqual({ '8.0.0': '2026-11-04', '8.0.1': '2026-11-04' });
  });

  test('that fails half-way leaves nothing', () => {
    const store = open();
    const bad = reading([
      release('8.0.0', '2024-10-02'),
      release('8.0.1', null, { claims: [claim('8.0.1', null, { state: 'dated' })] }),
    ]);
    expect(() => store.save(saving('2026-11-01', bad))).toThrow();
    expect(rowCounts()).toMatchObject({ reading: 0, version: 0, claim: 0, source: 0 });
  });

  test('lets only the source that named the urgency change it', () => {
    const store = open();
    const other = { id: 'other', name: 'Other', origin: null, licence: null };
    store.save(saving('2026-11-01', reading([release('7.2.6', null, { urgency: 'HIGH' })])));
    store.save(saving('2026-11-02', reading([release('7.2.6', null, { urgency: 'LOW' })], { source: other })));
    expect(store.ledger('mongodb', null).versions[0]?.urgency).toBe('HIGH');
    store.save(saving('2026-11-03', reading([release('7.2.6', null, { urgency: 'SECURITY' })])));
    expect(store.ledger('mongodb', null).versions[0]?.urgency).toBe('SECURITY');
  });
});

describe('knownFrom', () => {
  const knownFrom = (on: string | null, more: Parameters<typeof claim>[2] = {}) => {
    const store = open();
    const read = reading([release('8.0.0', null, { claims: [claim('8.0.0', on, more)] })]);
    store.save(saving('2026-11-22', read));
    return store.ledger('mongodb', null).claims[0]?.knownFrom;
  };
  test("is the source's own history where it has one", () => {
    expect(knownFrom('2024-10-02', { knownFrom: day('2024-11-01') })).toBe('2024-11-01');
  });
  test('else the claimed day when it is past', () => expect(knownFrom('2024-10-02')).toBe('2024-10-02'));
  test('of a month is its last day', () => expect(knownFrom('2024-09-01', { precision: 'month' })).toBe('2024-09-30'));
  test('of a quarter is its last day', () =>
    expect(knownFrom('2024-10-01', { precision: 'quarter' })).toBe('2024-12-31'));
  test('else the day of the reading, for a day to come', () => expect(knownFrom('2027-01-01')).toBe('2026-11-22'));
  test('and for an unknown one', () => expect(knownFrom(null)).toBe('2026-11-22'));
});

describe('asOf', () => {
  test('shows what could be heard that day', () => {
    const store = open();
    const read = reading([release('7.0.0', '2023-08-15'), release('8.0.0', '2024-10-02'), release('9.0.0', null)], {
      lineClaims: [
        claim('7.0', '2026-08-31', { of: 'eol', knownFrom: day('2023-08-20') }),
        claim('7.0', '2027-08-31', { of: 'eol', knownFrom: day('2025-03-01') }),
      ],
    });
    store.save(saving('2026-08-22', read, { via: 'bundle' }));
    const then = store.ledger('mongodb', day('2024-10-01'));
    expect(then.versions.map((v) => v.version)).toEqual(['7.0.0']);
    expect(then.claims.map((c) => [c.subject, c.day, c.confirmed])).toEqual([
      ['7.0', '2026-08-31', '2024-10-01'],
      ['7.0.0', '2023-08-15', '2024-10-01'],
    ]);
    expect(then.observedThrough).toBe('2024-10-01');
    const now = store.ledger('mongodb', day('2026-11-22'));
    expect(now.versions).toHaveLength(3);
    expect(now.observedThrough).toBe('2026-08-22');
    expect(now.claims.filter((c) => c.of === 'eol').map((c) => c.confirmed)).toEqual(['2025-02-28', '2026-08-22']);
  });

  test('has nothing observed without a complete reading that lists versions', () => {
    const store = open();
    store.save(saving('2026-11-20', reading([release('8.0.0', '2024-10-02')], { complete: false })));
    store.save(
      saving('2026-11-21', reading([], { lineClaims: [claim('8.0', '2029-10-31', { of: 'eol' })] }), { feed: 'eol' }),
    );
    expect(store.ledger('mongodb', null).observedThrough).toBeNull();
    expect(store.ledger('redis', null)).toEqual({ product: 'redis', versions: [], claims: [], observedThrough: null });
  });
});

describe('bundles', () => {
  const bundle = (on: string, readOn: string) => [
    { product: 'mongodb', feed: 'notes', readOn: day(readOn), reading: reading([release('8.0.0', on)]) },
  ];

  test('are taken in once, by id', () => {
    const store = open();
    expect(store.hasBundle('2026-08')).toBe(false);
    ingestBundle(store, bundle('2024-10-02', '2026-08-22'), '2026-08');
    expect(store.hasBundle('2026-08')).toBe(true);
    expect(store.hasBundle('2026-11')).toBe(false);
    expect(store.readings('mongodb')[0]?.via).toBe('bundle');
  });

  test('newer ones keep the history', () => {
    const store = open();
    ingestBundle(store, bundle('2024-10-02', '2026-08-22'), '2026-08');
    ingestBundle(store, bundle('2024-10-31', '2026-11-22'), '2026-11');
    expect(store.ledger('mongodb', null).claims.map((c) => [c.day, c.knownFrom])).toEqual([
      ['2024-10-02', '2024-10-02'],
      ['2024-10-31', '2026-11-22'],
    ]);
  });

  test('are taken in whole or not at all', () => {
    const store = open();
    const broken = {
      ...reading([]),
      accepted: [release('8.0.1', null, { claims: [claim('8.0.1', null, { state: 'dated' })] })],
    };
    const readings = [
      ...bundle('2024-10-02', '2026-08-22'),
      { product: 'redis', feed: 'notes', readOn: day('2026-08-22'), reading: broken },
    ];
    expect(() => ingestBundle(store, readings, '2026-08')).toThrow();
    expect(store.hasBundle('2026-08')).toBe(false);
    expect(rowCounts()).toMatchObject({ reading: 0, claim: 0 });
  });
});
