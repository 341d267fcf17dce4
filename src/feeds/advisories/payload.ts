import type { Source } from '../../domain/claim.ts';
import { cleanText } from '../../domain/clean-text.ts';
import type { Day } from '../../domain/day.ts';
import type { Product } from '../../domain/product.ts';
import type { Advisory, ReadFact, Rejected } from '../../domain/reading.ts';
import { compareVersions } from '../../versioning/scheme.ts';
import { schemeOf } from '../../versioning/schemes.ts';
import { type Decoded, decodeInstant, isObject, type JsonObject, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';

export interface Place {
  /** Of the package. */
  readonly name: string;
  /** As OSV calls it. */
  readonly ecosystem: string;
  readonly product: Product;
  readonly today: Day;
}

/** What a database sent, and how its entries are understood. */
export interface Fetched {
  readonly entries: readonly unknown[];
  readonly understand: (entry: JsonObject, place: Place) => Entry;
  readonly source: Source;
}

/** One entry, its parts found but not yet believed. Ranges and versions have been looked at. */
export interface Entry {
  readonly id: unknown;
  readonly severity: unknown;
  readonly summary: unknown;
  /** It speaks of this package. */
  readonly concerns: boolean;
  readonly affected: readonly string[];
  readonly fixed: readonly string[];
  readonly published: unknown;
  readonly withdrawn: unknown;
}

/** A version as advisories write it, Debian's with epoch and tilde too. */
export const VERSION = /^[0-9A-Za-z][0-9A-Za-z.+_:~-]{0,79}$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9:._-]{2,79}$/;
/** Ranges and fixed versions kept of one advisory. */
const MOST = 50;
const SEVERITIES: Readonly<Record<string, string>> = { MEDIUM: 'MODERATE' };

/** Turns entries into facts: the number of facts with key `advisory` and of rejected is what was sent. Pure. */
export function readAdvisories({ entries, understand, source }: Fetched, place: Place): FeedReading {
  const facts = new Map<string, ReadFact>();
  const rejected: Rejected[] = [];
  for (const one of entries) {
    const entry = isObject(one) ? understand(one, place) : null;
    const decoded = entry === null ? { because: 'the entry is not an object' } : advisoryOf(entry, place);
    const id = String(entry?.id);
    if ('because' in decoded) rejected.push({ what: show(entry === null ? one : entry.id), because: decoded.because });
    else if (facts.has(id)) rejected.push({ what: show(id), because: 'listed twice; the first counts' });
    else facts.set(id, { subject: id, key: 'advisory', value: JSON.stringify(decoded.value) });
  }
  const { today } = place;
  return { source, accepted: [], rejected, lineClaims: [], complete: true, readOn: today, facts: [...facts.values()] };
}

function advisoryOf(entry: Entry, { product }: Place): Decoded<Advisory> {
  if (typeof entry.id !== 'string' || !ID.test(entry.id)) return { because: 'the advisory has no id that can be read' };
  if (!entry.concerns) return { because: 'not of this package' };
  const published = dayOf(entry.published);
  if ('because' in published) return published;
  const withdrawn = dayOf(entry.withdrawn);
  if ('because' in withdrawn) return withdrawn;
  // The order of the keys is part of the text that is compared with the last visit's.
  return {
    value: {
      severity: severityOf(entry.severity),
      summary: typeof entry.summary === 'string' ? cleanText(entry.summary, 200) : '',
      affected: [...new Set(entry.affected)].slice(0, MOST),
      fixed: ascending([...new Set(entry.fixed)], product).slice(0, MOST),
      published: published.value,
      withdrawn: withdrawn.value,
    },
  };
}

function dayOf(instant: unknown): Decoded<Day | null> {
  return instant === null || instant === undefined ? { value: null } : decodeInstant(instant);
}

/** One word for each level: GitHub says `medium` where its entries in OSV say MODERATE. */
function severityOf(word: unknown): string | null {
  const upper = typeof word === 'string' ? word.toUpperCase() : '';
  const level = SEVERITIES[upper] ?? upper;
  return ['LOW', 'MODERATE', 'HIGH', 'CRITICAL'].includes(level) ? level : null;
}

/** As listed where the product's scheme cannot read one of them. */
function ascending(versions: readonly string[], product: Product): readonly string[] {
  const scheme = schemeOf(product.versioning);
  const parsed = versions.flatMap((text) => {
    const version = scheme.parse(text);
    return version === null ? [] : [{ text, version }];
  });
  if (parsed.length < versions.length) return versions;
  return parsed.sort((a, b) => compareVersions(a.version, b.version)).map(({ text }) => text);
}
