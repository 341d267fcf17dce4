/** Counts what was left out, and what was taken but marked suspect, and why, so that the script can say it. */
export class Tally {
  readonly #leftOut = new Map<string, number>();
  readonly #marked = new Map<string, number>();

  leaveOut(because: string, count = 1): void {
    add(this.#leftOut, because, count);
  }

  mark(because: string, count = 1): void {
    add(this.#marked, because, count);
  }

  /** Reason and count of what was left out, the most frequent first. */
  entries(): readonly (readonly [because: string, count: number])[] {
    return byCount(this.#leftOut);
  }

  /** The same of what is marked suspect. */
  marks(): readonly (readonly [because: string, count: number])[] {
    return byCount(this.#marked);
  }
}

function add(counts: Map<string, number>, because: string, count: number): void {
  counts.set(because, (counts.get(because) ?? 0) + count);
}

function byCount(counts: ReadonlyMap<string, number>): readonly (readonly [because: string, count: number])[] {
  return [...counts].sort((a, b) => b[1] - a[1]);
}
