import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/domain/config.ts';
import { addDays } from '../../../src/domain/day.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import type { RuleId } from '../../../src/domain/rule-ids.ts';
import type { Piece, RuleFacts } from '../../../src/policy/rule.ts';
import { refusals } from '../../../src/policy/rules.ts';
import { couldFit } from '../../../src/schedule/ask/relax/could-fit.ts';
import { KINDS } from '../../../src/schedule/ask/relax/kinds.ts';
import { relaxationsFor } from '../../../src/schedule/ask/relax/relax.ts';
import { judgeStart, placedIn, type Question, rulesAgainst, whyNotOn } from '../../../src/schedule/ask/why-not.ts';
import { optionsFor } from '../../../src/schedule/places/starts.ts';
import { modelPieces } from '../../../src/schedule/work/model-changes.ts';
import { type Breach, breaches } from '../../properties/checker/breaches.ts';
import { isLifted } from '../../properties/checker/conflict.ts';
import { conflictsIn } from '../../properties/checker/conflicts.ts';
import { sceneOfProposals } from '../../properties/checker/placed.ts';
import type { Team } from '../../properties/checker/team.ts';
import { piecesOf, factsOf as teamFacts, planOf as teamPlan } from '../../properties/planner-input.ts';
import { aRandomTeam } from '../../properties/random-team.ts';
import { ASOF } from '../../support/team.ts';
import { anInstance, aSmallInstance, factsOf, hopsOf, type Instance, planOf } from '../instances.ts';

/** Any seed: NEAP_SEED=17; more of them: NEAP_SEEDS=500. */
const FIRST = Number(process.env.NEAP_SEED ?? 1);
const COUNT = Number(process.env.NEAP_SEEDS ?? (process.env.NEAP_SEED === undefined ? 40 : 1));
const SEEDS = Array.from({ length: COUNT }, (_, i) => FIRST + i);
const WEEKS = 3;

function questionFor(instance: Instance, plan: Plan, piece: Piece): Question {
  const steps = hopsOf(instance.config).flatMap((result) =>
    result.kind === 'hop'
      ? [...result.hop.before, result.hop.prepare, result.hop.binaries, ...(result.hop.fcv ? [result.hop.fcv] : [])]
      : [],
  );
  const pieces = new Map([...modelPieces(instance.config), ...steps].map((one) => [one.id, one]));
  const facts: RuleFacts = {
    ...factsOf(instance),
    placed: placedIn(plan, pieces, instance.config.team),
    unplaced: new Set(plan.unplaced.map(({ item }) => item).filter((item) => item !== piece.item)),
  };
  return { piece, hop: null, facts, horizon: plan.horizon };
}

function keyOf({ rule, window }: Breach): string {
  return `${rule} ${window}`;
}

/** The words of a rule leave open whether the window breaks it. */
function isLeftOpen(team: Team, plan: Plan, id: string): boolean {
  return conflictsIn(sceneOfProposals(team, plan)).some(
    (one) => !one.sure && !isLifted(team.config, one) && one.sides.flat().some((place) => place.id === id),
  );
}

describe('why not then', () => {
  it('says yes and no as the independent judge does', () => {
    const bad: string[] = [];
    let [yes, no] = [0, 0];
    for (const seed of SEEDS) {
      const team = aRandomTeam(seed);
      const plan = teamPlan(team, team.baseline);
      if (plan.holds.length > 0) continue;
      const pieces = piecesOf(team);
      const known = new Set(breaches(team, plan).map(keyOf));
      for (const window of plan.windows.filter(({ kind, state }) => kind === 'model' && state === 'proposed')) {
        const piece = pieces.get(window.id);
        if (piece === undefined) continue;
        const facts: RuleFacts = {
          ...teamFacts(team),
          placed: placedIn(plan, pieces, team.config.team),
          unplaced: new Set(plan.unplaced.map(({ item }) => item).filter((item) => item !== piece.item)),
        };
        const question: Question = { piece, hop: null, facts, horizon: plan.horizon };
        for (let ahead = 0; ahead < 100; ahead += 7) {
          const answer = judgeStart(question, addDays(ASOF, ahead));
          // A window past the horizon is no rule's matter, and a decided one beside it judges for itself.
          if (answer.window === null || answer.risk === null || answer.window.until > plan.horizon.until) continue;
          const moved = { ...window, ...answer.window, risk: answer.risk };
          const after = { ...plan, windows: plan.windows.map((one) => (one === window ? moved : one)) };
          // What the plan breaks elsewhere anyway is not this window's doing.
          const broke = breaches(team, after).filter((one) => !known.has(keyOf(one)));
          const says = answer.refusals.length > 0;
          if (says) no++;
          else yes++;
          if (says === broke.length > 0 || (says && isLeftOpen(team, after, window.id))) continue;
          bad.push(
            `seed ${seed}: ${window.id} on ${moved.from}: ${answer.refusals.map(({ rule }) => rule)} against ${broke.map(({ rule, window: on }) => `${rule} of ${on}`)}`,
          );
        }
      }
    }
    expect(bad).toEqual([]);
    if (COUNT > 20) expect([yes > COUNT, no > COUNT]).toEqual([true, true]);
  });

  it('names the first day of each rule and of all', () => {
    for (const seed of SEEDS.slice(0, 10)) {
      const instance = anInstance(seed);
      const plan = planOf(instance);
      for (const piece of modelPieces(instance.config)) {
        const question = questionFor(instance, plan, piece);
        const { refusals: against, free } = whyNotOn(question, ASOF);
        if (free !== null) expect(judgeStart(question, free).refusals).toEqual([]);
        for (const { rule, freeFrom } of against) {
          if (freeFrom === null) continue;
          expect(judgeStart(question, freeFrom).refusals.map((one) => one.rule)).not.toContain(rule);
        }
      }
    }
  });
});

