import type { Claim } from '../domain/claim.ts';
import { addDays, type Day, maxDay, minDay } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import { LINE_KINDS } from './line-kinds.ts';
import type { Ledger, LedgerVersion } from './store.ts';
import type { ClaimRow } from './tables/claim.ts';
import type { Tables } from './tables/index.ts';
import type { ReadingId, ReadingRow } from './tables/reading.ts';

/** What the tables hold of a product, as somebody asking on `asOf` would have heard it; everything when it is null. */
export function readLedger(tables: Tables, product: ProductId, asOf: Day | null): Ledger {
  const readings = tables.reading.of(product);
  const rows = tables.claim.of(product);
  const { claims, dated } = toClaims(product, rows, new Confirmations(readings, tables.absence.of(product)), asOf);
  return {
    product,
    versions: visible(tables, product, dated, rows, asOf),
    claims,
    observedThrough: through(readings, asOf),
  };
}

/**
 * The newest complete reading that listed versions. An earlier `asOf` is itself observed: the later reading tells what had happened
 * by then, also when neap was installed only afterwards.
 */
function through(readings: readonly ReadingRow[], asOf: Day | null): Day | null {
  let newest: Day | null = null;
  for (const reading of readings) {
    if (reading.complete === 0 || reading.accepted === 0) continue;
    if (newest === null || reading.read_on > newest) newest = reading.read_on;
  }
  return newest === null || asOf === null ? newest : minDay(asOf, newest);
}

/** Versions somebody had spoken of by `asOf`. */
function visible(
  tables: Tables,
  product: ProductId,
  dated: ReadonlySet<string>,
  rows: readonly ClaimRow[],
  asOf: Day | null,
): readonly LedgerVersion[] {
  const claimed =
    asOf === null ? dated : new Set(rows.filter((row) => !LINE_KINDS.has(row.kind)).map((row) => row.subject));
  const versions: LedgerVersion[] = [];
  for (const row of tables.version.of(product)) {
    const known = claimed.has(row.version) ? dated.has(row.version) : asOf === null || row.first_read <= asOf;
    if (known) versions.push({ version: row.version, prerelease: row.prerelease === 1, urgency: row.urgency });
  }
  return versions;
}

function toClaims(product: ProductId, rows: readonly ClaimRow[], confirmations: Confirmations, asOf: Day | null) {
  const claims: Claim[] = [];
  /** Versions with a claim known by then. */
  const dated = new Set<string>();
  for (const [i, row] of rows.entries()) {
    if (asOf !== null && row.known_from > asOf) continue;
    const following = rows[i + 1];
    const next = following !== undefined && sameThing(row, following) ? following : null;
    if (next?.known_from === row.known_from) continue;
    if (!LINE_KINDS.has(row.kind)) dated.add(row.subject);
    const confirmed = confirmations.of(row, next);
    claims.push({
      product,
      subject: row.subject,
      of: row.kind,
      state: row.state,
      day: row.day,
      precision: row.precision,
      source: row.source,
      knownFrom: row.known_from,
      confirmed: asOf === null ? confirmed : minDay(confirmed, asOf),
      suspect: row.suspect,
    });
  }
  return { claims, dated };
}

function sameThing(a: Thing, b: Thing): boolean {
  return a.subject === b.subject && a.kind === b.kind && a.source === b.source;
}

type Thing = Pick<ClaimRow, 'source' | 'subject' | 'kind'>;

/**
 * Works out until when a claim was found, which is not stored: the last complete reading of the same feed and source before the
 * source said something else or nothing.
 */
class Confirmations {
  readonly #byId: ReadonlyMap<ReadingId, ReadingRow>;
  readonly #readings: readonly ReadingRow[];
  readonly #gone: ReadonlyMap<string, ReadingId>;
  readonly #cache = new Map<string, Day | null>();

  constructor(readings: readonly ReadingRow[], absences: readonly (Thing & { readonly gone: ReadingId })[]) {
    this.#readings = readings;
    this.#byId = new Map(readings.map((row) => [row.id, row]));
    this.#gone = new Map(absences.map((row) => [thingKey(row), row.gone]));
  }

  of(row: ClaimRow, next: ClaimRow | null): Day {
    const end = next?.reading ?? (this.#gone.size === 0 ? undefined : this.#gone.get(thingKey(row)));
    const found = this.#lastBetween(row.reading, end ?? Number.POSITIVE_INFINITY) ?? row.known_from;
    // One reading that tells the source's own history holds both words; the first held until the day before the second.
    return maxDay(row.known_from, next === null ? found : minDay(found, addDays(next.known_from, -1)));
  }

  #lastBetween(from: ReadingId, end: ReadingId): Day | null {
    const key = `${from} ${end}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const own = this.#byId.get(from);
    let last = own?.read_on ?? null;
    for (const other of this.#readings) {
      if (other.id <= from || other.id >= end || other.complete === 0) continue;
      if (other.feed !== own?.feed || other.source !== own.source) continue;
      if (last === null || other.read_on > last) last = other.read_on;
    }
    this.#cache.set(key, last);
    return last;
  }
}

function thingKey(thing: Thing): string {
  return `${thing.source} ${thing.kind} ${thing.subject}`;
}
