import semver from 'semver';
import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { compareVersions } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { admission, compatOf } from './compat.ts';
import { driverOf } from './packages.ts';
import { runsOn } from './platform.ts';
import type { Tables } from './tables.ts';
import { openAdvisories, targetOf } from './target.ts';

/** One thing of the stack, with what is known of it. */
export interface StackPart {
  readonly id: string;
  readonly product: Product;
  readonly running: string | null;
  /** Id of the engine it belongs to; its own for an engine, `null` for none. */
  readonly store: string | null;
  readonly platform: string | null;
  readonly fcv: string | null;
  readonly history: History | null;
}

export type Concern = 'unsupported' | 'ended' | 'ending' | 'advisory' | 'patch' | 'fcv' | 'platform' | 'unknown';

/** Something about what runs now. */
export interface StackFinding {
  readonly part: string;
  readonly concern: Concern;
  /** `high`: not supported, ended or open to a security defect; `medium`: soon, or untested; `low`: a newer patch. */
  readonly severity: 'high' | 'medium' | 'low';
  readonly text: string;
  /** What to do; `null` when there is nothing. */
  readonly fix: string | null;
  readonly day: Day | null;
  readonly source: string | null;
  readonly verified: boolean;
}

/** Unsupported pairs, dead lines, open advisories, FCV and platform of what runs. Pure. */
export function checkStack(
  parts: readonly StackPart[],
  { asOf, leaveBeforeEol, tables }: { readonly asOf: Day; readonly leaveBeforeEol: number; readonly tables: Tables },
): readonly StackFinding[] {
  return parts.flatMap((part) => [
    ...versionKnown(part),
    ...versionExists(part),
    ...lineEnds(part, asOf, leaveBeforeEol, tables),
    ...advisories(part, asOf, tables),
    ...fits(part, parts, tables),
    ...driverBeside(part, parts, tables),
    ...ground(part, tables),
  ]);
}

/** Engines that the tables know have a path; all else is raised to another line. */
function wayOut({ id, product }: StackPart, tables: Tables): string {
  const hasPath = tables.engines.some((engine) => engine.product === product.id);
  return hasPath ? `neap path ${id}` : `raise ${product.name} to a newer line`;
}

/** Releases of a line from which on one that is not among them is taken for a mistake. */
const WELL_KNOWN = 3;

/** A version nobody published is a slip of the pen, or younger than what neap has read: nothing below is known of it then. */
function versionExists({ id, product, running, history }: StackPart): readonly StackFinding[] {
  const scheme = schemeOf(product.versioning);
  const parsed = running === null ? null : scheme.parse(running);
  if (running === null || parsed === null || history === null || running === parsed.line) return [];
  const ofLine = history.releases.filter(({ line, level }) => line === parsed.line && level !== 'prerelease');
  const newest = ofLine.at(-1);
  const published = history.releases.some(({ version }) => {
    const other = scheme.parse(version);
    return version === running || (other !== null && compareVersions(other, parsed) === 0);
  });
  if (published || newest === undefined || ofLine.length < WELL_KNOWN) return [];
  return [
    {
      part: id,
      concern: 'unknown',
      severity: 'medium',
      text: `${product.name} ${running} is no release neap has read of (${ofLine.length} of ${parsed.line}, through ${history.observedThrough ?? 'an unknown day'})`,
      fix: `correct \`running\` of ${id}, or: neap sync`,
      day: null,
      source: null,
      verified: true,
    },
  ];
}

function versionKnown({ id, product, running }: StackPart): readonly StackFinding[] {
  if (running !== null) return [];
  return [
    {
      part: id,
      concern: 'unknown',
      severity: 'medium',
      text: `nobody said which ${product.name} runs`,
      fix: `fill in \`running\` of ${id}`,
      day: null,
      source: null,
      verified: true,
    },
  ];
}

function lineOf(part: StackPart): string | null {
  return part.running === null ? null : (schemeOf(part.product.versioning).parse(part.running)?.line ?? null);
}

function lineEnds(part: StackPart, asOf: Day, leaveBeforeEol: number, tables: Tables): readonly StackFinding[] {
  const line = lineOf(part);
  const end = part.history?.lines.find((one) => one.line === line)?.eol ?? null;
  if (line === null || end === null) return [];
  const about = { part: part.id, day: end.day, source: end.source, verified: true, fix: wayOut(part, tables) };
  if (end.state === 'over' || (end.day !== null && end.day < asOf)) {
    const when = end.day === null ? 'has ended' : `ended on ${end.day}`;
    return [{ ...about, concern: 'ended', severity: 'high', text: `${part.product.name} ${line} ${when}` }];
  }
  if (end.day === null || end.day > addDays(asOf, leaveBeforeEol + 180)) return [];
  const left = daysBetween(asOf, end.day);
  const severity = left <= leaveBeforeEol ? 'high' : 'medium';
  return [
    { ...about, concern: 'ending', severity, text: `${part.product.name} ${line} ends on ${end.day}, in ${left} days` },
  ];
}

