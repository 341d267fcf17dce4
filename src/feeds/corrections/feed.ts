import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cleanText } from '../../domain/clean-text.ts';
import { parseJson } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../feed.ts';
import { readCorrections } from './payload.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** Dates a team declares to be right, against what all other places say. See README.md. */
export const correctionsFeed: Feed = {
  type: 'corrections',
  network: false,
  async read({ product, ref, baseDir, today, signal }) {
    if (ref.path === undefined) {
      throw new Problem(`a corrections feed of ${product.id} has no \`path\``, {
        hint: 'Write {type: corrections, path: corrections.json}.',
      });
    }
    const path = resolve(baseDir, ref.path);
    const text = await readText(path, signal);
    const name = cleanText(ref.path);
    const source = { id: `corrections:${name}`, name: `corrections in ${name}`, origin: null, licence: null };
    return readCorrections(parseJson(text, path), { product, path, today, source });
  },
};

async function readText(path: string, signal: AbortSignal): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new Problem(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MB`, { where: path });
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
