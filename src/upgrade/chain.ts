import semver from 'semver';
import type { Policy } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Product } from '../domain/product.ts';
import type { History } from '../domain/release.ts';
import { compareLines } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { admission, compatOf } from './compat.ts';
import { type Finding, hopFindings, toolsFor } from './findings.ts';
import { driverOf, majorsBetween, nodeOf, type Package, type PackageChoice, versionFor } from './packages.ts';
import { platformsForBoth, runsOn } from './platform.ts';
import { citing, type Edition, type Route, type RouteHop, routeFor } from './route.ts';
import type { Tables } from './tables.ts';
import { type Target, targetOf } from './target.ts';
import { backFromBinaries, backFromFcv, downgradeNote, type WayBack } from './way-back.ts';

/** The engine as it runs, and what the team runs beside it. */
export interface ChainRequest {
  readonly store: string;
  readonly product: Product;
  readonly history: History;
  /** Name of the engine that runs, where the chain leads to another one; absent: the same. */
  readonly fromName?: string;
  /** Full version; `7.0` alone stands for the newest 7.0. */
  readonly running: string;
  /** Line wanted. */
  readonly to: string;
  readonly edition: Edition;
  readonly topology: string | null;
  readonly platform: string | null;
  /** FCV that is set; `null` when the team did not say, and then taken for the running line. */
  readonly fcv: string | null;
  readonly packages: readonly Package[];
  /** Node.js as it runs, with its releases; `null` when it is not in the stack. */
  readonly runtime: Package | null;
  readonly asOf: Day;
  readonly policy: Policy['engineUpgrades'];
  readonly tables: Tables;
}

export type StepKind = 'platform' | 'runtime' | 'packages' | 'prepare' | 'binaries' | 'burn-in' | 'fcv' | 'soak';

/** One step of a chain. Work has working days and effort; waits have calendar days. */
export interface ChainStep {
  /** `8.0/binaries`; stable while the route is the same. */
  readonly id: string;
  readonly kind: StepKind;
  readonly title: string;
  /** Line the engine is on before and after the hop this belongs to. */
  readonly from: string;
  readonly to: string;
  /** Version the step brings, where it brings one. */
  readonly version: string | null;
  /** Working days; 0 for waits. */
  readonly days: number;
  /** Calendar days; 0 for work. */
  readonly wait: number;
  /** Person-days. */
  readonly effort: number;
  readonly wayBack: WayBack;
  /** What to know or do, sentences. */
  readonly details: readonly string[];
  readonly changes: readonly PackageChoice[];
  /** First day the policy lets the step start, with the reason; `null`: at once. */
  readonly ripe: { readonly from: Day; readonly because: string } | null;
  /** Something the step rests on was never checked at its source. */
  readonly unverified: readonly string[];
}

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

/** What runs while the chain is walked. */
interface Standing {
  platform: string | null;
  readonly packages: Map<string, string | null>;
  runtime: string | null;
}

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
    steps.push(...hopSteps({ request, hop, target, from, hasFcv, last: index === hops.length - 1 }));
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

function startFindings(request: ChainRequest, line: string): readonly Finding[] {
  const found: Finding[] = [];
  if (request.platform === null && request.tables.platforms.some(({ product }) => product === request.product.id)) {
    found.push({
      severity: 'medium',
      step: null,
      text: `neap.yaml does not say on which platform ${request.product.name} runs: whether the next lines run there was not looked at`,
      source: null,
      verified: true,
    });
  }
  for (const one of request.packages) {
    if (one.running === null) {
      found.push({
        severity: 'high',
        step: null,
        text: `nobody said which ${one.product.name} runs: whether it admits the next lines was not looked at`,
        source: null,
        verified: true,
      });
      continue;
    }
    const compat = compatOf(request.tables, one.product.id);
    const now = compat === null ? null : admission(compat, one.product.name, one.running, line);
    if (now !== null && now.fit !== 'yes') {
      found.push({
        severity: now.fit === 'no' ? 'high' : 'medium',
        step: null,
        text: `today already: ${now.because}`,
        source: now.row?.source ?? null,
        verified: now.verified,
      });
    }
  }
  return found;
}

interface Before {
  readonly steps: readonly ChainStep[];
  readonly findings: readonly Finding[];
  readonly stuck: readonly string[];
}

