import type { Config } from '../../../../src/domain/config.ts';
import { workingDays, workingDaysBetween, works } from '../calendar.ts';
import { rowOf, stepsOf } from '../changes.ts';
import { type Conflict, conflict, type Judge } from '../conflict.ts';
import { type Count, type Run, runOf, say, share } from '../days.ts';
import { blocks } from '../freezes.ts';
import type { Placed, Scene } from '../placed.ts';

/** Consecutive days off that are an edge of their own. */
const LONG = 3;
/** Days looked at around a window. */
const AROUND = 60;

/** What cannot be taken back keeps away from freezes and long runs of days off, and from the last day before days off. */
export const quietEdges: Judge = (scene) => {
  const { config } = scene.team;
  const least = config.policy.engineUpgrades.quietEdges;
  if (least === 0) return [];
  return scene.placed
    .filter((place) => isWithoutWayBack(place, scene))
    .flatMap((place): readonly Conflict[] => {
      const near = edgesOf(place, config).find((edge) => workingDaysBetween(config, place, edge) < least);
      if (near !== undefined) return [conflict('quiet-edges', [[place]], `${say(place)} near ${say(near)}`)];
      if (hasLastDay(place, config)) return [conflict('quiet-edges', [[place]], `${say(place)} before days off`)];
      // Whether the working days to an edge count where a freeze that comes again and again takes them is left open.
      const dull = edgesOf(place, config).some((edge) => workedBetween(place, edge, config) < least);
      return dull ? [conflict('quiet-edges', [[place]], 'near an edge', false)] : [];
    });
};

function isWithoutWayBack(place: Placed, { team }: Scene): boolean {
  const hop = team.hops.find(({ item }) => item === place.item);
  if (hop !== undefined) {
    // What comes after the first step without a way back has none either.
    const order = hop.steps.map(({ step }): string => step);
    const first = hop.begun && hop.noReturn !== null ? 0 : order.indexOf(hop.noReturn ?? '');
    return place.noReturn || (first >= 0 && order.indexOf(place.step ?? '') >= first);
  }
  const change = team.config.modelChanges.find(({ id }) => id === place.item);
  const row = change === undefined ? undefined : rowOf(change);
  if (change === undefined || row === undefined) return false;
  if (row.wayBack === 'yes') return false;
  // In one window the contract is in it.
  if (stepsOf(change).length === 1) return row.wayBack === 'no' || row.phases.includes('contract');
  return place.step === 'contract';
}

/** Dated freezes of this kind of work, and runs of three and more days off. */
function edgesOf({ kind, from, until }: Placed, config: Config): readonly Run[] {
  const freezes = config.freezes
    .filter((freeze) => !freeze.recurring)
    .filter((freeze) => blocks(freeze, kind) || (kind === 'engine' && blocks(freeze, 'disruption')))
    .map(runOf);
  const runs: Run[] = [];
  for (let day = from - AROUND; day < until + AROUND; day++) {
    if (works(config, day)) continue;
    let end = day;
    while (!works(config, end)) end++;
    if (end - day >= LONG && end - day > weeklyRest(config)) runs.push({ from: day, until: end });
    day = end;
  }
  return [...freezes, ...runs];
}

/** The longest rest that every week has. */
function weeklyRest({ team }: Config): number {
  const twice = [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7]
    .map((day) => (team.workdays.includes(day) ? 'w' : 'r'))
    .join('');
  return Math.min(7, ...[Math.max(0, ...(twice.match(/r+/g) ?? []).map((run) => run.length))]);
}

/** Whether it holds a last working day before days off; of a window too long to do without one, whether it begins on one. */
function hasLastDay(place: Placed, config: Config): boolean {
  const isFree = (day: Count) => works(config, day) && !isFrozenAgain(day, place, config);
  const isOrdinary = (day: Count) => !config.team.workdays.includes(((((day + 3) % 7) + 7) % 7) + 1);
  const isLast = (day: Count) => {
    if (!isFree(day) || isFree(day + 1)) return false;
    let end = day + 1;
    while (!isFree(end) && end < day + AROUND) end++;
    const rest = Array.from({ length: end - day - 1 }, (_, index) => day + 1 + index);
    return rest.length >= weeklyRest(config) || rest.some((one) => !isOrdinary(one));
  };
  if (workingDays(config, place) > config.team.workdays.length - 1) return isLast(place.from);
  for (let day = place.from; day < place.until; day++) if (isLast(day)) return true;
  return false;
}

function isFrozenAgain(day: Count, { kind }: Placed, config: Config): boolean {
  const run = { from: day, until: day + 1 };
  return config.freezes.some((one) => one.recurring && blocks(one, kind) && share(run, runOf(one)));
}

function workedBetween(place: Placed, edge: Run, config: Config): number {
  const [first, second] = place.from <= edge.from ? [place, edge] : [edge, place];
  let sum = 0;
  for (let day = first.until; day < second.from; day++) {
    if (works(config, day) && !isFrozenAgain(day, place, config)) sum++;
  }
  return sum;
}
