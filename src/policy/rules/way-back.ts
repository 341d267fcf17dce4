import { changeTypeOf } from '../change-types.ts';
import { exception } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

/** How people write that there is none. */
const NONE = /^(none|no|nothing|-)$/i;

export const wayBack: Rule = {
  id: 'way-back',
  intent: 'What is risky can be taken back.',
  unit: 'changes',
  scope: 'alone',
  gate: 'day',
  relax: [exception],
  check({ piece }, { config }) {
    const change = config.modelChanges.find(({ id }) => id === piece.item);
    const type = changeTypeOf(change?.type ?? null);
    if (change === undefined || type?.risk !== 'high' || change.rollback === null || !NONE.test(change.rollback))
      return null;
    return {
      because: `${change.id} is risky (${type.title.toLowerCase()}) and has no way back`,
      facts: { type: type.id, rollback: change.rollback },
    };
  },
};
