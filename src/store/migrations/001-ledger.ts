import type { Migration } from './migration.ts';

/**
 * The date ledger. Rows of `claim` and `reading` are never changed or removed.
 *
 * - `claim.seq` tells apart several words of one source for one thing with the same `known_from`; the highest is the last.
 * - `claim.reading` is the reading that brought it. When it was last confirmed is not stored: it follows from the later readings of
 *   the same place, less the `absence` rows. That is why a reading with nothing new writes one row.
 * - `version.told_by` and `urgency_by` are the only sources that may change the field, so two that disagree do not rewrite it in turn.
 */
export const ledger: Migration = {
  version: 1,
  sql: `
    CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS source (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, origin TEXT, licence TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS reading (
      id INTEGER PRIMARY KEY,
      product TEXT NOT NULL,
      feed TEXT NOT NULL,
      source TEXT NOT NULL REFERENCES source (id),
      via TEXT NOT NULL CHECK (via IN ('bundle', 'sync')),
      read_on TEXT NOT NULL,
      complete INTEGER NOT NULL,
      accepted INTEGER NOT NULL,
      rejected INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS reading_of_product ON reading (product, source);

    CREATE TABLE IF NOT EXISTS rejected (
      product TEXT NOT NULL,
      source TEXT NOT NULL REFERENCES source (id),
      what TEXT NOT NULL,
      because TEXT NOT NULL,
      reading INTEGER NOT NULL REFERENCES reading (id),
      PRIMARY KEY (product, source, what, because)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS version (
      product TEXT NOT NULL,
      version TEXT NOT NULL,
      prerelease INTEGER NOT NULL,
      told_by TEXT NOT NULL REFERENCES source (id),
      urgency TEXT,
      urgency_by TEXT REFERENCES source (id),
      first_read TEXT NOT NULL,
      PRIMARY KEY (product, version)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS claim (
      product TEXT NOT NULL,
      source TEXT NOT NULL REFERENCES source (id),
      subject TEXT NOT NULL,
      kind TEXT NOT NULL,
      known_from TEXT NOT NULL,
      seq INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('dated', 'unknown', 'over', 'none')),
      day TEXT CHECK ((state = 'dated') = (day IS NOT NULL)),
      precision TEXT NOT NULL CHECK (precision IN ('day', 'month', 'quarter')),
      suspect TEXT,
      reading INTEGER NOT NULL REFERENCES reading (id),
      PRIMARY KEY (product, source, subject, kind, known_from, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS absence (
      product TEXT NOT NULL,
      source TEXT NOT NULL,
      subject TEXT NOT NULL,
      kind TEXT NOT NULL,
      gone INTEGER NOT NULL REFERENCES reading (id),
      back INTEGER REFERENCES reading (id),
      PRIMARY KEY (product, source, subject, kind, gone)
    ) STRICT, WITHOUT ROWID;
  `,
};
