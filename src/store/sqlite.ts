import { connect } from './connection.ts';
import { readFacts } from './facts.ts';
import { guarded } from './failures.ts';
import { readLedger } from './ledger.ts';
import { saveReading } from './save.ts';
import type { Store } from './store.ts';
import { openTables } from './tables/index.ts';
import { toStoredReading } from './tables/reading.ts';

/** Carries a result out of a transaction that is to be rolled back. */
class Rehearsed<T> extends Error {
  readonly result: T;

  constructor(result: T) {
    super('rehearsed');
    this.result = result;
  }
}

function preview<T>(work: () => T, within: (rehearsal: () => never) => never): T {
  try {
    return within(() => {
      throw new Rehearsed(work());
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.result as T;
    throw error;
  }
}

/**
 * Opens the database file, making it and its folder when there is none; `:memory:` lives and dies with the process.
 * @param options.waitMs how long to wait for another writer, in milliseconds; 5000 unless given.
 * @throws Problem naming the path: cannot be opened or written, no neap database, written by a newer neap.
 */
export function openStore(path: string, options: { waitMs?: number } = {}): Store {
  const db = connect(path, options.waitMs ?? 5000);
  const tables = guarded(path, () => openTables(db));
  const within = <T>(work: () => T): T => {
    if (db.inTransaction) return work();
    // IMMEDIATE takes the lock before the first read, so two writers never both build on the same rows.
    return guarded(path, () => db.transaction(work).immediate());
  };
  return {
    path,
    ledger: (product, asOf) => guarded(path, () => db.transaction(() => readLedger(tables, product, asOf)).deferred()),
    save: (reading) => within(() => saveReading(tables, reading)),
    preview: (reading) => preview(() => within(() => saveReading(tables, reading)), within),
    transaction: within,
    sources: () => guarded(path, () => new Map(tables.source.all().map((source) => [source.id, source]))),
    readings: (product) => guarded(path, () => tables.reading.of(product).map(toStoredReading)),
    facts: (product, asOf) => guarded(path, () => readFacts(tables, product, asOf)),
    vanished: (product) => guarded(path, () => tables.absence.versions(product)),
    failures: (product) => guarded(path, () => tables.failure.of(product)),
    noteFailure: (failure) => within(() => tables.failure.note(failure)),
    rejected: (product) => guarded(path, () => tables.rejected.of(product)),
    hasBundle: (id) => guarded(path, () => tables.meta.has(`bundle ${id}`)),
    markBundle: (id) => within(() => tables.meta.set(`bundle ${id}`, 'taken in')),
    close: () => {
      db.close();
    },
  };
}
