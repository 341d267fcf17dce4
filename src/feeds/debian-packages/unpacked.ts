import { Problem } from '../../domain/problem.ts';
import { HttpError, networkProblem } from '../http/failures.ts';
import { unpack } from '../http/unpack.ts';
import { megabytes } from '../http/visit.ts';
import { unxz } from './unxz.ts';

type Packing = 'gz' | 'xz' | 'lz4' | 'zst' | 'plain';

const MAGIC: readonly (readonly [Packing, readonly number[]])[] = [
  ['gz', [0x1f, 0x8b]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['zst', [0x28, 0xb5, 0x2f, 0xfd]],
];

/**
 * The pieces of an index as it was before it was packed. How it is packed is told by its first bytes, not by its name: servers unpack
 * `.gz` on the way, or send a page instead.
 * @param limit largest result in bytes.
 * @throws Problem, while the pieces are taken, for what is damaged, cut off, too large or packed otherwise.
 */
export async function* unpacked(packed: Uint8Array, place: string, limit: number): AsyncGenerator<Uint8Array> {
  try {
    const packing = MAGIC.find(([, magic]) => magic.every((byte, i) => packed[i] === byte))?.[0] ?? 'plain';
    if (packing === 'lz4' || packing === 'zst') throw unreadable(packing, place);
    if (packing === 'xz') yield* unxz(packed, limit);
    else {
      const whole = packing === 'gz' ? await unpack(packed, 'gzip', limit) : packed;
      if (whole.byteLength > limit) throw new HttpError(`is larger than ${megabytes(limit)}`, false);
      yield whole;
    }
  } catch (error) {
    throw (error instanceof HttpError ? networkProblem(place, error) : null) ?? error;
  }
}

/** apt keeps its lists in these when it is told to keep them packed (`Acquire::GzipIndexes`), as Debian's container images do. */
function unreadable(packing: 'lz4' | 'zst', place: string): Problem {
  return new Problem(`${place} is packed with ${packing === 'lz4' ? 'lz4' : 'zstd'}, which neap does not read`, {
    hint: 'Unpack it first: /usr/lib/apt/apt-helper cat-file FILE > Packages',
  });
}
