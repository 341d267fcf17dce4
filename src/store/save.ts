import { type Day, daysBetween } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import type { ReadClaim } from '../domain/reading.ts';
import { saveFacts } from './facts.ts';
import { knownFrom } from './known-from.ts';
import { LINE_KINDS } from './line-kinds.ts';
import type { Saved, SaveReading } from './store.ts';
import { type ClaimRow, saysTheSame } from './tables/claim.ts';
import type { Tables } from './tables/index.ts';
import type { ReadingId, ReadingRow } from './tables/reading.ts';

/** Days between two looks within which a new name is news of that time. Design.md section 5. */
const FRESH_LOOK = 7;

/** Writes one reading. The caller holds the transaction. A reading that tells nothing new writes its own row and no other. */
export function saveReading(tables: Tables, save: SaveReading): Saved {
  const { product, readOn, reading } = save;
  const earlier = tables.reading.of(product).filter((row) => row.source === reading.source.id);
  tables.source.remember(reading.source);
  const id = tables.reading.insert(save);
  tables.rejected.remember(product, reading.source.id, reading.rejected, id);

  const claims = new SourceClaims(tables, save, id, earlier);
  const before = new Map(tables.version.of(product).map((row) => [row.version, row]));
  const rows = tables.version.writer();
  const told = new Map<string, 'added' | 'changed' | 'unchanged'>();
  for (const release of reading.accepted) {
    const { version } = release;
    const row = before.get(version);
    if (row === undefined && !told.has(version)) {
      rows.insert(product, release, reading.source.id, readOn);
      told.set(version, 'added');
    }
    let news = 0;
    for (const claim of release.claims) if (claims.take(claim)) news += 1;
    if (reading.marksFirstSeen === true && claims.see(version)) news += 1;
    if (row === undefined) continue;
    const changed = tables.version.update(product, row, release, reading.source.id) || news > 0;
    if (changed || !told.has(version)) told.set(version, changed ? 'changed' : 'unchanged');
  }
  rows.flush();
  for (const claim of reading.lineClaims) claims.take(claim);
  claims.flush();
  claims.noteAbsences();
  const newFacts = saveFacts(tables, save, id);
  if (save.target !== undefined) tables.failure.clear(product, save.feed, save.target);
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const how of told.values()) counts[how] += 1;
  return {
    ...counts,
    rejected: reading.rejected.length,
    newClaims: claims.written,
    newFacts,
    vanished: claims.vanished.size,
  };
}

/** What one source has said of one product so far, and what it adds now. */
class SourceClaims {
  written = 0;
  /** Versions that this reading lacks and an earlier one of the same place had. */
  readonly vanished = new Set<string>();
  readonly #tables: Tables;
  readonly #writer: ReturnType<Tables['claim']['writer']>;
  readonly #product: ProductId;
  readonly #source: string;
  readonly #feed: string;
  readonly #readOn: Day;
  readonly #complete: boolean;
  readonly #id: ReadingId;
  readonly #earlier: readonly ReadingRow[];
  /** A reading of a day before one already saved: a bundle that comes after a sync. It may add, but it has no later word. */
  readonly #late: boolean;
  /** The day by the clock; words known only later were read by a clock that was wrong. `null` for bundles. */
  readonly #visitedOn: Day | null;
  /** By kind and subject, in the order in which they became known. */
  readonly #rows: Map<string, ClaimRow[]>;
  /** First words of this reading on things the source never spoke of, until a second one on the same thing: most never get one. */
  readonly #fresh = new Map<string, ReadClaim>();
  readonly #seen = new Set<string>();

