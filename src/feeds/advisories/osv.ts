import { cleanText } from '../../domain/clean-text.ts';
import { Problem } from '../../domain/problem.ts';
import { compareVersions } from '../../versioning/scheme.ts';
import { schemeOf } from '../../versioning/schemes.ts';
import { isObject, type JsonObject } from '../decode.ts';
import type { FeedRequest } from '../feed.ts';
import { httpAddress, shown } from '../http/address.ts';
import { jsonOf } from '../http/text.ts';
import { type Entry, type Fetched, type Place, VERSION } from './payload.ts';

const SITE = 'https://api.osv.dev';
/** A page holds up to 1,000. */
const MAX_PAGES = 50;

/** Asks OSV for all that it has on a package. @throws Problem for an answer of another shape. */
export async function fetchFromOsv({ ref, product, http, signal }: FeedRequest, place: Place): Promise<Fetched> {
  const site = httpAddress(ref.url ?? SITE, `the advisories feed of ${product.id}`);
  const base = `${site.origin}${site.pathname.replace(/\/+$/, '')}`;
  const address = shown(`${base}/v1/query`);
  const question = { package: { name: place.name, ecosystem: place.ecosystem } };
  const entries: unknown[] = [];
  const seen = new Set<string>();
  for (let token = ''; ; ) {
    const post = token === '' ? question : { ...question, page_token: token };
    const body = await http.get(`${base}/v1/query`, { signal, post, accept: 'application/json' });
    const page = pageOf(jsonOf(body), address);
    for (const entry of page.vulns) entries.push(entry);
    token = page.next;
    if (token === '') break;
    if (seen.has(token) || seen.size === MAX_PAGES) throw new Problem(`${address} does not come to an end`, CHECK);
    seen.add(token);
  }
  return {
    entries,
    understand: osvEntry,
    source: {
      id: base === SITE ? 'osv' : `osv:${base.replace(/^https?:\/\//, '')}`,
      name: 'OSV',
      origin: base === SITE ? 'https://osv.dev' : base,
      licence: 'CC-BY 4.0',
    },
  };
}

const CHECK = { hint: 'Check `url` of the feed: it must name a service that speaks as api.osv.dev does.' };

/** An empty object says that nothing is known of the package. */
function pageOf(json: unknown, address: string): { readonly vulns: readonly unknown[]; readonly next: string } {
  if (!isObject(json)) throw new Problem(`${address}: the answer is not an object`, CHECK);
  const { vulns, next_page_token: next, ...others } = json;
  if (vulns === undefined && Object.keys(others).length > 0)
    throw new Problem(`${address}: \`vulns\` is missing`, CHECK);
  if (vulns !== undefined && !Array.isArray(vulns)) throw new Problem(`${address}: \`vulns\` is not a list`, CHECK);
  return { vulns: vulns ?? [], next: typeof next === 'string' ? next : '' };
}

function osvEntry(entry: JsonObject, place: Place): Entry {
  const { id, summary, details, database_specific: own, published, withdrawn } = entry;
  const mine = listOf(entry.affected).filter((one) => isSame(one.package, place));
  const ranges = mine
    .flatMap((one) => listOf(one.ranges))
    .filter(({ type }) => type === 'SEMVER' || type === 'ECOSYSTEM')
    .map((range) => rangesOf(listOf(range.events), place));
  return {
    id,
    severity: isObject(own) ? own.severity : null,
    // Entries taken from CVE have details only.
    summary: typeof summary === 'string' && cleanText(summary) !== '' ? summary : details,
    concerns: mine.length > 0,
    affected: ranges.flatMap((range) => range.affected),
    fixed: ranges.flatMap((range) => range.fixed),
    published,
    withdrawn,
  };
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isSame(of: unknown, { name, ecosystem }: Place): boolean {
  if (!isObject(of) || typeof of.name !== 'string' || typeof of.ecosystem !== 'string') return false;
  // `Debian` was asked for, `Debian:12` is told.
  if (of.ecosystem !== ecosystem && !of.ecosystem.startsWith(`${ecosystem}:`)) return false;
  return of.name === name || (ecosystem === 'PyPI' && pypi(of.name) === pypi(name));
}

/** PyPI takes names that differ in these for the same. */
function pypi(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

interface Ranges {
  readonly affected: readonly string[];
  readonly fixed: readonly string[];
}

/** The events of one range as ranges: each `introduced` is open until the `fixed` or `last_affected` after it. */
function rangesOf(events: readonly JsonObject[], place: Place): Ranges {
  const affected: string[] = [];
  const fixed: string[] = [];
  let from: string | null = null;
  for (const { key, version } of inOrder(events, place)) {
    if (key === 'introduced') from ??= version;
    else {
      if (from !== null) affected.push(between(from, `${key === 'fixed' ? '<' : '<='}${version}`));
      if (key === 'fixed') fixed.push(version);
      from = null;
    }
  }
  if (from !== null) affected.push(between(from, null));
  return { affected, fixed };
}

/** `0` is before every version. */
function between(from: string, to: string | null): string {
  if (to === null) return `>=${from}`;
  return from === '0' ? to : `>=${from} ${to}`;
}

interface Event {
  readonly key: 'introduced' | 'fixed' | 'last_affected';
  readonly version: string;
}

/** OSV allows any order. Versions that the product's scheme cannot read (Debian's) stay as they are listed. */
function inOrder(events: readonly JsonObject[], place: Place): readonly Event[] {
  const scheme = schemeOf(place.product.versioning);
  const found = events.flatMap((event): Event[] =>
    (['introduced', 'fixed', 'last_affected'] as const).flatMap((key) => {
      const version = event[key];
      return typeof version === 'string' && VERSION.test(version) ? [{ key, version }] : [];
    }),
  );
  const placed = found.map((event) => ({ event, parsed: event.version === '0' ? null : scheme.parse(event.version) }));
  if (placed.some(({ event, parsed }) => parsed === null && event.version !== '0')) return found;
  return placed
    .sort((a, b) => {
      if (a.parsed === null || b.parsed === null) return Number(a.parsed !== null) - Number(b.parsed !== null);
      return compareVersions(a.parsed, b.parsed);
    })
    .map(({ event }) => event);
}
