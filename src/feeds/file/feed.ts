import { resolve } from 'node:path';
import { cleanText } from '../../domain/clean-text.ts';
import { parseJson } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import type { Feed } from '../feed.ts';
import { readLocalFile } from '../local-file.ts';
import { readPayload } from './payload.ts';

const MAX_BYTES = 256 * 1024 * 1024;

/** Releases written down in a JSON file. See README.md. */
export const fileFeed: Feed = {
  type: 'file',
  network: false,
  async read({ product, ref, baseDir, today, signal }) {
    if (ref.path === undefined) {
      throw new Problem(`a file feed of ${product.id} has no \`path\``, {
        hint: 'Write {type: file, path: releases.json}.',
      });
    }
    const path = resolve(baseDir, ref.path);
    const text = await readLocalFile(path, MAX_BYTES, signal);
    const name = cleanText(ref.path);
    const source = { id: `file:${name}`, name, origin: null, licence: null };
    return readPayload(parseJson(text, path), { path, product, source, today });
  },
};
