import { expect, it } from 'vitest';
import type { ModelChange } from '../../src/domain/config.ts';
import { addDays } from '../../src/domain/day.ts';
import { seeds } from './cases.ts';
import { bestOf } from './checker/best.ts';
import { stepsOf } from './checker/changes.ts';
import { compareLevels } from './checker/levels.ts';
import { drawFor } from './draw.ts';
import { planOf } from './planner-input.ts';
import { aRandomTeam, type RandomTeam } from './random-team.ts';

const WEEKS = 3;
const FEW = 20;

it('plans of teams with little to do are the best there is, level by level', () => {
  const bad: string[] = [];
  let [teams, proven, unplaced] = [0, 0, 0];
  for (const seed of seeds(FEW)) {
    const team = aSmallTeam(seed);
    const plan = planOf(team, team.baseline, WEEKS);
    // A hold would be one more thing to choose.
    if (plan.holds.length > 0) continue;
    const reached = plan.objective.map(({ value }) => value);
    // What the words of a rule leave open may be taken either way.
    const [atBest, atLeast] = [false, true].map((strict) => bestOf(team, WEEKS, team.baseline, strict));
    if (atBest === undefined || atLeast === undefined) continue;
    if (compareLevels(atBest, reached) > 0) bad.push(`seed ${seed}: ${reached} better than ${atBest}`);
    if (compareLevels(reached, atLeast) > 0) bad.push(`seed ${seed}: ${reached} instead of ${atLeast}`);
    teams++;
    if (plan.unplaced.length > 0) unplaced++;
    if (plan.objective.every(({ value, bound }) => value === bound)) proven++;
  }
  expect(bad).toEqual([]);
  if (teams >= FEW / 2) expect([proven >= teams * 0.9, unplaced >= teams / 6]).toEqual([true, true]);
});

/** A team with so little to do in so few weeks that every arrangement can be tried: three changes at most, no upgrades. */
function aSmallTeam(seed: number): RandomTeam {
  const team = aRandomTeam(seed);
  const changes = team.config.modelChanges.slice(0, 3).map((change, i): ModelChange => {
    // One change in phases at most, or there would be too many arrangements.
    const isPhased = stepsOf(change).length > 1;
    const { int, chance } = drawFor(seed, `small.${i}`);
    // Nothing is due, or may start, beyond the weeks planned for, where it would wait for another plan.
    return {
      ...change,
      days: int(1, 3),
      type: isPhased && i > 0 ? null : change.type,
      notBefore: chance(0.2) ? addDays(team.asOf, int(0, 10)) : null,
      deadline: chance(0.3) ? addDays(team.asOf, int(2, 20)) : null,
    };
  });
  const ids = new Set(changes.map(({ id }) => id));
  const modelChanges = changes.map((change) => ({ ...change, after: change.after.filter((id) => ids.has(id)) }));
  const config = { ...team.config, modelChanges, upgrades: [], exceptions: [] };
  const vendors = new Map([...team.vendors].map(([store, all]) => [store, all.filter(({ reach }) => !reach)]));
  return { ...team, config, vendors, hops: [], patches: [], decisions: [] };
}
