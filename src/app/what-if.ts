import type { Config } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Plan } from '../domain/plan.ts';
import { Problem } from '../domain/problem.ts';
import { RULE_IDS, type RuleId } from '../domain/rule-ids.ts';
import { withHold } from '../policy/hold.ts';
import { exactRange } from '../policy/series.ts';
import { phasesCost, placeCost } from '../schedule/places/cost.ts';
import { LEVELS } from '../schedule/search/objective.ts';
import { baselineOf } from './baseline.ts';
import { type DecideRequest, decisionsFor } from './decide.ts';
import { firstDays, type Planned, planIn, type Situation } from './situation.ts';
import type { Asked } from './why.ts';

/** One thing that might be otherwise. */
export type Change =
  | { readonly kind: 'configuration'; readonly config: Config; readonly situation: Situation }
  | { readonly kind: 'without'; readonly rule: string }
  | { readonly kind: 'hold'; readonly product: string }
  | { readonly kind: 'move'; readonly item: string; readonly day: Day };

/** A plan and what it would be. */
export interface WhatIf {
  readonly before: Plan;
  readonly after: Plan;
}

/**
 * The plan as it is and as it would be with all these changes; nothing is written. `quick` answers while keys are pressed: what can stay
 * stays, and nothing is searched. @throws Problem for a name that is none.
 */
export function whatIf(asked: Asked, changes: readonly Change[], how: { readonly quick?: boolean } = {}): WhatIf {
  let { situation, config, decisions } = asked;
  for (const change of changes) {
    switch (change.kind) {
      case 'configuration':
        ({ config, situation } = change);
        break;
      case 'without':
        config = withoutRule(config, asked.planned, ruleNamed(change.rule), situation);
        break;
      case 'hold':
        situation = heldThroughout(situation, config, change.product);
        break;
      case 'move':
        decisions = [...decisions, ...moveOf(asked, change.item, change.day)];
        break;
    }
  }
  const before = asked.planned.plan;
  // In haste what can stay stays where it is seen; otherwise the answer is what the plan will be once all this is written.
  const { quick = false } = how;
  const { plan, pieces } = planIn(situation, config, decisions, { quick, stay: firstDays(baselineOf(before)) });
  return { before, after: countedAlike(before, plan, pieces, config) };
}

/** A window put on a day by hand is no choice of the planner and counts in no level; it counted before, so it is counted after too. */
function countedAlike(before: Plan, after: Plan, pieces: Planned['pieces'], config: Config): Plan {
  const counted = new Set(before.windows.flatMap(({ id, state }) => (state === 'proposed' ? [id] : [])));
  // One that breaks a rule on its new day has a proposal beside it, which the planner counts.
  const proposed = new Set(after.windows.flatMap(({ id, state }) => (state === 'proposed' ? [id] : [])));
  const moved = after.windows.filter(({ id }) => counted.has(id) && !proposed.has(id));
  if (moved.length === 0) return after;
  const { asOf } = after;
  const cost = moved.reduce((sum, { id, item, from, until, risk }) => {
    const piece = pieces.get(id);
    if (piece === undefined) return sum;
    const own = placeCost(piece, { from, until }, risk ?? 0, { config, asOf });
    const first = after.windows.find((one) => one.item === item && pieces.get(one.id)?.part === 'first');
    const start = first === undefined ? undefined : pieces.get(first.id);
    const twice = piece.part === 'last' && first !== undefined && start !== undefined;
    return sum + own - (twice ? phasesCost({ piece: start, window: first }, asOf) : 0);
  }, 0);
  const objective = after.objective.map(({ level, value }) => ({
    level,
    value: level === LEVELS.cost ? value + cost : value,
    bound: null,
  }));
  return { ...after, objective };
}

function ruleNamed(text: string): RuleId {
  const rule = RULE_IDS.find((id) => id === text);
  if (rule === undefined) throw new Problem(`"${text}" is no rule`, { hint: 'They are listed by: neap rules' });
  return rule;
}

/** Every piece of work excepted from the rule. */
function withoutRule(config: Config, { pieces }: Planned, rule: RuleId, { horizon }: Situation): Config {
  const items = new Set([...pieces.values()].map(({ item }) => item));
  const expires = addDays(horizon.until, 366);
  const lifted = [...items].map((item) => ({ rule, item, expires, reason: 'what if' }));
  return { ...config, exceptions: [...config.exceptions, ...lifted] };
}

/** The product kept on its line from tomorrow to the end of the days planned for. */
function heldThroughout(situation: Situation, config: Config, named: string): Situation {
  const item = config.stack.find(({ id, product }) => id === named || product === named);
  if (item === undefined) {
    throw new Problem(`"${named}" is not in the stack`, {
      hint: `There are: ${config.stack.map(({ id }) => id).join(', ')}`,
    });
  }
  const lane = situation.seen.get(item)?.lane;
  const scheme = lane?.product.versioning ?? 'semver';
  const range = item.running === null ? null : exactRange(item.running, scheme);
  if (range === null)
    throw new Problem(`neap.yaml does not say which version of ${item.id} runs, so nothing can be held`);
  if (lane?.watch !== 'reach') {
    throw new Problem(
      `${item.id} is watched as \`${lane?.watch ?? 'off'}\`: what reaches the team does not change by a hold`,
      {
        hint: 'Only products watched by `reach` can be held.',
      },
    );
  }
  const days = { from: addDays(situation.asOf, 1), until: addDays(situation.horizon.until, 1) };
  const exposed = new Map(
    [...situation.exposed].map(([store, products]) => [
      store,
      products.map((one) => (one.product === item.product ? withHold(one, { range, ...days }) : one)),
    ]),
  );
  return { ...situation, exposed };
}

function moveOf({ planned, config, situation }: Asked, item: string, to: Day): readonly Decision[] {
  const request: DecideRequest = { kind: 'move', windowId: item, reason: 'what if', to };
  return decisionsFor(planned.plan, request, { by: null, on: situation.asOf, team: config.team }).decisions;
}
