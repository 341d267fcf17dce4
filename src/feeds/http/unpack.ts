import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { HttpError } from './failures.ts';

type Unpack = (packed: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const UNPACKERS: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip) as Unpack,
  'x-gzip': promisify(gunzip) as Unpack,
  deflate: promisify(inflate) as Unpack,
  br: promisify(brotliDecompress) as Unpack,
};

/**
 * Unpacks a compressed body strictly: one that is cut off is refused, which `fetch` would take for the whole.
 * @param encoding as in `Content-Encoding`; `identity` hands back the bytes.
 * @param limit largest result in bytes.
 * @throws HttpError for a body that is damaged, cut off, too large or packed in a way neap does not know.
 */
export async function unpack(packed: Uint8Array, encoding: string, limit: number): Promise<Uint8Array> {
  if (encoding === 'identity') return packed;
  const unpacker = UNPACKERS[encoding.trim().toLowerCase()];
  if (unpacker === undefined) throw new HttpError('sends a body packed in a way neap does not know', false);
  try {
    return await unpacker(packed, { maxOutputLength: limit });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new HttpError('unpacks to more than neap takes', false);
    if (code === 'Z_BUF_ERROR') throw new HttpError('sends a compressed body that is cut off', true);
    throw new HttpError('sends a compressed body that is damaged', true);
  }
}
