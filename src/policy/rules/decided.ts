import { sprintOf } from '../calendar.ts';
import { exception } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const decided: Rule = {
  id: 'decided',
  intent: 'What a person rejected is not proposed again for the same sprint.',
  unit: 'rejections',
  scope: 'alone',
  gate: 'day',
  relax: [exception],
  check({ piece, sprint, decided: own }, { config, decisions }) {
    if (own === true) return null;
    const rejection = decisions.find(
      (decision) =>
        decision.state === 'rejected' &&
        decision.item === piece.item &&
        (decision.step === null || decision.step === piece.step) &&
        sprintOf(config.team, decision.from).number === sprint.number,
    );
    if (rejection === undefined) return null;
    const reason = rejection.reason === null ? '' : `: ${rejection.reason}`;
    return {
      because: `a place in sprint ${sprint.number} was rejected on ${rejection.on}${reason}`,
      facts: { sprint: sprint.number, on: rejection.on },
    };
  },
};
