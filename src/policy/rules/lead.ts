import { workdaysAhead } from '../calendar.ts';
import { exception, less } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const lead: Rule = {
  id: 'lead',
  intent: 'Who has to do the work hears of it in time.',
  unit: 'working days missing',
  scope: 'alone',
  gate: 'none',
  relax: [less('lead.engine'), less('lead.model'), exception],
  check({ piece, window, decided }, { config, asOf }) {
    if (decided === true || piece.grave !== undefined) return null;
    const { engine, model } = config.policy.lead;
    const wanted = piece.kind === 'engine' ? engine : model;
    const ahead = workdaysAhead(config.team, asOf, window.from, wanted);
    if (ahead >= wanted) return null;
    return {
      because: `${window.from} is ${ahead} working days ahead, ${wanted} days of notice are required`,
      facts: { ahead, lead: wanted },
    };
  },
};
