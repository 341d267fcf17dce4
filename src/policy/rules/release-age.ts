import { daysBetween } from '../../domain/day.ts';
import { exception, less } from '../relaxing.ts';
import type { Rule } from '../rule.ts';

export const releaseAge: Rule = {
  id: 'release-age',
  intent: 'Others find the first bugs of a new line.',
  unit: 'days too young',
  scope: 'alone',
  gate: 'none',
  relax: [less('engineUpgrades.minAge'), less('engineUpgrades.minPatch'), exception],
  check({ piece, window }) {
    if (piece.ripe === null || window.from >= piece.ripe.from) return null;
    return {
      because: piece.ripe.because,
      facts: { ripeFrom: piece.ripe.from, missing: daysBetween(window.from, piece.ripe.from) },
    };
  },
};
