import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** A body of an earlier visit with what the server needs to say that it still holds. */
export interface Kept {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Headers that speak of the body: content-type, link. Never those of the request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** Bodies of earlier visits on disk. It can be deleted at any time; nothing in it is a fact, and no header of a request is. */
export interface KeptBodies {
  /** `null` when there is none that can be read. */
  find(key: string): Promise<Kept | null>;
  /** What cannot be written is not kept; that costs a download, no more. */
  keep(key: string, kept: Kept): Promise<void>;
}

/** Keeps nothing. */
export const noBodies: KeptBodies = { find: async () => null, keep: async () => undefined };

/** @param folder made on first use. One file per key: a line of JSON, then the bytes. */
export function keptBodies(folder: string): KeptBodies {
  const pathOf = (key: string) => join(folder, createHash('sha256').update(key).digest('hex'));
  return {
    async find(key) {
      try {
        const file = await readFile(pathOf(key));
        const end = file.indexOf(0x0a);
        const head = JSON.parse(file.subarray(0, end).toString('utf8')) as Omit<Kept, 'bytes'> & {
          key: string;
          size: number;
        };
        const bytes = file.subarray(end + 1);
        // Another key with the same hash, or a file that somebody cut: as if there were none.
        return head.key === key && head.size === bytes.byteLength ? { ...head, bytes } : null;
      } catch {
        return null;
      }
    },
    async keep(key, { bytes, ...head }) {
      const path = pathOf(key);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const line = `${JSON.stringify({ key, size: bytes.byteLength, ...head })}\n`;
        await writeFileAtomic(path, Buffer.concat([Buffer.from(line), bytes]), { mode: 0o600 });
      } catch {
        await rm(path, { force: true }).catch(() => undefined);
      }
    },
  };
}
