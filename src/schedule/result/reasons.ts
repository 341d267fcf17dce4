import { daysBetween } from '../../domain/day.ts';
import { percent } from '../../domain/percent.ts';
import type { Candidate, RuleFacts } from '../../policy/rule.ts';
import { RULES, refusals } from '../../policy/rules.ts';
import type { Option } from '../places/starts.ts';

/** Why a window is where it is, in sentences: the risk it takes, what it waits for, and which rules forbid an earlier start. */
export function reasonsFor(candidate: Candidate, options: readonly Option[], facts: RuleFacts): readonly string[] {
  const { piece, sprint } = candidate;
  return [
    ...(piece.kind === 'model' ? reasonsOfModel(candidate, options, facts) : []),
    ...(piece.grave === undefined ? [] : [graveReason(candidate)]),
    `within sprint ${sprint.number} (${sprint.from} until ${sprint.until})`,
    ...facts.config.exceptions
      .filter(({ item }) => item === piece.item)
      .map(({ rule, expires, reason }) => `exception from ${rule} until ${expires}: ${reason}`),
  ];
}

function graveReason({ piece }: Candidate): string {
  const exploited = piece.grave?.exploited === true ? ', which attackers use' : '';
  return `the first day on which ${piece.grave?.advisories.join(', ')}${exploited} can be mended; everything else keeps its distance`;
}

function reasonsOfModel(candidate: Candidate, options: readonly Option[], facts: RuleFacts): readonly string[] {
  const { piece, window, risk } = candidate;
  const { tolerance } = facts.config.policy;
  const unknown = (facts.exposed.get(piece.store) ?? []).flatMap(({ name, unknown: because }) =>
    because === null ? [] : [`not certain: ${name}: ${because}`],
  );
  const reasons = [
    `patch-only: ${unknown.length === 0 ? '' : 'of what is known '}a feature release collides with a chance of ${percent(risk)}, ${percent(tolerance)} is allowed`,
  ];
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
  const waiting = whyWait(candidate, free, facts);
  return [...reasons, ...(waiting === null ? [] : [waiting]), ...unknown];
}

/** Why it is not on the first of the earlier days that all rules allow; `null`: there is none, or only the ones it waits for explain it. */
function whyWait({ piece, window, risk }: Candidate, free: readonly Option[], facts: RuleFacts): string | null {
  const [first] = free;
  if (first === undefined) return null;
  if (facts.baseline?.get(piece.id) === window.from) {
    return `published for this day: moving it to ${first.window.from} is worth less than ${facts.config.policy.steady} days`;
  }
  if (piece.part === 'first') {
    const days = daysBetween(first.window.from, window.from);
    return `stays near its last phase: begun on ${first.window.from} both forms of its data would live ${days} days longer`;
  }
  const [now, then] = [percent(risk), percent(first.risk)];
  if (now === then || first.risk <= risk) return null;
  return `waits for less risk: on ${first.window.from} the chance is ${then}, here ${now}; a point of it is worth ${facts.config.policy.daysPerPoint} days`;
}