/** What has to be in place before a hop: the host's system, the runtime, drivers and ODM. Changes `standing` to what then runs. */
function beforeHop(request: ChainRequest, standing: Standing, lines: readonly string[], hop: RouteHop): Before {
  const { tables, product, asOf } = request;
  const steps: ChainStep[] = [];
  const findings: Finding[] = [];
  const stuck: string[] = [];
  const table = tables.platforms.find((one) => one.product === product.id) ?? null;
  if (standing.platform !== null && table !== null) {
    const there = runsOn(table, standing.platform, hop.to);
    if (there.fit === 'no') {
      const [next] = platformsForBoth(table, standing.platform, hop.from, hop.to);
      const cited = `${product.name} ${hop.to} is not offered for ${standing.platform} (${there.row?.basis}; ${there.row?.source})`;
      if (next === undefined) {
        stuck.push(
          `${cited}, and no later release of that system runs both ${hop.from} and ${hop.to}: move to a new host`,
        );
      } else {
        steps.push(platformStep(hop, standing.platform, next, cited, there.row?.verified ?? false));
        standing.platform = next;
      }
    } else if (there.fit === 'unknown' || there.row?.verified === false) {
      const text =
        there.fit === 'unknown'
          ? `whether ${product.name} ${hop.to} is offered for ${standing.platform} is not known`
          : `${product.name} ${hop.to} on ${standing.platform}: ${there.row?.basis}, not checked with the vendor`;
      findings.push({
        severity: 'medium',
        step: `${hop.to}/prepare`,
        text,
        source: there.row?.source ?? null,
        verified: false,
      });
    }
  }
  const changes: PackageChoice[] = [];
  // The ODM first: the driver beside it should be one it works with.
  const order = request.packages.toSorted(
    (a, b) => Number(b.product.kind === 'odm') - Number(a.product.kind === 'odm'),
  );
  for (const one of order) {
    const running = standing.packages.get(one.id) ?? null;
    if (running === null) continue;
    if (compatOf(tables, one.product.id) === null) {
      findings.push({
        severity: 'medium',
        step: `${hop.to}/prepare`,
        text: `nothing is known of which lines ${one.product.name} admits: look it up before ${hop.to}`,
        source: null,
        verified: false,
      });
      continue;
    }
    const odm = changes.find((change) => driverOf(tables, change.product, change.to) !== null);
    const driver = one.product.kind === 'driver' && odm !== undefined ? driverOf(tables, odm.product, odm.to) : null;
    const result = versionFor(one, running, lines, asOf, tables, { driver });
    if (result.kind === 'none') stuck.push(result.because);
    if (result.kind === 'change') {
      changes.push(result.choice);
      standing.packages.set(one.id, result.choice.to);
    }
  }
  if (stuck.length > 0 || changes.length === 0) return { steps, findings, stuck };
  const runtime = runtimeStep(request, standing, changes, hop);
  if (runtime !== null) steps.push(runtime);
  steps.push(packagesStep(request, changes, hop));
  return { steps, findings, stuck };
}

const UNDO = (text: string): WayBack => ({ kind: 'undo', text, noReturn: false, source: null, verified: true });

function platformStep(hop: RouteHop, from: string, to: string, because: string, verified: boolean): ChainStep {
  return {
    ...blank(hop),
    id: `${hop.to}/platform`,
    kind: 'platform',
    title: `hosts from ${from} to ${to}`,
    days: 2,
    effort: 2,
    wayBack: UNDO('Keep the old hosts until the engine runs on the new ones.'),
    details: [because, `${to} runs both ${hop.from} and ${hop.to}; upgrade in place or move member by member`],
    unverified: verified ? [] : [because],
  };
}

function runtimeStep(
  { tables, runtime, asOf }: ChainRequest,
  standing: Standing,
  changes: readonly PackageChoice[],
  hop: RouteHop,
): ChainStep | null {
  const ranges = changes.flatMap((change) => nodeOf(tables, change.product, change.to) ?? []);
  const fits = (version: string) => ranges.every((range) => semver.satisfies(version, range));
  if (runtime === null || standing.runtime === null || fits(standing.runtime)) return null;
  const published = (runtime.history?.releases ?? []).filter(
    ({ version, level, date }) => level !== 'prerelease' && date !== null && date <= addDays(asOf, -7) && fits(version),
  );
  // Even majors become long-term support half a year after they come out (nodejs.org, release schedule).
  const lasting = published.filter(({ version, date }) => {
    const first = published.find((other) => semver.major(other.version) === semver.major(version))?.date ?? date;
    return semver.major(version) % 2 === 0 && first !== null && first <= addDays(asOf, -183);
  });
  const ends = (version: string) =>
    runtime.history?.lines.find(({ line }) => line === version.split('.').slice(0, 2).join('.'))?.eol?.day ?? null;
  const alive = lasting.filter(({ version }) => {
    const end = ends(version);
    return end === null || end > addDays(asOf, 180);
  });
  const lowest = (alive.length > 0 ? alive : lasting)
    .map(({ version }) => semver.major(version))
    .sort((a, b) => a - b)[0];
  const to = lasting.findLast(({ version }) => semver.major(version) === lowest)?.version ?? null;
  const wants = `needs Node.js ${ranges.join(' and ')}`;
  const from = standing.runtime;
  standing.runtime = to ?? from;
  return {
    ...blank(hop),
    id: `${hop.to}/runtime`,
    kind: 'runtime',
    title: `Node.js ${from} to ${to ?? ranges.join(' and ')}`,
    version: to,
    days: 1,
    effort: 1,
    wayBack: UNDO(`Deploy with Node.js ${from} again.`),
    details: [`${changes.map(({ name, to: version }) => `${name} ${version}`).join(', ')} ${wants}`],
  };
}

