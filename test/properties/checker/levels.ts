import type { Day } from '../../../src/domain/day.ts';
import { sprintAt } from './calendar.ts';
import { type Count, count } from './days.ts';
import type { Placed, Scene } from './placed.ts';
import { riskOf } from './rules/patch-only.ts';
import type { Team } from './team.ts';

/**
 * Levels of a plan of model changes alone, in their order: days open to exploited holes, to other grave ones, unplaced work by priority,
 * days late, hold days, cost in thousandths of a day.
 */
export type Levels = readonly number[];

/** The levels that these windows reach; of a change without windows it is said that it has no place. */
export function levelsOf(scene: Scene, baseline: ReadonlyMap<string, Day>): Levels {
  const { config } = scene.team;
  const unplaced = [0, 0, 0, 0, 0];
  let cost = 0;
  for (const { id, priority } of config.modelChanges) {
    const own = scene.placed.filter(({ item }) => item === id);
    if (own.length === 0) unplaced[priority - 1] = (unplaced[priority - 1] ?? 0) + 1;
    else cost += costOfChange(own, priority, scene, baseline);
  }
  return [0, 0, ...unplaced, 0, 0, cost];
}

/** (6 − priority) × (days until it is done + days between its first day and its end + daysPerPoint × percentage points), and what moved. */
function costOfChange(
  own: readonly Placed[],
  priority: number,
  scene: Scene,
  baseline: ReadonlyMap<string, Day>,
): number {
  const { config, asOf } = scene.team;
  const today = count(asOf);
  const first = Math.min(...own.map(({ from }) => from));
  const end = Math.max(...own.map(({ until }) => until));
  const span = own.length > 1 ? end - first : 0;
  const risks = own.map((place) =>
    Math.round((riskOf(place, scene).risk ?? 0) * 100 * config.policy.daysPerPoint * 1000),
  );
  const sum = (end - today + span) * 1000 + risks.reduce((a, b) => a + b, 0);
  const moved = own.filter(({ id, from }) => isMoved(baseline.get(id), from, scene.team));
  return (6 - priority) * sum + moved.length * Math.round(config.policy.steady * 1000);
}

/** It was published for this or the next sprint, and is elsewhere. */
function isMoved(before: Day | undefined, from: Count, { config, asOf }: Team): boolean {
  if (before === undefined || count(before) === from) return false;
  const next = sprintAt(config, sprintAt(config, count(asOf)).until);
  return count(before) < next.until;
}

/** Below 0 when `a` is better. */
export function compareLevels(a: Levels, b: Levels): number {
  const index = a.findIndex((value, i) => value !== b[i]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