function advisories(part: StackPart, asOf: Day, tables: Tables): readonly StackFinding[] {
  const { id, product, running, history } = part;
  const line = lineOf(part);
  if (running === null || line === null) return [];
  const scheme = schemeOf(product.versioning);
  const target = history === null ? null : targetOf(history, line, asOf, scheme, tables.advisories);
  const open = openAdvisories(product.id, running, scheme, tables.advisories).map((advisory): StackFinding => {
    const mends = target !== null && !target.open.includes(advisory);
    return {
      part: id,
      concern: 'advisory',
      severity: advisory.kind === 'security' || advisory.severity === 'high' ? 'high' : 'medium',
      text: `${product.name} ${running} is open to ${advisory.id}: ${advisory.title}${advisory.exploited ? ' (exploited)' : ''}`,
      fix: mends
        ? `raise it to ${target.version}`
        : (advisory.workaround ?? `no ${line} is known to mend it: ${wayOut(part, tables)}`),
      day: advisory.published as Day | null,
      source: advisory.source,
      verified: advisory.verified,
    };
  });
  const [now, newest] = [scheme.parse(running), target === null ? null : scheme.parse(target.version)];
  const behind =
    now !== null &&
    newest !== null &&
    now.numbers.some(
      (n, i) => n < (newest.numbers[i] ?? 0) && now.numbers.slice(0, i).every((m, k) => m === newest.numbers[k]),
    );
  if (open.length > 0 || !behind || target === null) return open;
  const text = `${product.name} ${running} is not the newest patch: ${target.version} of ${target.released}`;
  return [
    {
      part: id,
      concern: 'patch',
      severity: 'low',
      text,
      fix: `raise it to ${target.version}`,
      day: target.released,
      source: null,
      verified: true,
    },
  ];
}

/** A package and the engine it talks to. */
function fits(part: StackPart, parts: readonly StackPart[], tables: Tables): readonly StackFinding[] {
  const compat = compatOf(tables, part.product.id);
  const engine = parts.find((other) => other.id === part.store && other !== part && other.product.kind === 'engine');
  const line = engine === undefined ? null : lineOf(engine);
  if (engine === undefined || part.running === null || line === null || part.product.kind === 'engine') return [];
  if (compat === null || compat.engine !== engine.product.id) {
    const text = `nothing is known of which lines of ${engine.product.name} ${part.product.name} admits`;
    return [
      { part: part.id, concern: 'unknown', severity: 'low', text, fix: null, day: null, source: null, verified: false },
    ];
  }
  const found = admission(compat, part.product.name, part.running, line);
  if (found.fit === 'yes') return [];
  return [
    {
      part: part.id,
      concern: found.fit === 'unknown' ? 'unknown' : 'unsupported',
      severity: found.fit === 'no' ? 'high' : 'medium',
      text: `${found.because} (${engine.product.name} ${engine.running} runs)`,
      fix: `neap path ${engine.id}`,
      day: null,
      source: found.row?.source ?? null,
      verified: found.verified,
    },
  ];
}

/** A driver of its own beside an ODM that brings another. */
function driverBeside(part: StackPart, parts: readonly StackPart[], tables: Tables): readonly StackFinding[] {
  const range = part.running === null ? null : driverOf(tables, part.product.id, part.running);
  if (range === null) return [];
  return parts
    .filter((other) => other.product.kind === 'driver' && other.store === part.store && other.running !== null)
    .filter((other) => semver.valid(other.running) !== null && !semver.satisfies(other.running ?? '', range))
    .map((other) => ({
      part: other.id,
      concern: 'unsupported' as const,
      severity: 'low' as const,
      text: `${part.product.name} ${part.running} brings a driver of its own (${range}), beside ${other.product.name} ${other.running}`,
      fix: `keep ${other.product.name} within ${range}, so that there is one`,
      day: null,
      source: 'npm registry, dependencies',
      verified: true,
    }));
}

/** FCV and operating system of an engine. */
function ground(part: StackPart, tables: Tables): readonly StackFinding[] {
  const line = lineOf(part);
  const found: StackFinding[] = [];
  if (line === null) return found;
  const about = { part: part.id, day: null };
  if (part.fcv !== null && part.fcv !== line) {
    found.push({
      ...about,
      concern: 'fcv',
      severity: 'medium',
      text: `${part.product.name} ${part.running} runs at FCV ${part.fcv}: the next upgrade needs ${line}`,
      fix: `raise the FCV to ${line} once the burn-in is over`,
      source: 'data/engines/hops.json',
      verified: true,
    });
  }
  const table = tables.platforms.find(({ product }) => product === part.product.id) ?? null;
  if (part.platform !== null && table !== null) {
    const there = runsOn(table, part.platform, line);
    if (there.fit === 'no') {
      found.push({
        ...about,
        concern: 'platform',
        severity: 'medium',
        text: `${part.product.name} ${line} is not supported on ${part.platform} (${there.row?.basis})`,
        fix: 'move to a release of the system that is',
        source: there.row?.source ?? null,
        verified: there.row?.verified ?? false,
      });
    }
  }
  return found;
}
