import type { Day } from '../../domain/day.ts';
import type { Refusal } from '../../domain/plan.ts';
import type { Piece, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import type { Option } from '../places/starts.ts';

/**
 * A smallest set (none can be left out) of rules that together block every start, each with its breach on the first day it blocks and
 * the first day that it alone would allow.
 */
export function blockersOf(piece: Piece, options: readonly Option[], facts: RuleFacts): readonly Refusal[] {
  if (options.length === 0) {
    const because = `${piece.days} working days end beyond the days planned for, wherever they start`;
    return [{ rule: 'in-one-sprint', item: piece.item, because, facts: { days: piece.days }, freeFrom: null }];
  }
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
