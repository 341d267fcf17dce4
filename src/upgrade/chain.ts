import { schemeOf } from '../versioning/schemes.ts';
import { beforeHop, type Standing } from './before-hop.ts';
import { type Finding, hopFindings } from './findings.ts';
import { fcvFirst, hopSteps } from './hop-steps.ts';
import { packageFindings, startFindings } from './package-findings.ts';
import type { ChainRequest } from './request.ts';
import { citing, type Edition, type Route, type RouteHop, routeFor } from './route.ts';
import type { ChainStep } from './step.ts';
import { targetOf } from './target.ts';

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
  | (Extract<Route, { kind: 'none' }> & { readonly title: string });

/** Works out the whole ordered chain from what runs to the line wanted, or says which rows forbid it. Pure. */
export function chainFor(request: ChainRequest): ChainResult {
  const { product, to, edition, tables } = request;
  const line = schemeOf(product.versioning).parse(request.running)?.line ?? request.running;
  const title = `${product.name} ${request.running} → ${to}`;
  const route = routeFor({ product: product.id, from: line, to, edition }, tables);
  if (route.kind === 'there') return { kind: 'there', line };
  if (route.kind === 'none') return { ...route, title };
  const refusals: string[] = [];
  // A way that some package cannot go with may have a longer one that it can: an engine in between.
  for (const hops of [route.hops, ...route.others]) {
    const built = build(request, line, hops);
    if (built.kind === 'chain') {
      const others = [route.hops, ...route.others].filter((way) => way !== hops);
      return { kind: 'chain', chain: { ...built.chain, others: others.map(alternative) } };
    }
    refusals.push(...built.rows);
  }
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
  | { readonly kind: 'stuck'; readonly rows: readonly string[] };

function build(request: ChainRequest, line: string, hops: readonly RouteHop[]): Built {
  const { product, edition, tables, policy } = request;
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
  if (hasFcv && request.fcv !== null && request.fcv !== line) {
    steps.push(fcvFirst(request, line));
  }
  let current = request.running;
  for (const [index, hop] of hops.entries()) {
    const target = targetOf(request.history, hop.to, request.asOf, schemeOf(product.versioning), tables.advisories);
    if (target === null) {
      return { kind: 'stuck', rows: [`no release of ${product.name} ${hop.to} is seven days old and known`] };
    }
    const before = beforeHop(request, standing, lines.slice(index), hop);
    if (before.stuck.length > 0) return { kind: 'stuck', rows: before.stuck };
    steps.push(...before.steps);
    findings.push(...before.findings);
    const from = { line: hop.from, version: current };
    steps.push(...hopSteps({ request, hop, target, from, hasFcv }));
    findings.push(...hopFindings(tables, product, hop, { version: target.version, open: target.open }));
    for (const one of request.packages) {
      findings.push(...packageFindings(tables, one, standing.packages.get(one.id) ?? null, hop.to));
    }
    current = target.version;
  }
  const sum = (of: (step: ChainStep) => number) => steps.reduce((total, step) => total + of(step), 0);
  const chain: Chain = {
    store: request.store,
    product: product.id,
    name: product.name,
    from: request.running,
    to: current,
    edition,
    topology: request.topology,
    platform: request.platform,
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
  return { kind: 'chain', chain };
}

function dedupe(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.text, finding])).values()];
}
