import { percent } from '../../domain/percent.ts';
import type { Candidate, RuleFacts } from '../../policy/rule.ts';
import { RULES, refusals } from '../../policy/rules.ts';
import type { Option } from '../places/starts.ts';
import type { Previous } from '../search/search.ts';

/** Why a window is where it is, in sentences: the risk it takes, what it waits for, and which rules forbid an earlier start. */
export function reasonsFor(
  candidate: Candidate,
  options: readonly Option[],
  facts: RuleFacts,
  previous: Previous,
): readonly string[] {
  const { piece, window, risk, cost, sprint } = candidate;
  const reasons: string[] = [];
  if (piece.kind === 'model') {
    reasons.push(
      `patch-only: a feature release collides with a chance of ${percent(risk)}, ${percent(facts.config.policy.tolerance)} is allowed`,
    );
    const earlier = options
      .filter((option) => option.window.from < window.from)
      .map((option) => ({ ...option, refused: [...option.refused, ...refusals(option, facts, 'others')] }));
    for (const rule of RULES) {
      const refused = earlier.filter((option) => option.refused.some((refusal) => refusal.rule === rule.id));
      const first = refused[0]?.refused.find((refusal) => refusal.rule === rule.id);
      if (first !== undefined)
        reasons.push(`not on ${refused.length} of ${earlier.length} earlier days: ${first.because}`);
    }
    const free = earlier.filter((option) => option.refused.length === 0);
    const calmest = Math.min(1, ...free.map((option) => option.risk));
    if (free.length > 0 && free.every((option) => option.cost > cost))
      reasons.push(`the calmest of the days that are allowed; earlier the best chance is ${percent(calmest)}`);
    if (previous.get(piece.id) === window.from && free.some((option) => option.cost <= cost))
      reasons.push('where the plan before had it: a proposal moves for a calmer place, not for an earlier one');
    for (const { name, unknown } of facts.exposed.get(piece.store) ?? []) {
      if (unknown !== null) reasons.push(`not certain: ${name}: ${unknown}`);
    }
  }
  reasons.push(`within sprint ${sprint.number} (${sprint.from} until ${sprint.until})`);
  for (const exception of facts.config.exceptions.filter((one) => one.item === piece.item)) {
    reasons.push(`exception from ${exception.rule} until ${exception.expires}: ${exception.reason}`);
  }
  return reasons;
}
