import type { Database } from 'better-sqlite3';
import { type AbsenceTable, absenceTable } from './absence.ts';
import { type ClaimTable, claimTable } from './claim.ts';
import { type FactTable, factTable } from './fact.ts';
import { type FailureTable, failureTable } from './failure.ts';
import { type MetaTable, metaTable } from './meta.ts';
import { type ReadingTable, readingTable } from './reading.ts';
import { type RejectedTable, rejectedTable } from './rejected.ts';
import { type SourceTable, sourceTable } from './source.ts';
import { type VersionTable, versionTable } from './version.ts';

export interface Tables {
  readonly meta: MetaTable;
  readonly source: SourceTable;
  readonly reading: ReadingTable;
  readonly rejected: RejectedTable;
  readonly version: VersionTable;
  readonly claim: ClaimTable;
  readonly absence: AbsenceTable;
  readonly fact: FactTable;
  readonly failure: FailureTable;
}

/** All tables of an open database; prepares their statements. */
export function openTables(db: Database): Tables {
  return {
    meta: metaTable(db),
    source: sourceTable(db),
    reading: readingTable(db),
    rejected: rejectedTable(db),
    version: versionTable(db),
    claim: claimTable(db),
    absence: absenceTable(db),
    fact: factTable(db),
    failure: failureTable(db),
  };
}
