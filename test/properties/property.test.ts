import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import type { Plan, PlannedWindow } from '../../src/domain/plan.ts';
import { seeds } from './cases.ts';
import { type Breach, breaches } from './checker/breaches.ts';
import { inventedFindings, missingFindings } from './checker/findings.ts';
import { misstated } from './checker/stated.ts';
import { incomplete } from './checker/whole.ts';
import { ASOF } from './hand-made.ts';
import { planOf } from './planner-input.ts';
import { aRandomTeam, type RandomTeam } from './random-team.ts';
import { readable } from './readable.ts';

const FEW = 25;

const CHECKS: Readonly<Record<string, (team: RandomTeam, plan: Plan) => readonly Breach[]>> = {
  'propose nothing that breaks a rule': breaches,
  'name every rule that a decided window breaks': missingFindings,
  'name no rule that nothing breaks': inventedFindings,
  'place work, or say that it has no place, never both': incomplete,
  'state days, risks and disruptions as they are': misstated,
};

interface Outcome {
  readonly team: RandomTeam;
  readonly plan: Plan;
  /** By the name of the check, as sentences. */
  readonly wrong: ReadonlyMap<string, readonly string[]>;
}

/** Each team is planned once for all checks; of those that are good only the numbers are kept. */
const outcomes: Outcome[] = [];
const numbers = { teams: 0, proposed: 0, unplaced: 0, findings: 0 };

function judgeAll(): void {
  if (numbers.teams > 0) return;
  for (const seed of seeds(FEW)) {
    const team = aRandomTeam(seed);
    const plan = planOf(team, team.baseline);
    numbers.teams++;
    numbers.proposed += plan.windows.filter(({ state }) => state === 'proposed').length;
    numbers.unplaced += plan.unplaced.length;
    numbers.findings += plan.windows.filter(({ findings }) => findings.length > 0).length;
    const all = Object.entries(CHECKS).map(([name, check]) => [name, check(team, plan).map(sentence)] as const);
    const wrong = new Map(all.filter(([, found]) => found.length > 0));
    if (wrong.size > 0) outcomes.push({ team, plan, wrong });
  }
}

function sentence({ rule, window, text }: Breach): string {
  return `${rule}: ${window}: ${text}`;
}

/** The first team in full, the others by their seeds. */
function told(name: string): string {
  const bad = outcomes.flatMap(({ team, plan, wrong }) => {
    const found = wrong.get(name);
    return found === undefined ? [] : [{ team, plan, found }];
  });
  const [first] = bad;
  if (first === undefined) return '';
  const others = bad.map(({ team, found }) => `  seed ${team.seed}: ${found.length}, ${found[0]}`);
  return [
    `seed ${first.team.seed}`,
    ...first.found,
    readable(first.team.seed, first.team, first.plan),
    `all ${bad.length} that fail of ${numbers.teams}:`,
    ...others,
  ].join('\n');
}

describe('plans of random teams', () => {
  it.each(Object.keys(CHECKS))('%s', (name) => {
    judgeAll();
    const text = told(name);
    if (text !== '') expect.fail(text);
  });

  it('are about something: windows, work without a place, findings', () => {
    judgeAll();
    if (numbers.teams < FEW) return;
    const { teams, proposed, unplaced, findings } = numbers;
    expect([proposed > teams, unplaced > teams / 4, findings > teams / 4]).toEqual([true, true, true]);
  });

  it('break nothing once they are accepted: all of them, or any one', () => {
    const bad: string[] = [];
    let accepted = 0;
    for (const seed of seeds(FEW)) {
      const team = { ...aRandomTeam(seed), decisions: [] };
      const { windows } = planOf(team, team.baseline);
      const one = windows[seed % Math.max(1, windows.length)];
      for (const chosen of [windows, one === undefined ? [] : [one]]) {
        const after = planOf({ ...team, decisions: chosen.map(acceptedOn) }, team.baseline);
        accepted += chosen.length;
        for (const { id, state, findings } of after.windows) {
          if (state === 'accepted' && findings.length > 0)
            bad.push(`seed ${seed}: ${id} of ${chosen.length} breaks ${findings.map(({ because }) => because)}`);
        }
      }
    }
    expect(bad).toEqual([]);
    expect(accepted).toBeGreaterThan(seeds(FEW).length);
  });

  it('are the same for the same work, written in any order', () => {
    for (const seed of seeds(FEW).slice(0, Math.max(10, seeds(FEW).length / 10))) {
      const team = aRandomTeam(seed);
      const plan = planOf(team, team.baseline);
      const other = planOf(reversed(team), new Map([...team.baseline].reverse()));
      expect(other, readable(seed, team, plan)).toEqual(plan);
    }
  });
});

function acceptedOn({ item, step, from, until }: PlannedWindow): Decision {
  return { item, step, state: 'accepted', from, until, by: null, on: ASOF, reason: null };
}

/** The same team, with its work and its decisions written the other way round. */
function reversed(team: RandomTeam): RandomTeam {
  const { config, decisions, patches } = team;
  return {
    ...team,
    decisions: decisions.toReversed(),
    patches: patches.toReversed(),
    config: {
      ...config,
      modelChanges: config.modelChanges.toReversed(),
      upgrades: config.upgrades.toReversed(),
    },
  };
}
