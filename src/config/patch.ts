import type { Path, Source } from './source.ts';

/** Names by which entries of a list are told apart, in the lists of neap.yaml. */
const NAMES = ['id', 'name', 'product'] as const;

/**
 * A configuration with a patch laid over it, as JSON merge patch does (RFC 7396): keys replace keys, `null` takes one away. Lists of named
 * entries are merged by their `id`, `name` or `product`, an upgrade by its store and line; an entry with `remove: true` goes. Other lists are
 * replaced. Neither input is changed.
 */
export function patched(value: unknown, patch: unknown): unknown {
  if (Array.isArray(patch)) {
    // Nothing laid over plain words takes them away; laid over named entries it changes none.
    const named = Array.isArray(value) && [...patch, ...(patch.length === 0 ? value : [])].every(nameOf);
    return named ? mergedLists(value, patch) : patch;
  }
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete result[key];
    else result[key] = patched(result[key], change);
  }
  return result;
}

function mergedLists(list: readonly unknown[], patch: readonly unknown[]): readonly unknown[] {
  const changes = new Map(patch.map((entry) => [nameOf(entry), entry]));
  const kept = list.flatMap((entry) => {
    const name = nameOf(entry);
    const change = changes.get(name);
    if (name === null || change === undefined) return [entry];
    changes.delete(name);
    return isGone(change) ? [] : [patched(entry, change)];
  });
  return [...kept, ...[...changes.values()].filter((entry) => !isGone(entry))];
}

/**
 * The patched configuration as one source: what is wrong with a value is said at the file that wrote it, the patch where both did.
 */
export function layered(plain: Source, patch: Source): Source {
  const value = patched(plain.value, patch.value);
  return {
    value,
    has: (path) => plain.has(path) || patch.has(path),
    complain(path, message, key) {
      const written = pathIn(patch.value, value, path);
      if (written !== null && patch.has(key === undefined ? written : [...written, key])) {
        patch.complain(written, message, key);
      } else plain.complain(pathIn(plain.value, value, path) ?? path, message, key);
    },
    throwIfAny() {
      patch.throwIfAny();
      plain.throwIfAny();
    },
  };
}

/** Where in one of the two files a value of the whole stands: entries of lists are found again by their names. `null`: it has no such entry. */
function pathIn(file: unknown, whole: unknown, path: Path): Path | null {
  let [here, there] = [file, whole];
  const found: (string | number)[] = [];
  for (const part of path) {
    const entry = (there as Record<string | number, unknown> | undefined)?.[part];
    let own: string | number = part;
    if (typeof part === 'number' && Array.isArray(here)) {
      const name = nameOf(entry);
      if (name !== null) own = here.findIndex((one) => nameOf(one) === name);
      if (own === -1) return null;
    }
    found.push(own);
    here = (here as Record<string | number, unknown> | undefined | null)?.[own];
    there = entry;
  }
  return found;
}

function nameOf(entry: unknown): string | null {
  if (!isRecord(entry)) return null;
  if (typeof entry.store === 'string' && typeof entry.to === 'string' && entry.id === undefined)
    return `${entry.store} ${entry.to}`;
  const name = NAMES.map((key) => entry[key]).find((one) => typeof one === 'string');
  return typeof name === 'string' ? name : null;
}

function isGone(entry: unknown): boolean {
  return isRecord(entry) && entry.remove === true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
