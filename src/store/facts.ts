import type { Day } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import type { ReadFact } from '../domain/reading.ts';
import type { SaveReading, StoredFact } from './store.ts';
import type { FactRow } from './tables/fact.ts';
import type { Tables } from './tables/index.ts';
import type { ReadingId } from './tables/reading.ts';

/** The facts that held on a day, or that hold now: of each source's words on a thing the last, unless it took it back. */
export function readFacts(tables: Tables, product: ProductId, asOf: Day | null): readonly StoredFact[] {
  const rows = tables.fact.of(product).filter((row) => asOf === null || row.known_from <= asOf);
  return lastWords(rows).flatMap(({ subject, key, value, source, known_from: knownFrom }) =>
    value === null ? [] : [{ subject, key, value, source, knownFrom }],
  );
}

/** Writes what is new in the facts of a reading; a complete one takes back what it no longer tells. Returns the rows written. */
export function saveFacts(tables: Tables, { product, readOn, reading }: SaveReading, id: ReadingId): number {
  if (reading.facts === undefined) return 0;
  const source = reading.source.id;
  const before = new Map(
    lastWords(tables.fact.of(product).filter((row) => row.source === source)).map((row) => [keyOf(row), row]),
  );
  const told = new Set<string>();
  const rows = tables.fact.writer();
  let written = 0;
  const write = (fact: Omit<ReadFact, 'value'> & Pick<FactRow, 'value'>) => {
    const { subject, key, value } = fact;
    rows.insert(product, { source, subject, key, value, reading: id, known_from: readOn });
    written += 1;
  };
  for (const fact of reading.facts) {
    const key = keyOf(fact);
    // Told twice in one reading: the first counts.
    if (told.has(key)) continue;
    told.add(key);
    if (before.get(key)?.value !== fact.value) write(fact);
  }
  for (const [key, row] of reading.complete ? before : []) {
    if (!told.has(key) && row.value !== null) write({ ...row, value: null });
  }
  rows.flush();
  return written;
}

function lastWords(rows: readonly FactRow[]): readonly FactRow[] {
  return rows.filter((row, i) => {
    const next = rows[i + 1];
    return next === undefined || keyOf(next) !== keyOf(row) || next.source !== row.source;
  });
}

function keyOf({ subject, key }: Pick<ReadFact, 'subject' | 'key'>): string {
  return `${key} ${subject}`;
}
