import type { ClaimKind } from '../domain/product.ts';

/** A map by what a claim is of and whom it is about. Two maps, because joining both into one key costs more than the rest of a save. */
export class ByThing<T> {
  readonly #kinds = new Map<ClaimKind, Map<string, T>>();

  get(kind: ClaimKind, subject: string): T | undefined {
    return this.#kinds.get(kind)?.get(subject);
  }

  set(kind: ClaimKind, subject: string, value: T): void {
    const subjects = this.#kinds.get(kind);
    if (subjects === undefined) this.#kinds.set(kind, new Map([[subject, value]]));
    else subjects.set(subject, value);
  }

  delete(kind: ClaimKind, subject: string): void {
    this.#kinds.get(kind)?.delete(subject);
  }

  *values(): Generator<T> {
    for (const subjects of this.#kinds.values()) yield* subjects.values();
  }
}
