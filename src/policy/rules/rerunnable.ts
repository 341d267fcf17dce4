import { exception } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const rerunnable: Rule = {
  id: 'rerunnable',
  intent: 'A migration that broke off halfway is run again, and it is part of booting from a backup.',
  unit: 'migrations',
  scope: 'alone',
  gate: 'day',
  relax: [exception],
  check({ piece }, { config }) {
    const change = config.modelChanges.find(({ id }) => id === piece.item);
    if (change === undefined || change.strategy !== 'migration' || change.rerunnable !== false) return null;
    return { because: `${change.id} is a migration that cannot be run again`, facts: { rerunnable: 'no' } };
  },
};
