import { type Day, daysBetween } from '../domain/day.ts';
import type { ClaimKind, ProductId } from '../domain/product.ts';
import type { ReadClaim } from '../domain/reading.ts';
import { ByThing } from './by-thing.ts';
import { knownFrom } from './known-from.ts';
import { LINE_KINDS } from './line-kinds.ts';
import type { SaveReading } from './store.ts';
import type { AbsenceRow } from './tables/absence.ts';
import { type ClaimRow, saysTheSame } from './tables/claim.ts';
import type { Tables } from './tables/index.ts';
import type { ReadingId, ReadingRow } from './tables/reading.ts';

/** Days between two looks within which a new name is news of that time. Design.md section 5. */
const FRESH_LOOK = 7;

/** All words of a source on one thing, in the order in which they became known. */
interface Said {
  readonly rows: ClaimRow[];
  /** The reading at hand speaks of it. */
  seen: boolean;
}

/** What one source has said of one product so far, and what it adds now. */
export class SourceClaims {
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
  readonly #said = new ByThing<Said>();
  /** First words of this reading on things the source never spoke of, until a second one on the same thing: most never get one. */
  readonly #fresh = new ByThing<ReadClaim>();

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
    for (const row of stored) {
      const said = this.#said.get(row.kind, row.subject);
      if (said === undefined) this.#said.set(row.kind, row.subject, { rows: [row], seen: false });
      else said.rows.push(row);
    }
  }

  /** Stores a claim unless the source says what it said before; tells whether it was stored. */
  take(claim: ReadClaim): boolean {
    const said = this.#saidOf(claim.of, claim.subject);
    if (said === null) {
      this.#fresh.set(claim.of, claim.subject, claim);
      this.#write(this.#toRow(claim, knownFrom(claim, this.#readOn), 0));
      return true;
    }
    said.seen = true;
    const { rows } = said;
    const day = this.#dayOfNews(claim, rows);
    if (day === null) return false;
    const row = this.#toRow(claim, day, rows.filter((other) => other.known_from === day).length);
    this.#write(row);
    rows.splice(rows.findLastIndex((other) => other.known_from <= day) + 1, 0, row);
    return true;
  }

  /** What the source has said of a thing so far; `null` when nothing. */
  #saidOf(kind: ClaimKind, subject: string): Said | null {
    const said = this.#said.get(kind, subject);
    if (said !== undefined) return said;
    const first = this.#fresh.get(kind, subject);
    if (first === undefined) return null;
    const made: Said = { rows: [this.#toRow(first, knownFrom(first, this.#readOn), 0)], seen: true };
    this.#fresh.delete(kind, subject);
    this.#said.set(kind, subject, made);
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
    const said = this.#saidOf('first-seen', version);
    if (said !== null) {
      said.seen = true;
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
    const absent = new ByThing<AbsenceRow>();
    for (const row of this.#tables.absence.of(this.#product)) {
      if (row.source === this.#source) absent.set(row.kind, row.subject, row);
    }
    const ofThisFeed = new Set(this.#earlier.filter((row) => row.feed === this.#feed).map((row) => row.id));
    for (const { rows, seen } of this.#said.values()) {
      const last = rows.at(-1);
      if (last === undefined) continue;
      const gone = absent.get(last.kind, last.subject);
      if (seen) {
        if (gone !== undefined) this.#tables.absence.end(this.#product, gone, this.#id);
        continue;
      }
      if (gone !== undefined || !ofThisFeed.has(last.reading)) continue;
      if (!LINE_KINDS.has(last.kind)) this.vanished.add(last.subject);
      this.#tables.absence.begin(this.#product, { ...last, gone: this.#id });
    }
  }
}
