import type { Day } from '../domain/day.ts';
import type { Refusal } from '../domain/plan.ts';
import type { RuleFacts } from '../policy/rule.ts';
import { refusals } from '../policy/rules.ts';
import type { Option } from './options.ts';

/**
 * A smallest set (none can be left out) of rules that together block every start, each with its breach on the first day it blocks and
 * the first day that it alone would allow. Empty when there was no start to judge.
 */
export function blockersOf(options: readonly Option[], facts: RuleFacts): readonly Refusal[] {
  const perStart = options.map((option) => ({
    from: option.window.from,
    // A hop was judged as a whole before; asking again about its binaries alone adds nothing new.
    refused: [...option.refused, ...refusals(option, facts, 'others')],
  }));
  let needed = [...new Set(perStart.flatMap(({ refused }) => refused.map(({ rule }) => rule)))].sort();
  const blocksAll = (rules: readonly string[]) =>
    perStart.every(({ refused }) => refused.some(({ rule }) => rules.includes(rule)));
  if (!blocksAll(needed)) return [];
  for (const rule of [...needed].reverse()) {
    const without = needed.filter((other) => other !== rule);
    if (blocksAll(without)) needed = without;
  }
  return needed.flatMap((rule) => {
    const first = perStart.flatMap(({ refused }) => refused).find((refusal) => refusal.rule === rule);
    const free = perStart.find(({ refused }) => !refused.some((refusal) => refusal.rule === rule));
    const freeFrom: Day | null = free?.from ?? null;
    return first === undefined ? [] : [{ ...first, freeFrom }];
  });
}
