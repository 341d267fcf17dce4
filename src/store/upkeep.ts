import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Problem } from '../domain/problem.ts';
import { connect } from './connection.ts';
import { guarded } from './failures.ts';
import { migrations } from './migrations/index.ts';

/** What SQLite says of a database file, and how much is in it. */
export interface Checked {
  /** Empty when the file is whole. */
  readonly damages: readonly string[];
  readonly schema: number;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** Tables in an order in which rows can be put back: what is referred to comes first. */
const TABLES = ['meta', 'source', 'reading', 'rejected', 'version', 'claim', 'absence', 'fact', 'failure'] as const;

/** Examines a database without changing it. @throws Problem when there is none or it cannot be opened. */
export function checkDatabase(path: string): Checked {
  return opened(path, (db) => {
    const integrity = db.pragma('integrity_check') as readonly { integrity_check: string }[];
    const broken = db.pragma('foreign_key_check') as readonly { table: string; parent: string }[];
    const damages = [
      ...integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...broken.map(({ table, parent }) => `a row of ${table} refers to a row of ${parent} that is not there`),
    ];
    const rows = TABLES.map((table) => [table, Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())]);
    const pages = Number(db.pragma('page_count', { simple: true }));
    const bytes = pages * Number(db.pragma('page_size', { simple: true }));
    const schema = Number(db.pragma('user_version', { simple: true }));
    return { damages, schema, rows: Object.fromEntries(rows) as Record<string, number>, bytes };
  });
}

/** Copies a database into a new file while others may use it. @throws Problem when `to` exists or cannot be written. */
export async function backupDatabase(path: string, to: string): Promise<void> {
  if (existsSync(to)) throw new Problem(`${to} exists already`, { hint: 'Name a new file.', where: to });
  const db = guarded(path, () => existing(path));
  try {
    await db.backup(to);
  } catch (error) {
    throw guarded(to, () => {
      throw error;
    });
  } finally {
    db.close();
  }
}

/** Gives back room that deleted rows took, and lets SQLite plan its queries anew. @returns bytes before and after. */
export function vacuumDatabase(path: string): { readonly before: number; readonly after: number } {
  return opened(path, (db) => {
    const size = () =>
      Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
    const before = size();
    db.exec('VACUUM');
    db.pragma('optimize');
    db.pragma('wal_checkpoint(TRUNCATE)');
    return { before, after: size() };
  });
}

/**
 * The whole database as lines of JSON: one for what it is, then one per row, in the same order each time. Readable without SQLite, and
 * by later versions of neap.
 */
export function* exportLines(path: string): Generator<string> {
  const db = guarded(path, () => existing(path));
  try {
    const schema = Number(db.pragma('user_version', { simple: true }));
    yield JSON.stringify({ neap: 'ledger', schema, tables: TABLES });
    for (const table of TABLES) {
      for (const row of db
        .prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY ${orderOf(db, table)}`)
        .iterate()) {
        yield JSON.stringify({ table, row });
      }
    }
  } finally {
    db.close();
  }
}

/**
 * Puts exported lines into a database that holds nothing of its own yet: all of them or none. What neap shipped with is replaced.
 * @param isClean whether a text may be stored; an export can be written by anybody.
 * @returns rows taken.
 * @throws Problem naming the line for anything that is not what `exportLines` writes, and for a database that was synced already.
 */
export function importLines(
  path: string,
  lines: Iterable<string>,
  from: string,
  isClean: (text: string) => boolean,
): number {
  const db = connect(path, 5000);
  try {
    return guarded(path, () => db.transaction(() => put(db, path, lines, from, isClean)).immediate());
  } finally {
    db.close();
  }
}

function put(
  db: Database.Database,
  path: string,
  lines: Iterable<string>,
  from: string,
  isClean: (text: string) => boolean,
): number {
  if (db.prepare("SELECT 1 FROM reading WHERE via = 'sync'").get() !== undefined) {
    throw new Problem(`${path} holds readings of its own; an import would mix two histories`, {
      hint: 'Import into a new database with --db, and use that from then on.',
      where: path,
    });
  }
  for (const table of TABLES.toReversed()) db.exec(`DELETE FROM ${table}`);
  const inserts = new Map(TABLES.map((table) => [table as string, insertInto(db, table)]));
  let number = 0;
  for (const line of lines) {
    number += 1;
    const fail = (what: string) =>
      new Problem(`${from}:${number}: ${what}`, { hint: 'It must be what `neap db export` writes.', where: from });
    const entry = parsed(line);
    if (entry === null) throw fail('the line is no JSON object');
    if (number === 1) {
      if (entry.neap !== 'ledger') throw fail('this is no export of a neap database');
      if (typeof entry.schema !== 'number' || entry.schema > migrations.length) {
        throw fail('it was written by a newer neap');
      }
      continue;
    }
    const insert = inserts.get(String(entry.table));
    const row = entry.row;
    if (insert === undefined || typeof row !== 'object' || row === null) throw fail('there is no such table');
    const texts = Object.values(row).filter((value) => typeof value === 'string');
    if (!texts.every(isClean)) throw fail('a text holds control characters');
    try {
      insert(row as Record<string, unknown>);
    } catch (error) {
      if (!(error instanceof Database.SqliteError || error instanceof RangeError)) throw error;
      throw fail('the row does not fit the table');
    }
  }
  if (number === 0) throw new Problem(`${from} is empty`, { where: from });
  return number - 1;
}

function insertInto(db: Database.Database, table: string): (row: Record<string, unknown>) => void {
  const columns = columnsOf(db, table);
  const statement = db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  return (row) => {
    if (Object.keys(row).some((name) => !columns.includes(name))) throw new RangeError('an unknown column');
    statement.run({ ...Object.fromEntries(columns.map((name) => [name, null])), ...row });
  };
}

function columnsOf(db: Database.Database, table: string): readonly string[] {
  return db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

/** The columns of the primary key, by which rows are in the same order each time. */
function orderOf(db: Database.Database, table: string): string {
  return db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .pluck()
    .all(table)
    .join(', ');
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function opened<T>(path: string, work: (db: Database.Database) => T): T {
  return guarded(path, () => {
    const db = existing(path);
    try {
      return work(db);
    } finally {
      db.close();
    }
  });
}

/** Upkeep is for what is there: a missing file is not made. */
function existing(path: string): Database.Database {
  if (!existsSync(path)) {
    throw new Problem(`there is no database at ${path}`, {
      hint: 'Run `neap sync` first, or name one with --db.',
      where: path,
    });
  }
  return connect(path, 5000);
}
