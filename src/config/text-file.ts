import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Problem } from '../domain/problem.ts';

/** @throws Problem when the file is not there or may not be read. */
export function readText(path: string, hint?: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Problem(`Cannot read the file: ${said(error)}`, { where: path, ...(hint === undefined ? {} : { hint }) });
  }
}

/**
 * Replaces the file in one step: a reader sees the old text or the new one, never a part.
 * @throws Problem when it no longer holds `before` (`null`: when there is one now) or cannot be written; it is then untouched.
 */
export async function replaceIfUnchanged(path: string, before: string | null, next: string): Promise<void> {
  const now = existsSync(path) ? readText(path) : null;
  if (now !== before) {
    throw new Problem('The file was changed by somebody else meanwhile; nothing was written', {
      where: path,
      hint: 'Try again.',
    });
  }
  try {
    // Synchronous on purpose: nothing else in this program may come between the comparison and the writing.
    writeFileAtomic.sync(path, next);
  } catch (error) {
    throw new Problem(`Cannot write the file: ${said(error)}`, { where: path });
  }
}

/** Writes a file that was not there, with `-2`, `-3` … before its ending where it was. Returns its path. @throws Problem when it cannot be written. */
export function writeNew(path: string, text: string): string {
  const { dir, name, ext } = parse(path);
  for (let count = 1; ; count++) {
    const free = count === 1 ? path : join(dir, `${name}-${count}${ext}`);
    try {
      writeFileSync(free, text, { flag: 'wx' });
      return free;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new Problem(`Cannot write the file: ${said(error)}`, { where: free });
    }
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
