/** Names by which entries of a list are told apart, in the lists of neap.yaml. */
const NAMES = ['id', 'name', 'product'] as const;

/**
 * A configuration with a patch laid over it, as JSON merge patch does (RFC 7396): keys replace keys, `null` takes one away. Lists of named
 * entries are merged by their `id`, `name` or `product`, an upgrade by its store and line; an entry with `remove: true` goes. Other lists are
 * replaced. Neither input is changed.
 */
export function patched(value: unknown, patch: unknown): unknown {
  if (Array.isArray(patch)) return Array.isArray(value) && patch.every(nameOf) ? mergedLists(value, patch) : patch;
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
