import { HttpError } from '../http/failures.ts';

/** Bytes handed to the unpacker at a time. */
const PIECE = 256 * 1024;

/**
 * Unpacks xz piece by piece, strictly: check sums hold, and the end is there.
 * @param limit largest result in bytes.
 * @throws HttpError for what is damaged, cut off, too large or packed in a way neap does not know, while the pieces are taken.
 */
export async function* unxz(packed: Uint8Array, limit: number): AsyncGenerator<Uint8Array> {
  const { XzReadableStream } = exportsOf(await import('xz-decompress'));
  const reader = new XzReadableStream(source(packed)).getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw explained(error);
      });
      if (done) return;
      size += value.byteLength;
      if (size > limit) throw new HttpError('unpacks to more than neap takes', false);
      if (value.byteLength > 0) yield value;
    }
  } finally {
    // All unpackers of the program take turns: one that is left standing would stop the others for good.
    await reader.cancel().catch(() => undefined);
  }
}

type Exports = typeof import('xz-decompress');

/** Node finds no names in the package's one file; bundlers do. */
function exportsOf(loaded: Exports | { readonly default: Exports }): Exports {
  return 'XzReadableStream' in loaded ? loaded : loaded.default;
}

function source(packed: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= packed.byteLength) {
        controller.close();
        return;
      }
      controller.enqueue(packed.subarray(at, at + PIECE));
      at += PIECE;
    },
  });
}

/** By the numbers of XZ Embedded (xz.h): 6 an option it was not built with, 8 no more to read although the end is not there. */
function explained(error: unknown): unknown {
  const code = error instanceof Error ? /error code (\d+)$/.exec(error.message)?.[1] : undefined;
  if (code === undefined) return error;
  if (code === '3' || code === '4' || code === '6') {
    return new HttpError('is packed in a way of xz that neap does not know', false);
  }
  if (code === '8') return new HttpError('is cut off', true);
  return new HttpError('is damaged', true);
}
