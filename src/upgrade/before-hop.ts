import semver from 'semver';
import { compatOf } from './compat.ts';
import type { Finding } from './findings.ts';
import { driverOf, majorsBetween, nodeOf, type PackageChoice, versionFor } from './packages.ts';
import { platformsForBoth, runsOn } from './platform.ts';
import type { ChainRequest } from './request.ts';
import type { RouteHop } from './route.ts';
import { runtimeStep } from './runtime-step.ts';
import { blankStep, type ChainStep, undo } from './step.ts';

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

function platformStep(hop: RouteHop, from: string, to: string, because: string, verified: boolean): ChainStep {
  return {
    ...blankStep(hop),
    id: `${hop.to}/platform`,
    kind: 'platform',
    title: `hosts from ${from} to ${to}`,
    platform: to,
    days: 2,
    effort: 2,
    wayBack: undo('Keep the old hosts until the engine runs on the new ones.'),
    details: [because, `${to} runs both ${hop.from} and ${hop.to}; upgrade in place or move member by member`],
    unverified: verified ? [] : [because],
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
    ...blankStep(hop),
    id: `${hop.to}/packages`,
    kind: 'packages',
    title: changes.map(({ name, from, to }) => `${name} ${from} to ${to}`).join(', '),
    days: 1,
    effort: changes.length,
    wayBack: undo(
      `Deploy the application with ${changes.map(({ name, from }) => `${name} ${from}`).join(', ')} again.`,
    ),
    details,
    changes,
    unverified: changes.flatMap((change) => (change.verified ? [] : [change.because])),
  };
}
