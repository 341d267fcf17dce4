import { resolve } from 'node:path';
import { cleanText } from '../../domain/clean-text.ts';
import { parseJson } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../feed.ts';
import { readLocalFile } from '../local-file.ts';
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
    const text = await readLocalFile(path, MAX_BYTES, signal);
    const name = cleanText(ref.path);
    const source = { id: `corrections:${name}`, name: `corrections in ${name}`, origin: null, licence: null };
    return readCorrections(parseJson(text, path), { product, path, today, source });
  },
};
