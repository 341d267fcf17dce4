import semver from 'semver';
import type { Finding } from './findings.ts';
import { majorRow } from './majors.ts';
import { type Move, type PackageWindow, packagePlan } from './package-windows.ts';
import { nodeOf } from './packages.ts';
import { platformsForBoth, runsOn } from './platform.ts';
import type { ChainRequest } from './request.ts';
import type { RouteHop } from './route.ts';
import { runtimeStep } from './runtime-step.ts';
import { blankStep, type ChainStep, undo } from './step.ts';
import type { PackageEffort, Tables } from './tables.ts';

/** What runs while the chain is walked. */
export interface Standing {
  platform: string | null;
  readonly packages: Map<string, string | null>;
  runtime: string | null;
}

/** What must be done before a hop, and what forbids it. */
export interface Before {
  readonly steps: readonly ChainStep[];
  readonly findings: readonly Finding[];
  readonly stuck: readonly string[];
}

/** What has to be in place before a hop: the host's system, the runtime, drivers and ODM. Changes `standing` to what then runs. */
export function beforeHop(request: ChainRequest, standing: Standing, lines: readonly string[], hop: RouteHop): Before {
  const { tables, product } = request;
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
  const plan = packagePlan(request, standing.packages, lines, hop);
  findings.push(...plan.findings);
  stuck.push(...plan.stuck);
  if (stuck.length > 0) return { steps, findings, stuck };
  for (const [id, version] of plan.running) standing.packages.set(id, version);
  steps.push(...withRuntime(request, standing, plan.windows, hop));
  return { steps, findings, stuck };
}

/** The windows as steps, and before the first that needs one a newer runtime that does for all after it too. */
function withRuntime(
  request: ChainRequest,
  standing: Standing,
  windows: readonly PackageWindow[],
  hop: RouteHop,
): readonly ChainStep[] {
  const { tables } = request;
  const { runtime: now } = standing;
  const needsNewer = ({ moves }: PackageWindow) =>
    moves.some(({ choice }) => {
      const range = nodeOf(tables, choice.product, choice.to);
      return now !== null && range !== null && !semver.satisfies(now, range);
    });
  const first = windows.findIndex(needsNewer);
  const later = first < 0 ? [] : windows.slice(first);
  const changes = later.flatMap(({ moves }) => moves.map(({ choice }) => choice));
  const runtime = runtimeStep(request, standing, changes, hop);
  const steps = windows.map((window) => packagesStep(request, window, hop));
  return runtime === null ? steps : steps.toSpliced(first, 0, runtime);
}

function platformStep(hop: RouteHop, from: string, to: string, because: string, verified: boolean): ChainStep {
  return {
    ...blankStep(hop),
    id: `${hop.to}/platform`,
    kind: 'platform',
    name: 'platform',
    title: `hosts from ${from} to ${to}`,
    platform: to,
    days: 2,
    effort: 2,
    wayBack: undo('Keep the old hosts until the engine runs on the new ones.'),
    details: [because, `${to} runs both ${hop.from} and ${hop.to}; upgrade in place or move member by member`],
    unverified: verified ? [] : [because],
  };
}

function packagesStep({ tables, runtime }: ChainRequest, { name, moves }: PackageWindow, hop: RouteHop): ChainStep {
  const changes = moves.map(({ choice }) => choice);
  const details = moves.flatMap(({ choice, majors, details: said }) => [
    choice.because,
    ...(runtime === null && nodeOf(tables, choice.product, choice.to) !== null
      ? [`${choice.name} ${choice.to} needs Node.js ${nodeOf(tables, choice.product, choice.to)}`]
      : []),
    ...majors.flatMap((major) => {
      const row = majorRow(tables, choice.product, major);
      return row === null ? [] : [`${choice.name} ${row.from} changes: ${row.changes.join('; ')}`];
    }),
    ...said,
  ]);
  return {
    ...blankStep(hop),
    id: `${hop.to}/${name}`,
    kind: 'packages',
    name,
    major: moves.some(({ majors }) => majors.length > 0),
    title: changes.map(({ name: own, from, to }) => `${own} ${from} to ${to}`).join(', '),
    ...workOf(tables, moves),
    wayBack: undo(
      `Deploy the application with ${changes.map(({ name: own, from }) => `${own} ${from}`).join(', ')} again.`,
    ),
    details,
    changes,
    unverified: changes.flatMap((change) => (change.verified ? [] : [change.because])),
  };
}

/**
 * Days and effort of a window. Several majors of one package, where some are passed over, add up. Packages that move together are tested
 * together: the longest decides the days, the dearest the effort, and each further one costs what a change within its major does.
 */
function workOf(tables: Tables, moves: readonly Move[]): { readonly days: number; readonly effort: number } {
  const { major: usual, minor } = tables.packageWork;
  const each = moves.map(({ choice, majors }) => {
    const works = majors.map((major) => majorRow(tables, choice.product, major)?.work ?? usual);
    const sum = (of: (work: PackageEffort) => number) => works.reduce((total, work) => total + of(work), 0);
    return works.length === 0 ? minor : { days: sum(({ days }) => days), effort: sum(({ effort }) => effort) };
  });
  return {
    days: Math.max(...each.map(({ days }) => days)),
    effort: Math.max(...each.map(({ effort }) => effort)) + minor.effort * (moves.length - 1),
  };
}
