import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Problem } from '../domain/problem.ts';
import { guarded } from './failures.ts';
import { migrations } from './migrations/index.ts';

/** "neap" in ASCII: tells our databases from those of other programs. */
const APPLICATION_ID = 0x6e656170;

/**
 * Opens or creates the database file and brings its schema up to date.
 * @param waitMs how long to wait for another writer, in milliseconds.
 * @throws Problem naming the path: not to be opened, no database, another program's, or written by a newer neap (left unharmed).
 */
export function connect(path: string, waitMs: number): Database.Database {
  makeFolder(path);
  return guarded(path, () => {
    const db = new Database(path, { timeout: waitMs });
    try {
      // Before anything that writes, so that a file we do not understand stays as it is.
      refuseForeign(db, path);
      // FULL would wait for the disk on every commit. With WAL, NORMAL can lose the last sync in a power cut, never the file.
      db.pragma('synchronous = NORMAL');
      db.pragma('foreign_keys = ON');
      migrate(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function makeFolder(path: string): void {
  if (path === ':memory:') return;
  const folder = dirname(path);
  const hint = 'Name another place with --db or NEAP_HOME.';
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Problem(`${path} cannot be created: no folder can be made at ${folder}${code}`, { hint, where: path });
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new Problem(`${path} is a folder, not a database`, { hint, where: path });
  }
}

function refuseForeign(db: Database.Database, path: string): void {
  const ours = db.pragma('application_id', { simple: true }) === APPLICATION_ID;
  if (!ours && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined) {
    throw new Problem(`${path} is the database of another program`, {
      hint: 'Name another place with --db or NEAP_HOME.',
      where: path,
    });
  }
  const written = schemaOf(db);
  if (written > migrations.length) {
    throw new Problem(
      `${path} was written by a newer neap (schema ${written}, this one knows ${migrations.length}); nothing in it was changed`,
      { hint: 'Update neap, or name another place with --db or NEAP_HOME.', where: path },
    );
  }
}

function migrate(db: Database.Database): void {
  if (schemaOf(db) === migrations.length) return;
  db.pragma('journal_mode = WAL');
  for (const migration of migrations) {
    db.transaction(() => {
      // Asked again under the lock: another neap may have done it since.
      if (schemaOf(db) >= migration.version) return;
      for (const { table, name, type } of migration.columns ?? []) {
        const there = db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, name);
        if (there === undefined) db.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
      }
      db.exec(migration.sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}

function schemaOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
