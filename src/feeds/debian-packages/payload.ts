import type { Source } from '../../domain/claim.ts';
import { cleanText } from '../../domain/clean-text.ts';
import type { Day } from '../../domain/day.ts';
import type { Product } from '../../domain/product.ts';
import type { ReadFact, ReadRelease, Rejected } from '../../domain/reading.ts';
import { type Decoded, decodeVersion, show } from '../decode.ts';
import type { FeedReading } from '../feed.ts';
import { compareDebianVersions, type DebianVersion, parseDebianVersion } from './dpkg-version.ts';
import type { Stanza } from './stanzas.ts';
import { upstreamVersion } from './upstream.ts';

/** Where an index comes from. */
export interface Index {
  readonly source: Source;
  /** Suite, or the name of a file that tells none. */
  readonly label: string;
  /** `null`: as each package says. */
  readonly arch: string | null;
}

interface Package {
  /** As its vendor writes it. */
  readonly version: string;
  readonly prerelease: boolean;
  readonly debian: DebianVersion;
  /** As it stands in the index. */
  readonly text: string;
  readonly arch: string;
}

/**
 * Turns the stanzas of one package into a reading: versions without claims, whose first appearance is noted, and one fact for each that
 * says by which package it can be had. Of several packages of one version the one apt would install counts. Pure.
 */
export function readStanzas(
  stanzas: readonly Stanza[],
  place: { index: Index; product: Product; today: Day },
): FeedReading {
  const { index, product, today } = place;
  const rejected: Rejected[] = [];
  const newest = new Map<string, Package>();
  for (const stanza of stanzas) {
    const decoded = packageOf(stanza, product);
    if ('because' in decoded) {
      rejected.push({ what: show(stanza.get('version') ?? stanza.get('package')), because: decoded.because });
      continue;
    }
    const found = decoded.value;
    const other = newest.get(found.version);
    const order = other === undefined ? 1 : compareDebianVersions(found.debian, other.debian);
    if (order > 0) newest.set(found.version, found);
    if (other === undefined) continue;
    const loser = order > 0 ? other : found;
    const because = order === 0 ? 'listed twice; the first counts' : 'an older revision of the same version';
    rejected.push({ what: show(loser.text), because });
  }
  const accepted = [...newest.values()].map(
    ({ version, prerelease }): ReadRelease => ({ version, prerelease, claims: [], urgency: null }),
  );
  const facts = [...newest.values()].map(({ version, text, arch }): ReadFact => {
    const where = cleanText(`${index.label}/${index.arch ?? arch}`, 120);
    return { subject: version, key: `available:${where}`, value: text };
  });
  return {
    source: index.source,
    accepted,
    rejected,
    lineClaims: [],
    complete: false,
    readOn: today,
    facts,
    marksFirstSeen: true,
  };
}

function packageOf(stanza: Stanza, product: Product): Decoded<Package> {
  const text = stanza.get('version');
  if (text === undefined || text === '') return { because: 'the stanza has no `Version`' };
  // The last fields of a stanza: without it the index was cut off in the middle.
  if (!stanza.has('filename')) return { because: 'the stanza has no `Filename`' };
  const debian = parseDebianVersion(text);
  if (debian === null) return { because: 'not a Debian version' };
  const version = upstreamVersion(debian);
  if ('because' in version) return version;
  const decoded = decodeVersion(version.value, product.versioning);
  if ('because' in decoded) return decoded;
  const prerelease = decoded.value.prerelease !== null;
  const arch = stanza.get('architecture') ?? 'unknown';
  return { value: { version: version.value, prerelease, debian, text, arch } };
}