function packagesStep({ tables, runtime }: ChainRequest, changes: readonly PackageChoice[], hop: RouteHop): ChainStep {
  const details = changes.flatMap((change) => {
    const majors = majorsBetween(tables, change.product, change.from, change.to);
    const advised = majors.find(({ startFrom }) => startFrom !== null && semver.lt(change.from, `${startFrom}.0`));
    return [
      change.because,
      ...(runtime === null && nodeOf(tables, change.product, change.to) !== null
        ? [`${change.name} ${change.to} needs Node.js ${nodeOf(tables, change.product, change.to)}`]
        : []),
      ...majors.map((major) => `${change.name} ${major.from} changes: ${major.changes.join('; ')}`),
      ...(advised === undefined
        ? []
        : [`go by ${change.name} ${advised.startFrom} before ${advised.from}, as its vendor advises`]),
    ];
  });
  return {
    ...blank(hop),
    id: `${hop.to}/packages`,
    kind: 'packages',
    title: changes.map(({ name, from, to }) => `${name} ${from} to ${to}`).join(', '),
    days: 1,
    effort: changes.length,
    wayBack: UNDO(
      `Deploy the application with ${changes.map(({ name, from }) => `${name} ${from}`).join(', ')} again.`,
    ),
    details,
    changes,
    unverified: changes.flatMap((change) => (change.verified ? [] : [change.because])),
  };
}

function fcvFirst(request: ChainRequest, line: string): ChainStep {
  const hop = { from: line, to: line };
  return {
    ...blank(hop),
    id: `${line}/fcv`,
    kind: 'fcv',
    title: `raise the FCV from ${request.fcv} to ${line}`,
    days: 1,
    effort: 0.5,
    wayBack: backFromFcv(
      { product: request.product.id, from: request.fcv ?? line, to: line, edition: request.edition },
      request.tables,
    ),
    details: [`every member must be at FCV ${line} before the next binary`],
  };
}

interface HopInput {
  readonly request: ChainRequest;
  readonly hop: RouteHop;
  readonly target: Target;
  readonly from: { readonly line: string; readonly version: string };
  readonly hasFcv: boolean;
  readonly last: boolean;
}

