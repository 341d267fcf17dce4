import type { ReadRelease } from '../domain/reading.ts';
import { saveFacts } from './facts.ts';
import { SourceClaims } from './source-claims.ts';
import type { Saved, SaveReading } from './store.ts';
import type { Tables } from './tables/index.ts';

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
  for (const release of inKeyOrder(reading.accepted)) {
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

/** Releases in the order of the tables' keys: a tree that only grows at its end is written faster, the larger it is the more. */
function inKeyOrder(releases: readonly ReadRelease[]): readonly ReadRelease[] {
  return releases.toSorted((a, b) => (a.version < b.version ? -1 : Number(a.version > b.version)));
}
