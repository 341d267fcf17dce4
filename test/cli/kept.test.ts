import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { keep, type Question, recall, witnessOf } from '../../src/cli/kept.ts';
import { aFolder } from '../support/cli.ts';

const HOLDS = { from: 1000, until: 2000 };
const NOW = 1500;
const PARTS = ['the answer …', 'its long part'];

/** A question about a file that is there, one that is not, and a closed database in WAL mode, last changed a while ago. */
function aQuestion(): Question {
  const dir = aFolder({ 'neap.yaml': 'stack: []\n' });
  const database = join(dir, 'neap.db');
  const db = new Database(database);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE fact (word TEXT)');
  db.exec("INSERT INTO fact VALUES ('first')");
  db.close();
  waitForTick(database);
  return {
    folder: join(dir, 'answers'),
    words: ['overview', 'build'],
    files: [join(dir, 'neap.yaml'), join(dir, 'neap.plan.yaml')],
    database,
  };
}

/** Until a file written now is newer than the database, as an answer that took some milliseconds is. */
function waitForTick(database: string): void {
  const probe = `${database}.probe`;
  const before = statSync(database, { bigint: true });
  do writeFileSync(probe, '');
  while (statSync(probe, { bigint: true }).mtimeNs <= before.mtimeNs);
  rmSync(probe);
}

function kept(question: Question): Question {
  keep(question, witnessOf(question), HOLDS, PARTS);
  expect(read(question)).toEqual(PARTS);
  return question;
}

function read(question: Question, now = NOW): readonly string[] | null {
  const found = recall(question, now);
  return found === null ? null : [found.part(0), found.part(1)];
}

function fileOf({ folder }: Question): string {
  return join(folder, readdirSync(folder)[0] ?? '');
}

function insert(path: string, word: string): Database.Database {
  const db = new Database(path);
  db.prepare('INSERT INTO fact VALUES (?)').run(word);
  return db;
}

describe('a kept answer is given while everything is as it was, and not once', () => {
  it.each<[string, (question: Question) => Partial<Question>]>([
    ['other words', () => ({ words: ['overview', 'newer build'] })],
    ['another file', ({ files: [first = ''] }) => ({ files: [first] })],
    ['another database', ({ database }) => ({ database: `${database}2` })],
    ['no database', () => ({ database: null })],
    ['another folder', ({ folder }) => ({ folder: `${folder}2` })],
  ])('the question has %s', (_, change) => {
    const question = kept(aQuestion());
    expect(read({ ...question, ...change(question) })).toBeNull();
  });

  it.each<[string, (files: { first: string; second: string; database: string }) => void]>([
    ['a file says something else', ({ first }) => writeFileSync(first, 'stack: {}\n')],
    ['a file is gone', ({ first }) => rmSync(first)],
    ['a file has come', ({ second }) => writeFileSync(second, '')],
    ['a file cannot be read', ({ second }) => mkdirSync(second)],
    ['the database is gone', ({ database }) => rmSync(database)],
    ['something was written by one who has gone', ({ database }) => insert(database, 'second').close()],
    ['something was written by one who is still there', ({ database }) => insert(database, 'second')],
    [
      'the database was replaced by a copy of the same size and time',
      ({ database }) => {
        const { atime, mtime } = statSync(database);
        copyFileSync(database, `${database}2`);
        renameSync(`${database}2`, database);
        utimesSync(database, atime, mtime);
      },
    ],
  ])('%s', (_, change) => {
    const question = kept(aQuestion());
    const [first = '', second = ''] = question.files;
    change({ first, second, database: question.database ?? '' });
    expect(read(question)).toBeNull();
  });

  it.each([
    [999, false],
    [1000, true],
    [1999, true],
    [2000, false],
  ])('at %i of 1000 until 2000: %s', (now, given) => {
    expect(read(kept(aQuestion()), now) !== null).toBe(given);
  });

  it('a reader of the database changes nothing', () => {
    const question = kept(aQuestion());
    const db = new Database(question.database ?? '');
    expect(db.prepare('SELECT word FROM fact').all()).toHaveLength(1);
    expect(read(question)).toEqual(PARTS);
    db.close();
    expect(read(question)).toEqual(PARTS);
  });
});

