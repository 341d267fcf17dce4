import { compareLines, compareVersions } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { beforeHop, type Standing } from './before-hop.ts';
import { type Finding, hopFindings } from './findings.ts';
import { fcvFirst, hopSteps } from './hop-steps.ts';
import { packageFindings, startFindings } from './package-findings.ts';
import { patchStep } from './patch.ts';
import type { ChainRequest } from './request.ts';
import { type Ripeness, ripenessOf } from './ripeness.ts';
import { citing, type Edition, type Route, type RouteHop, routeFor } from './route.ts';
import type { ChainStep } from './step.ts';
import { openAdvisories, type Target, targetOf } from './target.ts';

export interface Chain {
  readonly store: string;
  readonly product: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly edition: Edition;
  readonly topology: string | null;
  readonly platform: string | null;
  /** Lines in order, the running one first. */
  readonly lines: readonly string[];
  readonly steps: readonly ChainStep[];
  /** Id of the first step after which the way back is a restore, or nothing; `null`: there is none. */
  readonly noReturn: string | null;
  readonly findings: readonly Finding[];
  /** Other routes, as lines. */
  readonly others: readonly { readonly lines: readonly string[]; readonly because: string }[];
  readonly totals: { readonly days: number; readonly wait: number; readonly effort: number };
}

export type ChainResult =
  | { readonly kind: 'chain'; readonly chain: Chain }
  | { readonly kind: 'there'; readonly line: string }
  /** A line of the way has nothing to install yet: it is not out, or its releases are too young. */
  | {
      readonly kind: 'later';
      readonly title: string;
      /** All lines of the way, the running one first. */
      readonly lines: readonly string[];
      /** The first that has to be waited for. */
      readonly line: string;
      readonly ripeness: Ripeness;
      /** The chain up to the line before it; `null` where that is the one that runs. */
      readonly chain: Chain | null;
    }
  | (Extract<Route, { kind: 'none' }> & { readonly title: string });

/** Works out the whole ordered chain from what runs to the line wanted, or says which rows forbid it. Pure. */
export function chainFor(request: ChainRequest): ChainResult {
  const { product, to, edition, tables } = request;
  const line = schemeOf(product.versioning).parse(request.running)?.line ?? request.running;
  const title = `${product.name} ${request.running} → ${to}`;
  const route = routeFor({ product: product.id, from: line, to, edition }, tables);
  if (route.kind === 'there') return { kind: 'there', line };
  if (route.kind === 'none') {
    if (!isToCome(request, line)) return { ...route, title };
    return { kind: 'later', title, lines: [line, to], line: to, ripeness: ripenessOf(request, to), chain: null };
  }
  const refusals: string[] = [];
  let waiting: Extract<Built, { kind: 'later' }> | null = null;
  // A way that some package cannot go with may have a longer one that it can: an engine in between.
  for (const hops of [route.hops, ...route.others]) {
    const built = build(request, line, hops);
    if (built.kind === 'chain') {
      const others = [route.hops, ...route.others].filter((way) => way !== hops);
      return { kind: 'chain', chain: { ...built.chain, others: others.map(alternative) } };
    }
    if (built.kind === 'later') waiting ??= built;
    else refusals.push(...built.rows);
  }
  if (waiting !== null) return { title, ...waiting };
  const rows = [...new Set(refusals)];
  const because =
    rows.length === 1 ? (rows[0] ?? '') : `no way from ${line} to ${to} suits everything that runs beside`;
  return { kind: 'none', title, because, rows: rows.length === 1 ? [] : rows, nearest: null };
}

function alternative(way: readonly RouteHop[]): Chain['others'][number] {
  const lines = [way[0]?.from ?? '', ...way.map((hop) => hop.to)];
  const back = way.find((hop) => hop.kind === 'downgrade');
  return {
    lines,
    because: back === undefined ? 'longer' : `goes back first: ${citing(back.row)}`,
  };
}

type Built =
  | { readonly kind: 'chain'; readonly chain: Chain }
  | Omit<Extract<ChainResult, { kind: 'later' }>, 'title'>
  | { readonly kind: 'stuck'; readonly rows: readonly string[] };

/** A line above all that anybody knows is not out yet; one among them that has no row is unknown. */
function isToCome({ product, history, to, tables }: ChainRequest, running: string): boolean {
  if (!tables.engines.some((one) => one.product === product.id)) return false;
  if (schemeOf(product.versioning).parse(`${to}.0`)?.line !== to) return false;
  const known = [
    ...tables.lines.filter((row) => row.product === product.id).map((row) => row.line),
    ...history.lines.map((one) => one.line),
  ];
  return known.includes(running) && known.every((line) => compareLines(line, to) < 0);
}

