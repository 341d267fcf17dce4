import { readFile, stat } from 'node:fs/promises';
import { Problem } from '../domain/problem.ts';

/** The text of a file that a feed names. @throws Problem when it cannot be read, or is larger than `most` bytes. */
export async function readLocalFile(path: string, most: number, signal: AbortSignal): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > most) throw new Problem(`${path} is larger than ${most / 1024 / 1024} MB`, { where: path });
    return await readFile(path, { encoding: 'utf8', signal });
  } catch (error) {
    if (error instanceof Problem || signal.aborted) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = REASONS[code] ?? `cannot be read${code === '' ? '' : ` (${code})`}`;
    throw new Problem(`${path} ${why}`, {
      hint: 'The path starts at the folder of the file that names it.',
      where: path,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
};
