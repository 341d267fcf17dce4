import { type Interval, overlaps } from '../../domain/interval.ts';
import { workdaysIn } from '../calendar.ts';
import { indexOf } from '../placed-index.ts';
import { exception, more } from '../relaxing.ts';
import type { Breach, Rule, RuleFacts } from '../rule.ts';

export const freshBackup: Rule = {
  id: 'fresh-backup',
  intent: 'Where the way back is a restore, the backup is of these days.',
  unit: 'working days too old',
  scope: 'others',
  gate: 'none',
  either: true,
  relax: [more('engineUpgrades.freshBackup', 5), exception],
  check({ piece, window }, facts) {
    for (const other of indexOf(facts.placed).ofItem(piece.item)) {
      if (piece.backup === other.piece.id) return tooOld(other.window, window, facts);
      if (other.piece.backup === piece.id) return tooOld(window, other.window, facts);
    }
    return null;
  },
};

function tooOld(backup: Interval, noReturn: Interval, { config }: RuleFacts): Breach | null {
  const { freshBackup: allowed } = config.policy.engineUpgrades;
  const between = { from: backup.until, until: noReturn.from };
  const age = workdaysIn(config.team, between);
  if (age > allowed) {
    return {
      because: `the backup of ${backup.from} would be ${age} working days old on ${noReturn.from}, ${allowed} are allowed`,
      facts: { age, freshBackup: allowed, backup: backup.from },
    };
  }
  const frozen = config.freezes.find((freeze) => between.from < between.until && overlaps(freeze, between));
  if (frozen === undefined) return null;
  return {
    because: `the freeze "${frozen.name}" lies between the backup of ${backup.from} and ${noReturn.from}`,
    facts: { freeze: frozen.name, backup: backup.from },
  };
}
