import semver from 'semver';
import type { StepName } from '../domain/step-name.ts';
import { admission, compatOf } from './compat.ts';
import type { Finding } from './findings.ts';
import { type Stop, stopsTo } from './majors.ts';
import { driverOf, newerOf, type Package, type PackageChoice, versionFor } from './packages.ts';
import type { ChainRequest } from './request.ts';
import type { RouteHop } from './route.ts';

/** One package in a window: the version it goes to there, and the majors it enters by that. */
export interface Move {
  readonly choice: PackageChoice;
  readonly majors: readonly number[];
  readonly details: readonly string[];
}

/** What is raised and released together: one major of a package and what it carries, or all changes within majors. */
export interface PackageWindow {
  readonly name: StepName;
  readonly moves: readonly Move[];
}

/** The windows of packages before a hop, in order, and what forbids the hop. */
export interface PackagePlan {
  readonly windows: readonly PackageWindow[];
  /** What runs after them, by id. */
  readonly running: ReadonlyMap<string, string | null>;
  readonly findings: readonly Finding[];
  readonly stuck: readonly string[];
}

/**
 * The windows that bring every package to a version that admits both ends of a hop: changes within majors first and together, then one window
 * a major. An ODM carries the driver it depends on, so that no day has an ODM of one driver beside another. Pure.
 * @param lines of the engine, from the one that runs on.
 */
export function packagePlan(
  request: ChainRequest,
  standing: ReadonlyMap<string, string | null>,
  lines: readonly string[],
  hop: RouteHop,
): PackagePlan {
  const { tables, asOf, packages } = request;
  const running = new Map(standing);
  const findings: Finding[] = [];
  const stuck: string[] = [];
  const within: Move[] = [];
  const windows: PackageWindow[] = [];
  const [line = ''] = lines;

  // The ODM first: the driver beside it should be one it works with.
  const order = packages.toSorted((a, b) => Number(b.product.kind === 'odm') - Number(a.product.kind === 'odm'));
  for (const one of order) {
    const from = running.get(one.id) ?? null;
    if (from === null) continue;
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
    const result = versionFor(one, from, lines, asOf, tables, {
      driver: driverBeside(request, running, one),
    });
    if (result.kind === 'none') stuck.push(result.because);
    if (result.kind !== 'change') continue;
    const { choice } = result;
    const beside = driverBeside(request, running, one);
    // Changes within majors come before all else: only of what has not moved yet.
    const mayStart = (version: string) => from === standing.get(one.id) && isIn(beside, version);
    for (const stop of stopsTo(one, { from, to: choice.to, line, mayStart }, asOf, tables)) {
      const move = moveOf(request, one, { choice, stop, line, at: running.get(one.id) ?? from });
      const ranges = new Map(packages.map((driver) => [driver.id, driverBeside(request, running, driver)]));
      running.set(one.id, stop.version);
      if (stop.majors.length === 0) {
        within.push(move);
        continue;
      }
      const isLast = stop.version === choice.to;
      const carried = carriedBy(request, running, one, {
        stop,
        lines: isLast ? lines.slice(0, 2) : [line],
        mayStart: (driver, version) =>
          running.get(driver) === standing.get(driver) && isIn(ranges.get(driver) ?? null, version),
      });
      within.push(...carried.within);
      windows.push(...carried.before, { name: majorStep(one, stop), moves: [move, ...carried.along] });
    }
  }
  const together: readonly PackageWindow[] = within.length === 0 ? [] : [{ name: 'packages', moves: within }];
  return { windows: [...together, ...windows], running, findings, stuck };
}

function majorStep({ id }: Package, { version }: Stop): StepName {
  return `${id}-${semver.major(version)}`;
}

