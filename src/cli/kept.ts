import {
  type BigIntStats,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

// Answers kept between starts. An answer is given again only while everything it came from is as it was: what the question says, the
// text of its files, the database, the time. Whatever is in doubt is no answer, and nothing here ever fails: the work is then done again.

export interface Question {
  /** Folder of the kept answers. */
  readonly folder: string;
  /** Everything the answer depends on that can be said in words: the program, paths, flags, environment. */
  readonly words: readonly string[];
  /** Files whose text the answer depends on, also by their absence. */
  readonly files: readonly string[];
  /** Path of the database; `null` for a question that does not ask it. */
  readonly database: string | null;
}

/** What a question's files and database look like. While it is the same, so is the answer. */
export interface Witness {
  /** `null` when one of them is there and cannot be read. */
  readonly files: string | null;
  /** `null` when it is not there, or cannot be judged. */
  readonly database: string | null;
}

/** The moments for which an answer holds, in milliseconds since 1970, half-open. */
export interface Validity {
  readonly from: number;
  readonly until: number;
}

export interface Kept {
  /** The parts of the answer, each made text when it is asked for. */
  readonly part: (index: number) => string;
  /** What the question looked like just now, and when the answer was given. */
  readonly seen: Witness;
  readonly holds: Validity;
}

/** How many answers are kept; the oldest goes. */
const MOST = 24;
const LINE_END = 0x0a;

/** The kept answer to a question, if it holds now; otherwise `null`. */
export function recall(question: Question, now: number): Kept | null {
  try {
    const bytes = readFileSync(pathOf(question));
    const seen = witnessOf(question);
    const asked = firstLine(question, seen);
    if (asked === null || !bytes.subarray(0, asked.length).equals(asked)) return null;
    const end = bytes.indexOf(LINE_END, asked.length);
    const { from, until, parts } = JSON.parse(bytes.toString('utf8', asked.length, end)) as SecondLine;
    if (!(now >= from && now < until)) return null;
    const bodies: Buffer[] = [];
    let begin = end + 1;
    for (const { length } of parts) {
      bodies.push(bytes.subarray(begin, begin + length));
      begin += length;
    }
    if (begin !== bytes.length || bodies.some((body, index) => sumOf(body) !== parts[index]?.sum)) return null;
    return { part: (index) => bodies[index]?.toString() ?? '', seen, holds: { from, until } };
  } catch {
    return null;
  }
}

/**
 * Keeps the answer to a question, unless what it came from has changed since `seen`, or could change from now on without a trace.
 * Call it after the answer was shown: it takes some milliseconds.
 */
export function keep(question: Question, seen: Witness, { from, until }: Validity, parts: readonly string[]): void {
  const temporary = `${pathOf(question)}.${process.pid}`;
  try {
    const head = firstLine(question, seen);
    if (head === null) return;
    const bodies = parts.map((part) => Buffer.from(part));
    const second: SecondLine = {
      from,
      until,
      parts: bodies.map((body) => ({ length: body.length, sum: sumOf(body) })),
    };
    mkdirSync(question.folder, { recursive: true, mode: 0o700 });
    rmSync(temporary, { force: true });
    const all = Buffer.concat([head, Buffer.from(`${JSON.stringify(second)}\n`), ...bodies]);
    writeFileSync(temporary, all, { mode: 0o600, flag: 'wx' });
    // The clock of a file system ticks slowly. Only a file older than one just written gets a new time when it changes from here on.
    const tick = statSync(temporary, { bigint: true }).mtimeNs;
    const same = firstLine(question, witnessOf(question))?.equals(head) === true;
    if (same && (question.database === null || changedAt(question.database) < tick)) {
      renameSync(temporary, pathOf(question));
      forgetOldest(question.folder);
    } else {
      rmSync(temporary);
    }
  } catch {
    // A folder that cannot be written to is a start that is not quicker, no more.
    discard(temporary);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It will be among the oldest one day.
  }
}

export function witnessOf({ files, database }: Question): Witness {
  return {
    files: textsOf(files),
    database: database === null ? '' : databaseWitness(database),
  };
}

interface SecondLine extends Validity {
  readonly parts: readonly { readonly length: number; readonly sum: number }[];
}

/** What must be the same, byte by byte; `null` in doubt. */
function firstLine({ words }: Question, { files, database }: Witness): Buffer | null {
  return files === null || database === null ? null : Buffer.from(`${JSON.stringify(words)} ${files} ${database}\n`);
}

/** Two questions of one name only take turns: the first line tells them apart. */
function pathOf({ folder, words }: Question): string {
  return join(folder, `${sumOf(Buffer.from(JSON.stringify(words))).toString(16)}.kept`);
}

function textsOf(files: readonly string[]): string | null {
  try {
    return JSON.stringify(files.map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : null)));
  } catch {
    return null;
  }
}

/** Tells damage, not forgery (FNV-1a over words of 32 bits). Node.js has better ones, but takes a millisecond to load them. */
function sumOf(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
  let sum = bytes.length;
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ (words[i] ?? 0), 0x01000193);
  for (let i = bytes.length & ~3; i < bytes.length; i++) sum = Math.imul(sum ^ (bytes[i] ?? 0), 0x01000193);
  return sum >>> 0;
}

/** Bytes of the index of a write-ahead log that change with every commit: a counter, the last frame, and the sum of all frames. */
const INDEX_HEADER = 48;

/**
 * Different after every commit by any process; `null` when that cannot be told. Commits go to the write-ahead log, whose index tells them
 * apart (https://www.sqlite.org/walformat.html, section 2.1), and from there into the file, which tells it by its times. Moving them there
 * changes the witness without changing a fact, which costs one answer.
 */
function databaseWitness(path: string): string | null {
  try {
    const file = statSync(path, { bigint: true });
    const log = statSync(`${path}-wal`, { bigint: true, throwIfNoEntry: false });
    // A log without frames, as any reader leaves one while it reads, says nothing.
    if (log === undefined || log.size === 0n) return stamp(file);
    const index = readFileSync(`${path}-shm`).subarray(0, INDEX_HEADER);
    return index.length < INDEX_HEADER ? null : `${stamp(file)} ${stamp(log)} ${index.toString('hex')}`;
  } catch {
    return null;
  }
}

function stamp({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
}

/** Nanoseconds since 1970 of the newest change to the database. */
function changedAt(path: string): bigint {
  const times = [path, `${path}-wal`].flatMap((one) => {
    const stats = statSync(one, { bigint: true, throwIfNoEntry: false });
    return stats === undefined || stats.size === 0n ? [] : [stats.mtimeNs, stats.ctimeNs];
  });
  return times.reduce((a, b) => (a > b ? a : b), 0n);
}

function forgetOldest(folder: string): void {
  const all = readdirSync(folder).map((name) => ({
    path: join(folder, name),
    at: statSync(join(folder, name)).mtimeMs,
  }));
  for (const { path } of all.toSorted((a, b) => b.at - a.at).slice(MOST)) rmSync(path, { force: true });
}