describe('work without a place', () => {
  it('is blocked by its blockers on every day, and by no fewer of them', () => {
    let sets = 0;
    for (const seed of SEEDS) {
      const instance = anInstance(seed);
      const plan = planOf(instance);
      // A hold that a decided window was accepted with keeps releases away from all other work too: the rules here know of none.
      if (plan.holds.length > 0) continue;
      for (const { item, kind, blockers } of plan.unplaced) {
        expect(blockers.length, `seed ${seed}: ${item} without a reason`).toBeGreaterThan(0);
        const pieces = modelPieces(instance.config).filter((one) => one.item === item);
        const [piece] = pieces;
        // The phases of one change are explained by the first that finds no place beside the others.
        if (kind !== 'model' || piece === undefined || pieces.length > 1) continue;
        const { facts } = questionFor(instance, plan, piece);
        const days = optionsFor(piece, plan.horizon, facts).map(
          (option) => new Set<RuleId>(refusals(option, facts).map(({ rule }) => rule)),
        );
        const blocks = (rules: readonly RuleId[]) => days.every((day) => rules.some((rule) => day.has(rule)));
        const rules = blockers.map(({ rule }) => rule);
        expect(blocks(rules), `seed ${seed}: ${item} ${rules}`).toBe(true);
        for (const rule of days.length === 0 ? [] : rules)
          expect(blocks(rules.filter((one) => one !== rule)), `seed ${seed}: ${item} without ${rule}`).toBe(false);
        sets++;
      }
    }
    if (COUNT > 20) expect(sets).toBeGreaterThan(COUNT / 5);
  });

  it('is freed by each relaxation, and by no smaller one of its kind', () => {
    const bad: string[] = [];
    let freed = 0;
    for (const seed of SEEDS) {
      const instance = aSmallInstance(seed);
      const plan = planOf(instance, WEEKS);
      const replan = (config: Config) => planOf({ ...instance, config }, WEEKS);
      const lost = new Set(plan.unplaced.map(({ item }) => item));
      for (const { item } of plan.unplaced) {
        const blocked = { config: instance.config, item, asOf: ASOF, horizon: plan.horizon };
        const pieces = modelPieces(instance.config).filter((one) => one.item === item);
        const rules = new Set(pieces.flatMap((piece) => [...rulesAgainst(questionFor(instance, plan, piece))]));
        const relaxations = relaxationsFor(plan, blocked, rules, {
          plan: replan,
          couldFit: (config, one) => couldFit(factsOf(instance), plan.horizon, config, one),
        });
        for (const relaxation of relaxations) {
          freed++;
          expect(instance.config.policy.neverRelax).not.toContain(relaxation.rule);
          for (const steps of KINDS.flatMap((kind) => kind.steps(blocked))) {
            const index = steps.findIndex(
              ({ key, to, rule, kind }) =>
                key === relaxation.key && to === relaxation.to && rule === relaxation.rule && kind === relaxation.kind,
            );
            if (index < 0) continue;
            const frees = (config: Config | undefined) => {
              if (config === undefined) return false;
              const { unplaced, later } = replan(config);
              return [...unplaced, ...later].every((one) => lost.has(one.item) && one.item !== item);
            };
            if (!frees(steps[index]?.config)) bad.push(`seed ${seed}: ${item} is not freed by ${relaxation.text}`);
            for (const smaller of steps.slice(0, index)) {
              if (frees(smaller.config))
                bad.push(`seed ${seed}: ${item} is freed by ${smaller.text} already, not only ${relaxation.text}`);
            }
          }
        }
      }
    }
    expect(bad).toEqual([]);
    if (COUNT > 20) expect(freed).toBeGreaterThan(COUNT / 4);
  });
});
