import type { Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { Advisory, ReadFact } from '../domain/reading.ts';
import type { History, Line, LineDate, Release } from '../domain/release.ts';

import { compareVersions, type ParsedVersion } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';

/** Something that became known of a product between two days. */
export type NewsItem =
  | { readonly kind: 'release'; readonly version: string; readonly release: Release }
  | { readonly kind: 'redated'; readonly version: string; readonly from: Day | null; readonly release: Release }
  | {
      readonly kind: 'line';
      readonly line: string;
      readonly of: 'eol' | 'support-end';
      /** `null` where no source spoke of it. */
      readonly from: LineDate | null;
      readonly to: LineDate | null;
    }
  | {
      readonly kind: 'fact';
      readonly fact: ReadFact;
      /** What was told before; `null` when nothing was. */
      readonly from: string | null;
    };

/** What was known of a product on one day. */
export interface Known {
  readonly history: History;
  readonly facts: readonly ReadFact[];
}

/** Kinds of facts that are news when they change; where a package can be installed from and what it needs is looked up, not told. */
const TOLD: ReadonlySet<string> = new Set(['advisory', 'deprecated', 'yanked', 'dist-tag']);

/**
 * What was heard between two days about one product: new versions, dates that were rewritten, ends of lines that moved, advisories and
 * deprecations. Pure: both sides are the ledger as of their day.
 */
export function newsBetween(product: Product, before: Known, after: Known): readonly NewsItem[] {
  return [
    ...releaseNews(product, before.history, after.history),
    ...lineNews(before, after),
    ...factNews(before, after),
  ];
}

/** The details of an advisory fact; `null` for other facts, and for text that is not what neap writes (a foreign import). */
export function advisoryOf(fact: ReadFact): Advisory | null {
  if (fact.key !== 'advisory') return null;
  try {
    return JSON.parse(fact.value) as Advisory;
  } catch {
    return null;
  }
}

function releaseNews(product: Product, before: History, after: History): readonly NewsItem[] {
  const isAhead = aheadOf(product, before);
  const known = new Map(before.releases.map((release) => [release.version, release]));
  return after.releases.flatMap((release): readonly NewsItem[] => {
    const { version, date } = release;
    const old = known.get(version);
    if (old === undefined) return date === null && !isAhead(release) ? [] : [{ kind: 'release', version, release }];
    return old.date === date ? [] : [{ kind: 'redated', version, from: old.date, release }];
  });
}

/**
 * Whether a release without a date can be one of these days: it is higher than all that was known of its line, or than all that was known
 * of the product. Others are old ones that a source named late.
 */
function aheadOf(product: Product, before: History): (release: Release) => boolean {
  const scheme = schemeOf(product.versioning);
  const highest = new Map<string, ParsedVersion>();
  for (const { version, line } of before.releases) {
    const parsed = scheme.parse(version);
    if (parsed === null) continue;
    for (const key of [line, ALL]) {
      const known = highest.get(key);
      if (known === undefined || compareVersions(parsed, known) > 0) highest.set(key, parsed);
    }
  }
  return ({ version, line }) => {
    const parsed = scheme.parse(version);
    const known = highest.get(line) ?? highest.get(ALL);
    return parsed !== null && (known === undefined || compareVersions(parsed, known) > 0);
  };
}

/** No line is called so. */
const ALL = '';

function lineNews(before: Known, after: Known): readonly NewsItem[] {
  const known = new Map(before.history.lines.map((line) => [line.line, line]));
  return after.history.lines.flatMap((line) => {
    const old = known.get(line.line);
    if (old === undefined) return [];
    return [...endNews(line.line, 'eol', old, line), ...endNews(line.line, 'support-end', old, line)];
  });
}

function endNews(name: string, of: 'eol' | 'support-end', old: Line, line: Line): readonly NewsItem[] {
  const key = of === 'eol' ? 'eol' : 'supportEnd';
  const [from, to] = [old[key], line[key]];
  if (from?.state === to?.state && from?.day === to?.day) return [];
  return [{ kind: 'line', line: name, of, from, to }];
}

function factNews(before: Known, after: Known): readonly NewsItem[] {
  const keyOf = ({ key, subject }: ReadFact) => `${key} ${subject}`;
  const known = new Map(before.facts.map((fact) => [keyOf(fact), fact.value]));
  return after.facts
    .filter((fact) => TOLD.has(fact.key) && known.get(keyOf(fact)) !== fact.value)
    .map((fact) => ({ kind: 'fact', fact, from: known.get(keyOf(fact)) ?? null }));
}
