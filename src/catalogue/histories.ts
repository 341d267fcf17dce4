import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import type { ReadClaim, Reading, ReadRelease } from '../domain/reading.ts';
import type { ClaimRow, HistoryFile, SourceRow } from './history-file.ts';

/** One original source of a bundled history, as if it had been read on the day its copy was made. */
export interface BundledReading {
  readonly product: ProductId;
  readonly feed: string;
  readonly readOn: Day;
  readonly reading: Reading;
}

/** The bundled history of a product as one reading per original source; empty when none ships with neap. */
export function loadHistory(dataDir: string, product: ProductId): readonly BundledReading[] {
  if (!existsSync(join(dataDir, 'histories', `${product}.json`))) return [];
  const file = JSON.parse(readFileSync(join(dataDir, 'histories', `${product}.json`), 'utf8')) as HistoryFile;
  return toReadings(file);
}

function toReadings(file: HistoryFile): readonly BundledReading[] {
  return file.sources.map((source) => ({
    product: file.product,
    feed: `bundle:${source.id}`,
    readOn: source.readOn,
    reading: {
      source: { id: source.id, name: source.name, origin: source.origin, licence: source.licence },
      accepted: releasesOf(file, source),
      rejected: [],
      lineClaims: file.lines.flatMap(({ line, claims }) => claimsOf(line, claims, source)),
      complete: source.complete,
    },
  }));
}

/** Releases this source speaks of. One that no source dates stands with a source that lists everything. */
function releasesOf(file: HistoryFile, source: SourceRow): readonly ReadRelease[] {
  const keeper = file.sources.findLast(({ complete }) => complete)?.id;
  const releases: ReadRelease[] = [];
  for (const { v, pre, urgency, claims = [] } of file.releases) {
    const own = claimsOf(v, claims, source);
    if (own.length === 0 && !(claims.length === 0 && source.id === keeper)) continue;
    releases.push({ version: v, prerelease: pre === true, claims: own, urgency: urgency ?? null });
  }
  return releases;
}

function claimsOf(subject: string, rows: readonly ClaimRow[], source: SourceRow): readonly ReadClaim[] {
  return rows
    .filter((row) => row[2] === source.id)
    .map(([of, value, , knownFrom, suspect]) => ({
      subject,
      of,
      state: stateOf(value),
      day: typeof value === 'string' ? value : null,
      precision: 'day',
      suspect: suspect ?? null,
      knownFrom: knownFrom ?? (typeof value === 'string' ? null : source.readOn),
    }));
}

function stateOf(value: ClaimRow[1]): ReadClaim['state'] {
  if (typeof value === 'string') return 'dated';
  if (value === null) return 'unknown';
  return value ? 'over' : 'none';
}