  constructor(tables: Tables, save: SaveReading, id: ReadingId, earlier: readonly ReadingRow[]) {
    this.#tables = tables;
    this.#writer = tables.claim.writer();
    this.#product = save.product;
    this.#source = save.reading.source.id;
    this.#feed = save.feed;
    this.#readOn = save.readOn;
    this.#complete = save.reading.complete;
    this.#id = id;
    this.#earlier = earlier;
    const { visitedOn } = save;
    const impossible = (row: ReadingRow) =>
      visitedOn !== undefined && row.visited_on !== null && row.visited_on > visitedOn;
    this.#late = earlier.some((row) => row.read_on > save.readOn && !impossible(row));
    this.#visitedOn = visitedOn ?? null;
    const stored = earlier.length === 0 ? [] : tables.claim.ofSource(this.#product, this.#source);
    this.#rows = Map.groupBy(stored, (row) => keyOf(row.kind, row.subject));
  }

  /** Stores a claim unless the source says what it said before; tells whether it was stored. */
  take(claim: ReadClaim): boolean {
    const key = keyOf(claim.of, claim.subject);
    // Only what was there before can be missed later.
    if (this.#earlier.length > 0) this.#seen.add(key);
    const rows = this.#rowsOf(key);
    if (rows === null) {
      this.#fresh.set(key, claim);
      this.#write(this.#toRow(claim, knownFrom(claim, this.#readOn), 0));
      return true;
    }
    const day = this.#dayOfNews(claim, rows);
    if (day === null) return false;
    const row = this.#toRow(claim, day, rows.filter((other) => other.known_from === day).length);
    this.#write(row);
    rows.splice(rows.findLastIndex((other) => other.known_from <= day) + 1, 0, row);
    return true;
  }

  /** What the source has said of a thing so far; `null` when nothing. */
  #rowsOf(key: string): ClaimRow[] | null {
    const rows = this.#rows.get(key);
    if (rows !== undefined) return rows;
    const first = this.#fresh.get(key);
    if (first === undefined) return null;
    const made = [this.#toRow(first, knownFrom(first, this.#readOn), 0)];
    this.#fresh.delete(key);
    this.#rows.set(key, made);
    return made;
  }

  #write(row: ClaimRow): void {
    this.#writer.insert(this.#product, row);
    this.written += 1;
  }

  #toRow({ subject, of: kind, state, day, precision, suspect }: ReadClaim, known_from: Day, seq: number): ClaimRow {
    const place = { source: this.#source, subject, kind, known_from, seq };
    return { ...place, state, day, precision, suspect, reading: this.#id };
  }

  /** When a claim on something the source has spoken of before became known; `null` when it is no news. */
  #dayOfNews(claim: ReadClaim, rows: readonly ClaimRow[]): Day | null {
    const told = claim.knownFrom;
    if (told !== null) return rows.some((row) => row.known_from === told && saysTheSame(row, claim)) ? null : told;
    const visitedOn = this.#visitedOn;
    const last = visitedOn === null ? rows.at(-1) : rows.findLast((row) => row.known_from <= visitedOn);
    if (last === undefined) return knownFrom(claim, this.#readOn);
    if (saysTheSame(last, claim) || this.#late) return null;
    // A rewrite: nobody heard it before this visit, whatever day it speaks of.
    return last.known_from > this.#readOn ? last.known_from : this.#readOn;
  }

  /**
   * Keeps the day on which this place first named a version. That it was published then is only believed where a look at most a week
   * before did not find it. Tells whether it was stored.
   */
  see(version: string): boolean {
    const key = keyOf('first-seen', version);
    if (this.#rowsOf(key) !== null) {
      this.#seen.add(key);
      return false;
    }
    const recent = this.#earlier.some((row) => {
      const age = daysBetween(row.read_on, this.#readOn);
      return age >= 0 && age <= FRESH_LOOK && row.accepted > 0;
    });
    const suspect = recent ? null : 'first seen long after the last look, or on the first; it may be older';
    const claim = { subject: version, state: 'dated', day: this.#readOn, precision: 'day', knownFrom: null } as const;
    return this.take({ ...claim, of: 'first-seen', suspect });
  }

  /** Writes what was taken. */
  flush(): void {
    this.#writer.flush();
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
      if (!LINE_KINDS.has(last.kind)) this.vanished.add(last.subject);
      this.#tables.absence.begin(this.#product, { ...last, gone: this.#id });
    }
  }
}

function keyOf(kind: string, subject: string): string {
  return `${kind} ${subject}`;
}
