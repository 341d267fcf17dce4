import type { RuleId } from '../domain/rule-ids.ts';
import { isExcepted } from './exception.ts';
import type { Placed, RuleFacts } from './rule.ts';

// An exception of either of two that a rule keeps apart lets both be: work that is excepted from the rule is not there for it.

interface Rest {
  readonly placed: Placed[];
  /** How many of the whole list were looked at. */
  upTo: number;
}

/** Of each list what no exception lifts, by rule; the lists may grow at their end, as those of `indexOf`. */
const rests = new WeakMap<readonly Placed[], Map<RuleId, Rest>>();

/** The facts without the work that is excepted from the rule. */
export function withoutExcepted(facts: RuleFacts, rule: RuleId): RuleFacts {
  const { exceptions } = facts.config;
  if (!exceptions.some((one) => one.rule === rule)) return facts;
  const byRule = rests.get(facts.placed) ?? new Map<RuleId, Rest>();
  rests.set(facts.placed, byRule);
  const rest = byRule.get(rule) ?? { placed: [], upTo: 0 };
  byRule.set(rule, rest);
  for (; rest.upTo < facts.placed.length; rest.upTo++) {
    const one = facts.placed[rest.upTo];
    if (one !== undefined && !isExcepted(exceptions, rule, one.piece.item, one.window)) rest.placed.push(one);
  }
  return { ...facts, placed: rest.placed };
}
