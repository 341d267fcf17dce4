import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '../../domain/problem.ts';
import { megabytes } from '../http/visit.ts';

/** The bytes of a local index. @throws Problem naming the file. */
export async function readIndexFile(
  written: string,
  baseDir: string,
  limit: number,
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array; path: string }> {
  const path = resolve(baseDir, written);
  try {
    const { size } = await stat(path);
    if (size > limit) throw new Problem(`${path} is larger than ${megabytes(limit)}`, { where: path });
    return { bytes: await readFile(path, { signal }), path };
  } catch (error) {
    if (error instanceof Problem || signal.aborted) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Problem(`${path} ${REASONS[code] ?? `cannot be read${code === '' ? '' : ` (${code})`}`}`, {
      hint: 'The path starts at the folder of the file that names it; `apt-get update` writes the lists in /var/lib/apt/lists.',
      where: path,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
};