function hopSteps({ request, hop, target, from, hasFcv }: HopInput): readonly ChainStep[] {
  const { product, history, tables, edition, policy, topology, asOf } = request;
  const scheme = schemeOf(product.versioning);
  const other = request.fromName !== undefined && from.version === request.running;
  const name = other
    ? `${request.fromName} ${from.version} → ${product.name} ${target.version}`
    : `${product.name} ${from.version} → ${target.version}`;
  const question = { product: product.id, from: hop.from, to: hop.to, edition };
  const cites = hop.row.verified ? [] : [`the hop ${hop.from} → ${hop.to}: ${hop.row.source}`];
  const patch = targetOf(history, hop.from, asOf, scheme, tables.advisories);
  const details = [`${target.version} is ${target.because}`];
  if (
    !other &&
    patch !== null &&
    from.version !== hop.from &&
    compareVersionsOf(scheme, from.version, patch.version) < 0
  ) {
    details.unshift(`raise ${from.version} to ${patch.version} first: a hop starts from the newest patch`);
  }
  const backup = product.id === 'mongodb' ? toolsFor(tables, hop.to) : null;
  if (backup !== null) details.push(`back up with MongoDB Database Tools ${backup} or newer, which know ${hop.to}`);
  for (const { id, affected } of target.open) {
    const mends = affected.find(({ below }) => below !== null && scheme.parse(below)?.line === hop.to)?.below ?? null;
    const where =
      mends === null ? 'no mending version is known' : `${mends} mends it, which neap has not read of yet: neap sync`;
    details.push(`${target.version} still has ${id}: ${where}`);
  }
  if (hop.row.note !== null && hop.row.note !== '') details.push(hop.row.note);
  const effort = { prepare: policy.effort / 4, binaries: policy.effort / 2, fcv: policy.effort / 4 };
  const step = (kind: StepKind, given: Partial<ChainStep>): ChainStep => ({
    ...blank(hop),
    id: `${hop.to}/${kind}`,
    kind,
    unverified: cites,
    ...given,
  });
  const engine = tables.engines.find((one) => one.product === product.id);
  const days =
    engine?.binariesDays[topology ?? ''] ?? Math.max(1, ...Object.values(engine?.binariesDays ?? {}).slice(0, 2));
  const back = backFromBinaries(question, tables);
  const note = back.kind === 'downgrade' ? downgradeNote(product.id, hop.to, hop.from, tables) : null;
  const backNote = note === null ? [] : [`the way back: ${note}`];
  const uncertain = back.verified ? cites : [...cites, `the way back from ${hop.to}: ${back.source ?? 'no row'}`];
  const prepare = () =>
    step('prepare', {
      title: `${name}: prepare, backup and pre-checks`,
      days: 1,
      effort: effort.prepare,
      wayBack: UNDO('Nothing has changed yet.'),
      details,
    });
  if (hop.kind === 'downgrade') {
    const supported = 'community' in hop.row && hop.row[edition] === 'support';
    if (supported) details.push('only with the vendor’s support: ask before you plan it');
    const lower = step('fcv', {
      title: `lower the FCV to ${hop.to}`,
      days: 1,
      effort: effort.fcv,
      wayBack: UNDO('Raise the FCV again.'),
    });
    const old = step('binaries', {
      title: `${name}: older binaries`,
      version: target.version,
      days,
      effort: effort.binaries,
      wayBack: UNDO(`Put ${hop.from} back.`),
    });
    return hasFcv ? [prepare(), lower, old] : [prepare(), old];
  }
  return [
    prepare(),
    step('binaries', {
      title: `${name}: new binaries`,
      version: target.version,
      days: edition === 'atlas' ? 1 : days,
      effort: effort.binaries,
      wayBack: back,
      ripe: ripeness(request, hop.to),
      details: edition === 'atlas' ? ['Atlas does the work; pin the FCV before, or there is no way back'] : backNote,
      unverified: uncertain,
    }),
    ...(hasFcv
      ? [
          step('burn-in', {
            title: `burn-in on ${target.version} at FCV ${hop.from}`,
            wait: policy.burnIn,
            wayBack: back,
          }),
          step('fcv', {
            title: `raise the FCV to ${hop.to}`,
            days: 1,
            effort: effort.fcv,
            wayBack: backFromFcv(question, tables),
            details: tables.fcvNotes
              .filter(
                (note) =>
                  note.product === product.id &&
                  (note.line === null
                    ? ['not-during', 'repeat'].includes(note.topic) ||
                      (note.topic === 'sharded' && topology === 'sharded')
                    : note.line === hop.to),
              )
              .map((note) => note.text),
            unverified: uncertain,
          }),
        ]
      : []),
    step('soak', {
      title: `soak on ${target.version}`,
      wait: hasFcv ? policy.soak : policy.burnIn + policy.soak,
      wayBack: hasFcv ? backFromFcv(question, tables) : back,
    }),
  ];
}

function ripeness({ history, policy, asOf }: ChainRequest, to: string): ChainStep['ripe'] {
  const line = history.lines.find((one) => one.line === to);
  if (line?.ga == null) return null;
  const published = history.releases.filter(
    (release) => release.line === to && release.level !== 'prerelease' && release.date !== null && release.date <= asOf,
  );
  const patches = published.length - 1;
  if (patches < policy.minPatch) {
    return { from: '9999-12-31' as Day, because: `${to} has ${patches} patches, the policy wants ${policy.minPatch}` };
  }
  const from = addDays(line.ga, policy.minAge);
  return { from, because: `${to} came out on ${line.ga}; the policy waits ${policy.minAge} days, until ${from}` };
}

function packageFindings(tables: Tables, one: Package, running: string | null, line: string): readonly Finding[] {
  const compat = compatOf(tables, one.product.id);
  if (compat === null || running === null || semver.valid(running) === null) return [];
  const reaches = (floor: string | null) => floor === null || compareLines(line, floor) >= 0;
  return compat.notes
    .filter((note) => semver.satisfies(running, note.versions) && reaches(note.engineFrom) && note.severity !== 'low')
    .map((note) => ({
      severity: note.severity,
      step: `${line}/prepare`,
      text: `${one.product.name} ${running}: ${note.text}`,
      source: note.source,
      verified: note.verified,
    }));
}

function compareVersionsOf(scheme: ReturnType<typeof schemeOf>, a: string, b: string): number {
  const [left, right] = [scheme.parse(a), scheme.parse(b)];
  if (left === null || right === null) return 0;
  for (let i = 0; i < 4; i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function blank({ from, to }: { readonly from: string; readonly to: string }): ChainStep {
  return {
    id: '',
    kind: 'prepare',
    title: '',
    from,
    to,
    version: null,
    days: 0,
    wait: 0,
    effort: 0,
    wayBack: UNDO(''),
    details: [],
    changes: [],
    ripe: null,
    unverified: [],
  };
}

function dedupe(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.text, finding])).values()];
}