/** The driver range of the ODM that stands beside a driver; `null`: none does, or nobody knows. */
function driverBeside(
  { tables, packages }: ChainRequest,
  running: ReadonlyMap<string, string | null>,
  one: Package,
): string | null {
  for (const odm of packages) {
    const version = running.get(odm.id) ?? null;
    if (version === null || compatOf(tables, odm.product.id)?.driver?.product !== one.product.id) continue;
    const range = driverOf(tables, odm.product.id, version);
    if (range !== null) return range;
  }
  return null;
}

/** A range that nobody knows holds nothing back. */
function isIn(range: string | null, version: string): boolean {
  return range === null || semver.satisfies(version, range);
}

/** What an ODM's stop does to the drivers of its stack: changes within their major, majors they lag behind by, and what goes along. */
interface Carried {
  readonly within: readonly Move[];
  readonly before: readonly PackageWindow[];
  readonly along: readonly Move[];
}

/** Changes `running` to what then runs. */
function carriedBy(
  request: ChainRequest,
  running: Map<string, string | null>,
  odm: Package,
  {
    stop,
    lines,
    mayStart,
  }: {
    readonly stop: Stop;
    readonly lines: readonly string[];
    readonly mayStart: (driver: string, version: string) => boolean;
  },
): Carried {
  const { tables, asOf, packages } = request;
  const within: Move[] = [];
  const before: PackageWindow[] = [];
  const along: Move[] = [];
  const range = driverOf(tables, odm.product.id, stop.version);
  const product = compatOf(tables, odm.product.id)?.driver?.product;
  const [line = ''] = lines;
  for (const driver of packages) {
    const from = running.get(driver.id) ?? null;
    const compat = compatOf(tables, driver.product.id);
    if (driver.product.id !== product || from === null || range === null || compat === null) continue;
    // One that is above already stays: nothing is lowered on the way up.
    if (semver.valid(from) === null || !semver.ltr(from, range)) continue;
    const [to] = newerOf(driver, from, asOf)
      .filter((version) => semver.satisfies(version, range))
      .filter((version) => lines.every((one) => admission(compat, driver.product.name, version, one).fit === 'yes'))
      .sort(semver.rcompare);
    if (to === undefined) continue;
    const row = admission(compat, driver.product.name, to, lines.at(-1) ?? line);
    const choice: PackageChoice = {
      ...namesOf(driver),
      from,
      to,
      covers: lines,
      because: `${odm.product.name} ${stop.version} depends on ${driver.product.name} ${range}; ${row.because}`,
      verified: row.verified,
    };
    const way = { from, to, line, mayStart: (version: string) => mayStart(driver.id, version) };
    for (const own of stopsTo(driver, way, asOf, tables)) {
      const move = moveOf(request, driver, { choice, stop: own, line, at: running.get(driver.id) ?? from });
      running.set(driver.id, own.version);
      if (own.version === to) along.push(move);
      else if (own.majors.length === 0) within.push(move);
      else before.push({ name: majorStep(driver, own), moves: [move] });
    }
  }
  return { within, before, along };
}

/** A stop as a change from what runs before it; the last one is the choice itself. */
function moveOf(
  { tables }: ChainRequest,
  one: Package,
  {
    choice,
    stop,
    line,
    at,
  }: { readonly choice: PackageChoice; readonly stop: Stop; readonly line: string; readonly at: string },
): Move {
  const { majors, details } = stop;
  if (stop.version === choice.to) return { choice: { ...choice, from: at }, majors, details };
  const compat = compatOf(tables, one.product.id);
  const row = compat === null ? null : admission(compat, one.product.name, stop.version, line);
  const because = `a stop on the way to ${choice.name} ${choice.to}${row === null ? '' : `; ${row.because}`}`;
  const verified = row?.verified ?? false;
  return {
    choice: { ...namesOf(one), from: at, to: stop.version, covers: [line], because, verified },
    majors,
    details,
  };
}

function namesOf({ id, product }: Package): Pick<PackageChoice, 'id' | 'name' | 'product' | 'npm'> {
  return { id, name: product.name, product: product.id, npm: product.npm };
}
