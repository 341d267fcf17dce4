import Database from 'better-sqlite3';
import { Problem } from '../domain/problem.ts';

/**
 * Runs `work` and turns what SQLite says about the file into words for its owner.
 * @throws Problem for a file that is locked, full, damaged, read-only or no database; other errors unchanged (they are defects).
 */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explained(path, error);
  }
}

function explained(path: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const known = WORDS.find(([code]) => error.code.startsWith(code));
  if (known === undefined) return error;
  const [, what, hint] = known;
  return new Problem(`${path} ${what}`, { hint, where: path });
}

const ELSEWHERE = 'Name another place with --db or NEAP_HOME.';

/** By the beginning of SQLite's own error code. */
const WORDS: readonly (readonly [code: string, what: string, hint: string])[] = [
  ['SQLITE_BUSY', 'is being written by another neap', 'Wait until it has finished, then try again.'],
  ['SQLITE_LOCKED', 'is being written by another neap', 'Wait until it has finished, then try again.'],
  ['SQLITE_NOTADB', 'is not a neap database', `Move the file away, or: ${ELSEWHERE}`],
  [
    'SQLITE_CORRUPT',
    'is damaged',
    'Move the file away: bundled facts come back by themselves, then run `neap sync`. Only the history of changed dates is lost.',
  ],
  ['SQLITE_READONLY', 'cannot be written', `Make it and its folder writable, or: ${ELSEWHERE}`],
  ['SQLITE_CANTOPEN', 'cannot be opened', `Check that its folder is writable, or: ${ELSEWHERE}`],
  ['SQLITE_PERM', 'cannot be opened', `Check its permissions, or: ${ELSEWHERE}`],
  ['SQLITE_FULL', 'cannot grow: the disk is full', `Make room, or: ${ELSEWHERE}`],
  ['SQLITE_IOERR', 'cannot be read or written: the disk reports an error', `Check the disk, or: ${ELSEWHERE}`],
];
