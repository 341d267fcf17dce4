import type { Claim } from '../domain/claim.ts';
import type { Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History, Level, Release } from '../domain/release.ts';
import { compareNumbers, compareVersions, type ParsedVersion } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { effectiveDate, orderClaims } from './effective.ts';
import { buildLines } from './lines.ts';

/** What the store knows of one product; the shape of `Ledger` in src/store/store.ts, without the door. */
export interface LedgerFacts {
  readonly versions: readonly {
    readonly version: string;
    readonly prerelease: boolean;
    readonly urgency: string | null;
  }[];
  readonly claims: readonly Claim[];
  readonly observedThrough: Day | null;
}

interface Entry {
  readonly parsed: ParsedVersion;
  readonly release: Release;
}

/**
 * Turns claims into the history neap believes: one date per version, levels, feature releases, lines. Pure.
 * Versions that the scheme cannot read are left out; `sync` has rejected them with a reason already.
 */
export function buildHistory(product: Product, facts: LedgerFacts): History {
  const scheme = schemeOf(product.versioning);
  const claimsOf = Map.groupBy(facts.claims, (claim) => claim.subject);
  const entries: Entry[] = [];
  for (const { version, prerelease, urgency } of facts.versions) {
    const parsed = scheme.parse(version);
    if (parsed === null) continue;
    const claims = orderClaims(
      product,
      (claimsOf.get(version) ?? []).filter((claim) => !LINE_KINDS.has(claim.of)),
    );
    const effective = effectiveDate(product, claims);
    entries.push({
      parsed,
      release: {
        product: product.id,
        version,
        line: parsed.line,
        level: levelByNumbers(parsed, prerelease),
        feature: false,
        selfManaged: parsed.selfManaged,
        date: effective?.day ?? null,
        precision: effective?.precision ?? 'day',
        dateFrom: effective === null ? null : { of: effective.of, source: effective.source },
        claims,
        urgency,
      },
    });
  }
  entries.sort(byDateThenVersion);
  const releases = markFeatures(entries);
  return {
    product: product.id,
    releases,
    lines: buildLines(product, releases, facts.claims),
    observedThrough: facts.observedThrough,
  };
}

const LINE_KINDS: ReadonlySet<string> = new Set(['ga', 'support-end', 'eol', 'extended-end', 'lts']);

function levelByNumbers(parsed: ParsedVersion, prerelease: boolean): Level {
  if (parsed.development) return 'development';
  if (prerelease || parsed.prerelease !== null) return 'prerelease';
  const [major, ...rest] = parsed.numbers;
  if (rest.every((n) => n === 0) && major !== undefined) return 'major';
  return parsed.numbers.slice(parsed.lineLength).every((n) => n === 0) ? 'minor' : 'patch';
}

/**
 * The first general release of each line by date is its opening, even where it is not `.0`; it is a feature release when the line is
 * higher than every line opened before. Openings of the same day count by version, so that a series published at once is in order.
 */
function markFeatures(entries: readonly Entry[]): readonly Release[] {
  const opened = new Set<string>();
  let highest: ParsedVersion | null = null;
  return entries.map(({ parsed, release }) => {
    const general = release.level !== 'prerelease' && release.level !== 'development';
    if (!general || release.date === null || opened.has(release.line)) {
      return general && release.level !== 'patch' && opened.has(release.line)
        ? { ...release, level: 'patch' }
        : release;
    }
    opened.add(release.line);
    const before = highest;
    const higher = before === null || compareLineNumbers(parsed, before) > 0;
    if (higher) highest = parsed;
    const opensMajor = before !== null && (parsed.numbers[0] ?? 0) > (before.numbers[0] ?? 0);
    const level: Level = release.level === 'major' || (higher && opensMajor) ? 'major' : 'minor';
    return { ...release, level, feature: higher };
  });
}

function compareLineNumbers(a: ParsedVersion, b: ParsedVersion): number {
  return compareNumbers(a.numbers.slice(0, a.lineLength), b.numbers.slice(0, b.lineLength));
}

/** Undated releases come last: nothing is known of their place. */
function byDateThenVersion(a: Entry, b: Entry): number {
  const left = a.release.date ?? '9999-99-99';
  const right = b.release.date ?? '9999-99-99';
  if (left !== right) return left < right ? -1 : 1;
  return compareVersions(a.parsed, b.parsed);
}