it('every commit of a writer that stays is seen, also where the log is written from its start again', () => {
  const question = aQuestion();
  const db = insert(question.database ?? '', 'a');
  const seen = new Set([witnessOf(question).database]);
  for (let i = 0; i < 40; i++) {
    // Passive: the log keeps its length, and the next commit begins at its start.
    if (i % 4 === 3) db.pragma('wal_checkpoint(PASSIVE)');
    db.prepare('UPDATE fact SET word = ?').run(String(i % 2));
    seen.add(witnessOf(question).database);
  }
  db.close();
  expect(seen.size).toBe(41);
});

describe('nothing is kept', () => {
  it.each<[string, (files: { file: string; database: string; folder: string }) => void]>([
    ['a file changed meanwhile', ({ file }) => appendFileSync(file, '#\n')],
    ['the database changed meanwhile', ({ database }) => insert(database, 'second').close()],
    ['the database is not there', ({ database }) => rmSync(database)],
    ['the folder cannot be made', ({ folder }) => writeFileSync(folder, '')],
  ])('where %s', (_, change) => {
    const question = aQuestion();
    const seen = witnessOf(question);
    change({ file: question.files[0] ?? '', database: question.database ?? '', folder: question.folder });
    keep(question, seen, HOLDS, PARTS);
    expect(read(question)).toBeNull();
    expect(filesIn(question.folder)).toEqual([]);
  });

  it('where the database was written in this very tick of the clock, so that another write might leave no trace', () => {
    const question = aQuestion();
    utimesSync(question.database ?? '', 9e9, 9e9);
    keep(question, witnessOf(question), HOLDS, PARTS);
    expect(filesIn(question.folder)).toEqual([]);
  });
});

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : [];
}

describe('a damaged file is no answer, and is written anew', () => {
  const flip = (path: string, at: number) => {
    const bytes = readFileSync(path);
    const index = at < 0 ? bytes.length + at : at;
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  it.each<[string, (path: string) => void]>([
    ['empty', (path) => truncateSync(path, 0)],
    ['cut off in its first line', (path) => truncateSync(path, 20)],
    ['cut off in its last part', (path) => truncateSync(path, statSync(path).size - 1)],
    ['longer than it says', (path) => appendFileSync(path, 'x')],
    ['one bit of the first line', (path) => flip(path, 12)],
    ['one bit of an answer', (path) => flip(path, -3)],
    ['of another program', (path) => writeFileSync(path, '{"version": 1}')],
  ])('%s', (_, damage) => {
    const question = kept(aQuestion());
    damage(fileOf(question));
    expect(read(question)).toBeNull();
    kept(question);
  });

  it('a number that is wrong in its second line', () => {
    const question = kept(aQuestion());
    const path = fileOf(question);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"until":2000', '"until":null'));
    expect(read(question)).toBeNull();
  });
});

it('only its owner may read it, and nothing half-written stays', () => {
  const question = kept(aQuestion());
  expect(readdirSync(question.folder)).toHaveLength(1);
  expect(statSync(fileOf(question)).mode & 0o777).toBe(0o600);
});

it('questions stand side by side, up to a number; then the oldest goes', () => {
  const first = aQuestion();
  const questions = Array.from({ length: 30 }, (_, i) => ({ ...first, words: ['overview', `team ${i}`] }));
  for (const [i, question] of questions.entries()) {
    keep(question, witnessOf(question), HOLDS, [String(i), '']);
    const newest = readdirSync(first.folder).filter((name) => statSync(join(first.folder, name)).mtimeMs > 1e12);
    for (const name of newest) utimesSync(join(first.folder, name), i + 1, i + 1);
  }
  expect(questions.map((question) => read(question)?.[0] ?? null)).toEqual(
    questions.map((_, i) => (i < 6 ? null : String(i))),
  );
});
