import semver from 'semver';
import type { ProductId } from '../domain/product.ts';
import { compareLines } from '../versioning/scheme.ts';
import type { Compat, CompatRow } from './compat-tables.ts';
import type { AdvisoryRow, Tables } from './tables.ts';

/** A fact as a feed told it: `engines`, `dependency:mongodb`, `advisory`. */
export interface ToldFact {
  /** The version it is told of, or the advisory's id. */
  readonly subject: string;
  readonly key: string;
  readonly value: string;
  readonly source: string;
}

/**
 * The tables with what feeds told since they were written: the driver ranges and Node.js ranges of newer minors, and advisories the tables
 * lack. A registry does not carry a driver's own server limits: those stay the table's, so that rows of newer minors are unverified; an
 * advisory is its database's own word. Pure.
 */
export function freshTables(tables: Tables, told: ReadonlyMap<ProductId, readonly ToldFact[]>): Tables {
  if (told.size === 0) return tables;
  const compat = tables.compat.map((one) => withNewerMinors(one, told.get(one.product) ?? [], tables));
  const known = new Set(
    tables.advisories.flatMap(({ product, id, aliases }) => [id, ...aliases].map((name) => `${product} ${name}`)),
  );
  const advisories = [...told].flatMap(([product, facts]) =>
    facts.flatMap((fact) => {
      const row = fact.key === 'advisory' ? advisoryOf(product, fact) : null;
      return row === null || [row.id, ...row.aliases].some((name) => known.has(`${product} ${name}`)) ? [] : [row];
    }),
  );
  return { ...tables, compat, advisories: [...tables.advisories, ...advisories] };
}

function withNewerMinors(compat: Compat, facts: readonly ToldFact[], tables: Tables): Compat {
  const last = compat.rows.at(-1);
  if (last === undefined) return compat;
  const added = new Map<string, CompatRow>();
  for (const { subject, key, value, source } of facts) {
    const parsed = semver.parse(subject);
    if (parsed === null || parsed.prerelease.length > 0 || key !== `dependency:${compat.driver?.package}`) continue;
    const from = `${parsed.major}.${parsed.minor}`;
    if (compareLines(from, last.from) <= 0) continue;
    const node =
      facts.find((fact) => fact.subject === subject && fact.key === 'engines')?.value.replace(/^node /, '') ?? null;
    const lowest = semver.validRange(value) === null ? null : semver.minVersion(value);
    const driver = tables.compat.find(({ product }) => product === compat.driver?.product);
    const limits =
      lowest === null
        ? undefined
        : driver?.rows.findLast((row) => compareLines(row.from, `${lowest.major}.${lowest.minor}`) <= 0);
    if (limits === undefined || added.has(from)) continue;
    added.set(from, {
      from,
      released: null,
      node: node !== null && semver.validRange(node) !== null ? node : null,
      driver: value,
      server: limits.server,
      documented: null,
      verified: false,
      source,
    });
  }
  const rows = [...compat.rows, ...added.values()].sort((a, b) => compareLines(a.from, b.from));
  return { ...compat, rows };
}

/** `null` for one whose ranges nobody can read: it is in `neap doctor`, and no plan can be made of it. */
function advisoryOf(product: ProductId, { subject, value, source }: ToldFact): AdvisoryRow | null {
  let told: { severity?: unknown; summary?: unknown; affected?: unknown; published?: unknown; withdrawn?: unknown };
  try {
    told = JSON.parse(value) as typeof told;
  } catch {
    return null;
  }
  const affected = Array.isArray(told.affected)
    ? told.affected.flatMap((range) => (typeof range === 'string' ? rangesOf(range) : []))
    : [];
  if (affected.length === 0 || (told.withdrawn ?? null) !== null) return null;
  return {
    id: subject,
    aliases: [],
    product,
    kind: 'security',
    title: typeof told.summary === 'string' ? told.summary : subject,
    severity: SEVERITIES[String(told.severity).toUpperCase()] ?? 'unknown',
    exploited: false,
    published: typeof told.published === 'string' ? told.published.slice(0, 10) : null,
    affected,
    workaround: null,
    note: null,
    verified: true,
    source,
  };
}

const SEVERITIES: Readonly<Record<string, string>> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MODERATE: 'medium',
  MEDIUM: 'medium',
  LOW: 'low',
};

/**
 * Ranges as feeds write them: comparisons with spaces between them, alternatives with `||`. Without an upper end no fix is known; one that
 * is itself affected (`<=`) names no fix either. An alternative written in any other way is left out.
 */
function rangesOf(range: string): AdvisoryRow['affected'] {
  return range.split('||').flatMap((part) => rangeOf(part) ?? []);
}

function rangeOf(part: string): AdvisoryRow['affected'][number] | null {
  const compared = [...part.matchAll(COMPARISON)];
  if (compared.length === 0 || part.replace(COMPARISON, '').trim() !== '') return null;
  const of = (operator: string) => compared.find(([, own]) => own === operator)?.[2] ?? null;
  const [exactly, from, after, below, through] = [of('='), of('>='), of('>'), of('<'), of('<=')];
  if (exactly !== null) return { from: exactly, below: null, through: exactly };
  return {
    from: from ?? after ?? '0.0.0',
    ...(from === null && after !== null ? { fromExcluded: true } : {}),
    below,
    ...(through === null ? {} : { through }),
  };
}

const COMPARISON = /(>=|<=|>|<|=)\s*(\d[\w.+-]*)/g;
