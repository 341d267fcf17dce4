import type { Day } from '../../domain/day.ts';
import { decodeDay, isObject } from '../decode.ts';
import type { KeptBodies } from '../http/kept-bodies.ts';

/** Days of git objects by sha, `null` for those without one. They never change, so they need not be asked for twice. */
export type Days = ReadonlyMap<string, Day | null>;

/** What earlier visits learned of a repository; empty when nothing was kept. */
export async function recall(kept: KeptBodies, key: string): Promise<Days> {
  const file = await kept.find(key);
  const days = new Map<string, Day | null>();
  for (const [sha, value] of Object.entries(file === null ? {} : parse(file.bytes))) {
    const day = value === null ? { value } : decodeDay(value);
    if ('value' in day) days.set(sha, day.value);
  }
  return days;
}

/** Adds days to what is kept, also to what another feed of the same repository has added meanwhile. */
export async function remember(kept: KeptBodies, key: string, days: Days): Promise<void> {
  const all = new Map([...(await recall(kept, key)), ...days]);
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(all)));
  await kept.keep(key, { etag: null, lastModified: null, headers: {}, bytes });
}

function parse(bytes: Uint8Array): object {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(json) ? json : {};
  } catch {
    return {};
  }
}
