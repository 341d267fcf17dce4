import type { Day } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import type { ReadClaim } from '../domain/reading.ts';
import { knownFrom } from './known-from.ts';
import type { Saved, SaveReading } from './store.ts';
import { type ClaimRow, saysTheSame } from './tables/claim.ts';
import type { Tables } from './tables/index.ts';
import type { ReadingId, ReadingRow } from './tables/reading.ts';

/** Writes one reading. The caller holds the transaction. A reading that tells nothing new writes its own row and no other. */
export function saveReading(tables: Tables, save: SaveReading): Saved {
  const { product, readOn, reading } = save;
  const earlier = tables.reading.of(product).filter((row) => row.source === reading.source.id);
  tables.source.remember(reading.source);
  const id = tables.reading.insert(save);
  tables.rejected.remember(product, reading.source.id, reading.rejected, id);

  const claims = new SourceClaims(tables, save, id, earlier);
  const before = new Map(tables.version.of(product).map((row) => [row.version, row]));
  const added = new Set<string>();
  const changed = new Set<string>();
  const versions = new Set<string>();
  for (const release of reading.accepted) {
    const row = before.get(release.version);
    versions.add(release.version);
    if (row === undefined && !added.has(release.version)) {
      tables.version.insert(product, release, reading.source.id, readOn);
      added.add(release.version);
    }
    const news = release.claims.filter((claim) => claims.take(claim)).length;
    const told = row !== undefined && tables.version.update(product, row, release, reading.source.id);
    if (row !== undefined && (told || news > 0)) changed.add(release.version);
  }
  for (const claim of reading.lineClaims) claims.take(claim);
  claims.noteAbsences();
  return {
    added: added.size,
    changed: changed.size,
    unchanged: versions.size - added.size - changed.size,
    rejected: reading.rejected.length,
    newClaims: claims.written,
  };
}

/** What one source has said of one product so far, and what it adds now. */
class SourceClaims {
  written = 0;
  readonly #tables: Tables;
  readonly #product: ProductId;
  readonly #source: string;
  readonly #feed: string;
  readonly #readOn: Day;
  readonly #complete: boolean;
  readonly #id: ReadingId;
  readonly #earlier: readonly ReadingRow[];
  /** A reading of a day before one already saved: a bundle that comes after a sync. It may add, but it has no later word. */
  readonly #late: boolean;
  /** By kind and subject, in the order in which they became known. */
  readonly #rows: Map<string, ClaimRow[]>;
  readonly #seen = new Set<string>();

  constructor(tables: Tables, save: SaveReading, id: ReadingId, earlier: readonly ReadingRow[]) {
    this.#tables = tables;
    this.#product = save.product;
    this.#source = save.reading.source.id;
    this.#feed = save.feed;
    this.#readOn = save.readOn;
    this.#complete = save.reading.complete;
    this.#id = id;
    this.#earlier = earlier;
    this.#late = earlier.some((row) => row.read_on > save.readOn);
    const stored = earlier.length === 0 ? [] : tables.claim.ofSource(this.#product, this.#source);
    this.#rows = Map.groupBy(stored, (row) => keyOf(row.kind, row.subject));
  }

  /** Stores a claim unless the source says what it said before; tells whether it was stored. */
  take(claim: ReadClaim): boolean {
    const key = keyOf(claim.of, claim.subject);
    // Only what was there before can be missed later.
    if (this.#earlier.length > 0) this.#seen.add(key);
    const rows = this.#rows.get(key);
    const day = rows === undefined ? knownFrom(claim, this.#readOn) : this.#dayOfNews(claim, rows);
    if (day === null) return false;
    const seq = rows?.filter((row) => row.known_from === day).length ?? 0;
    const row: ClaimRow = {
      source: this.#source,
      subject: claim.subject,
      kind: claim.of,
      known_from: day,
      seq,
      state: claim.state,
      day: claim.day,
      precision: claim.precision,
      suspect: claim.suspect,
      reading: this.#id,
    };
    this.#tables.claim.insert(this.#product, row);
    this.written += 1;
    if (rows === undefined) this.#rows.set(key, [row]);
    else rows.splice(rows.findLastIndex((other) => other.known_from <= day) + 1, 0, row);
    return true;
  }

  /** When a claim on something the source has spoken of before became known; `null` when it is no news. */
  #dayOfNews(claim: ReadClaim, rows: readonly ClaimRow[]): Day | null {
    const told = claim.knownFrom;
    if (told !== null) return rows.some((row) => row.known_from === told && saysTheSame(row, claim)) ? null : told;
    const last = rows.at(-1);
    if (last !== undefined && (saysTheSame(last, claim) || this.#late)) return null;
    // A rewrite: nobody heard it before this visit, whatever day it speaks of.
    return last !== undefined && last.known_from > this.#readOn ? last.known_from : this.#readOn;
  }

  /** Notes what a complete reading of this feed no longer has, and what came back. */
  noteAbsences(): void {
    if (!this.#complete || this.#late || this.#earlier.length === 0) return;
    const absent = new Map(
      this.#tables.absence
        .of(this.#product)
        .filter((row) => row.source === this.#source)
        .map((row) => [keyOf(row.kind, row.subject), row]),
    );
    const ofThisFeed = new Set(this.#earlier.filter((row) => row.feed === this.#feed).map((row) => row.id));
    for (const [key, rows] of this.#rows) {
      const gone = absent.get(key);
      if (this.#seen.has(key)) {
        if (gone !== undefined) this.#tables.absence.end(this.#product, gone, this.#id);
        continue;
      }
      const last = rows.at(-1);
      if (gone !== undefined || last === undefined || !ofThisFeed.has(last.reading)) continue;
      this.#tables.absence.begin(this.#product, { ...last, gone: this.#id });
    }
  }
}

function keyOf(kind: string, subject: string): string {
  return `${kind} ${subject}`;
}
