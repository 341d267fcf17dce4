import { addDays, daysBetween } from '../../../domain/day.ts';
import type { Relaxation } from '../../../domain/plan.ts';
import type { RuleId } from '../../../domain/rule-ids.ts';
import type { Blocked, Step } from '../../../policy/relaxing.ts';
import { RULES } from '../../../policy/rules.ts';

/** A configuration that is a little laxer, and the rule that is relaxed. */
export interface Proposal extends Step, Pick<Relaxation, 'rule'> {}

/** One thing that can be relaxed. */
export interface Kind {
  readonly kind: string;
  readonly rule: RuleId;
  /** Least change first; the last is as far as this kind goes, so that work it does not free is freed by none of it. */
  steps(blocked: Blocked): readonly (readonly Proposal[])[];
}

/** Everything the planner knows to relax: each rule lists its own ways. */
export const KINDS: readonly Kind[] = RULES.flatMap(({ id: rule, relax }) =>
  relax.map((way) => ({
    kind: way.kind,
    rule,
    steps: (blocked) =>
      (way.exception ? [exceptionsFrom(rule, blocked)] : way.steps(blocked)).map((steps) =>
        steps.map((step) => ({ ...step, rule })),
      ),
  })),
);

/** An exception for this item alone, that expires as early as it can. */
function exceptionsFrom(rule: RuleId, { config, item, asOf, horizon }: Blocked): readonly Step[] {
  return Array.from({ length: Math.max(0, daysBetween(asOf, horizon.until)) }, (_, n): Step => {
    const expires = addDays(asOf, n);
    return {
      kind: 'exception',
      key: `exceptions[${rule}, ${item}]`,
      from: null,
      to: expires,
      text: `an exception from ${rule} for ${item}, until ${expires}`,
      config: { ...config, exceptions: [...config.exceptions, { rule, item, expires, reason: 'tried' }] },
      size: 3 + n / 365,
    };
  });
}
