import semver from 'semver';
import { addDays, type Day } from '../domain/day.ts';
import type { ProductId } from '../domain/product.ts';
import type { Release } from '../domain/release.ts';
import { nodeOf, type PackageChoice } from './packages.ts';
import type { ChainRequest } from './request.ts';
import type { RouteHop } from './route.ts';
import { blankStep, type ChainStep, undo } from './step.ts';
import type { Tables } from './tables.ts';
import { YOUNGEST_PATCH } from './target.ts';

/** A newer runtime for packages that need one; `null` where what runs will do. `standing.runtime` becomes what then runs. */
export function runtimeStep(
  { tables, runtime, asOf }: ChainRequest,
  standing: { runtime: string | null },
  changes: readonly PackageChoice[],
  hop: RouteHop,
): ChainStep | null {
  const rangeOf = (change: PackageChoice) => nodeOf(tables, change.product, change.to);
  const ranges = [...new Set(changes.flatMap((change) => rangeOf(change) ?? []))];
  const fits = (version: string) => ranges.every((range) => semver.satisfies(version, range));
  if (runtime === null || standing.runtime === null || fits(standing.runtime)) return null;
  const published = (runtime.history?.releases ?? []).filter(
    ({ version, level, date }) =>
      level !== 'prerelease' && date !== null && date <= addDays(asOf, -YOUNGEST_PATCH) && fits(version),
  );
  const lasting = longTerm(published, runtime.product.id, asOf, tables);
  const ends = (version: string) =>
    runtime.history?.lines.find(({ line }) => line === version.split('.').slice(0, 2).join('.'))?.eol?.day ?? null;
  const alive = lasting.filter(({ version }) => {
    const end = ends(version);
    return end === null || end > addDays(asOf, STILL_KEPT);
  });
  const lowest = (alive.length > 0 ? alive : lasting)
    .map(({ version }) => semver.major(version))
    .sort((a, b) => a - b)[0];
  const to = lasting.findLast(({ version }) => semver.major(version) === lowest)?.version ?? null;
  const { name } = runtime.product;
  const from = standing.runtime;
  standing.runtime = to ?? from;
  const asking = changes.filter((change) => {
    const range = rangeOf(change);
    return range !== null && !semver.satisfies(from, range);
  });
  const asked = [...new Set(asking.flatMap((change) => rangeOf(change) ?? []))].join(' and ');
  // Of one that nobody knows yet it is not known either that it stays within the major.
  const major = to === null || semver.major(to) !== semver.major(from);
  const { days, effort } = major ? tables.packageWork.major : tables.packageWork.minor;
  return {
    ...blankStep(hop),
    id: `${hop.to}/runtime`,
    kind: 'runtime',
    name: 'runtime',
    major,
    title: `${name} ${from} to ${to ?? ranges.join(' and ')}`,
    version: to,
    days,
    effort,
    wayBack: undo(`Deploy with ${name} ${from} again.`),
    details: [`${asking.map(({ name: own, to: version }) => `${own} ${version}`).join(', ')} needs ${name} ${asked}`],
  };
}

/** Days a runtime must still be kept to be moved to. */
const STILL_KEPT = 180;

/** The releases of majors that are long-term support by now; all of a runtime whose vendor has none. */
function longTerm(published: readonly Release[], product: ProductId, asOf: Day, tables: Tables): readonly Release[] {
  const rule = tables.longTerm.find((row) => row.product === product);
  if (rule === undefined) return published;
  const firsts = new Map<number, Day>();
  for (const { version, date } of published) {
    const major = semver.major(version);
    if (date !== null && !firsts.has(major)) firsts.set(major, date);
  }
  const isDue = (major: number) => (firsts.get(major) ?? asOf) <= addDays(asOf, -rule.afterDays);
  return published.filter(({ version }) => {
    const major = semver.major(version);
    return (rule.majors === 'all' || major % 2 === 0) && isDue(major);
  });
}
