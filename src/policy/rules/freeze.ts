import { overlaps } from '../../domain/interval.ts';
import { shorterFreeze } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const freeze: Rule = {
  id: 'freeze',
  intent: 'In a freeze nothing of the named kind happens.',
  unit: 'days in the freeze',
  scope: 'alone',
  gate: 'day',
  relax: [shorterFreeze],
  check({ piece, window }, { config }) {
    const hit = config.freezes.find(
      (one) =>
        (one.blocks === 'all' || one.blocks === piece.kind) &&
        !one.allow.includes(piece.kind) &&
        !(piece.urgent && one.allow.includes('security')) &&
        overlaps(one, window),
    );
    if (hit === undefined) return null;
    return {
      because: `the freeze "${hit.name}" lasts from ${hit.from} until ${hit.until}`,
      facts: { freeze: hit.name, from: hit.from, until: hit.until },
    };
  },
};