/** What a hop lands on; of one that has begun it is what runs. */
function landing(request: ChainRequest, hop: RouteHop): Target | null {
  const { product, history, asOf, tables, begun = null, to } = request;
  const scheme = schemeOf(product.versioning);
  if (begun === null || hop.to !== to) return targetOf(history, hop.to, asOf, scheme, tables.advisories);
  const open = openAdvisories(product.id, begun, scheme, tables.advisories);
  return { version: begun, released: null, open, because: 'what runs already' };
}

/** The patch that another piece of work brings before the first hop; `null` where it is none, or below what runs. */
function patchedBefore({ product, running, patched = null }: ChainRequest, line: string): string | null {
  const scheme = schemeOf(product.versioning);
  const [now, then] = [scheme.parse(running), patched === null ? null : scheme.parse(patched)];
  if (now === null || then === null || then.line !== line) return null;
  return running === line || compareVersions(now, then) < 0 ? patched : null;
}

function build(request: ChainRequest, line: string, hops: readonly RouteHop[]): Built {
  const { product, tables } = request;
  const lines = [line, ...hops.map((hop) => hop.to)];
  const standing: Standing = {
    platform: request.platform,
    packages: new Map(request.packages.map((one) => [one.id, one.running])),
    runtime: request.runtime?.running ?? null,
  };
  const steps: ChainStep[] = [];
  const findings: Finding[] = [...startFindings(request, line)];
  const engine = tables.engines.find((one) => one.product === product.id);
  const hasFcv = engine?.fcv != null;
  // On the way back the FCV is not raised first, to be lowered after.
  if (hasFcv && request.fcv !== null && request.fcv !== line && hops[0]?.kind === 'upgrade') {
    steps.push(fcvFirst(request, line));
  }
  let current = request.running;
  const whole = (reached: readonly string[]): Chain =>
    chainOf(request, { to: current, lines: reached, steps, findings });
  for (const [index, hop] of hops.entries()) {
    const target = landing(request, hop);
    if (target === null) {
      const isKnown = request.history.lines.some((one) => compareLines(one.line, hop.to) > 0 && one.releases > 0);
      const ripeness = ripenessOf(request, hop.to);
      const isOut = ripeness.ga !== null && ripeness.ga <= request.asOf;
      // Of a line that is no news and of which no release is known nobody can say when there will be one.
      if (hop.kind === 'downgrade' || (isKnown && !isOut)) {
        return { kind: 'stuck', rows: [`no release of ${product.name} ${hop.to} is seven days old and known`] };
      }
      return {
        kind: 'later',
        lines,
        line: hop.to,
        ripeness,
        chain: index === 0 ? null : whole(lines.slice(0, index + 1)),
      };
    }
    const patched = index === 0 ? patchedBefore(request, line) : null;
    const patch = patchStep(request, hop, patched ?? current);
    if (patch !== null) steps.push(patch);
    const before = beforeHop(request, standing, lines.slice(index), hop);
    if (before.stuck.length > 0) return { kind: 'stuck', rows: before.stuck };
    steps.push(...before.steps);
    findings.push(...before.findings);
    const from = { line: hop.from, version: current, patched: patch?.version ?? patched };
    steps.push(...hopSteps({ request, hop, target, from, hasFcv }));
    findings.push(...hopFindings(tables, product, hop, { version: target.version, open: target.open }));
    for (const one of request.packages) {
      findings.push(...packageFindings(tables, one, standing.packages.get(one.id) ?? null, hop.to));
    }
    current = target.version;
  }
  return { kind: 'chain', chain: whole(lines) };
}

/** The chain of what was worked out. */
function chainOf(
  { store, product, running, edition, topology, platform, policy }: ChainRequest,
  { to, lines, steps, findings }: Pick<Chain, 'to' | 'lines' | 'steps' | 'findings'>,
): Chain {
  const sum = (of: (step: ChainStep) => number) => steps.reduce((total, step) => total + of(step), 0);
  return {
    store,
    product: product.id,
    name: product.name,
    from: running,
    to,
    edition,
    topology,
    platform,
    lines,
    steps,
    noReturn: steps.find((step) => step.wayBack.noReturn)?.id ?? null,
    findings: dedupe(findings),
    others: [],
    totals: {
      days: sum(({ days }) => days),
      wait: sum(({ wait }) => wait),
      effort: Math.max(
        policy.effort,
        sum(({ effort }) => effort),
      ),
    },
  };
}

function dedupe(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.text, finding])).values()];
}
