/** Numbers in 0..1 that a seed gives, the same everywhere (mulberry32). */
function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What one field draws from. */
export interface Draw {
  /** Both included. */
  int(low: number, high: number): number;
  chance(p: number): boolean;
  pick<T>(all: readonly T[]): T;
  shuffle<T>(all: readonly T[]): readonly T[];
}

/**
 * The stream of one field of the team of a seed. Each field has its own, so that a field that draws once more changes no other.
 */
export function drawFor(seed: number, field: string): Draw {
  // FNV-1a, with the seed as what it starts from.
  let hash = (2166136261 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (const letter of field) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  const next = numbersOf(hash);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    int,
    chance: (p) => next() < p,
    pick: (all) => {
      const one = all[int(0, all.length - 1)];
      if (one === undefined) throw new RangeError('nothing to pick from');
      return one;
    },
    shuffle: (all) =>
      all
        .map((one) => ({ one, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one),
  };
}
