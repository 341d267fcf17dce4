/** Counts what was left out and why, so that the script can say it. */
export class Tally {
  readonly #counts = new Map<string, number>();

  leaveOut(because: string, count = 1): void {
    this.#counts.set(because, (this.#counts.get(because) ?? 0) + count);
  }

  /** Reason and count, the most frequent first. */
  entries(): readonly (readonly [because: string, count: number])[] {
    return [...this.#counts].sort((a, b) => b[1] - a[1]);
  }
}
