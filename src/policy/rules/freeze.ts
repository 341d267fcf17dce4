import type { Freeze } from '../../domain/config.ts';
import { overlaps } from '../../domain/interval.ts';
import { blocksKind } from '../freezes.ts';
import { shorterFreeze } from '../relaxing.ts';
import type { Breach, Candidate, Rule } from '../rule.ts';
import { openOverlaps, openText } from '../spans.ts';

export const freeze: Rule = {
  id: 'freeze',
  intent: 'In a freeze nothing of the named kind happens, and where it says so no engine is between two lines.',
  unit: 'days in the freeze',
  scope: 'alone',
  gate: 'day',
  relax: [shorterFreeze],
  check(candidate, { config }) {
    return workFrozen(candidate, config.freezes) ?? disruptionFrozen(candidate, config.freezes);
  },
};

function workFrozen({ piece, window }: Candidate, freezes: readonly Freeze[]): Breach | null {
  const hit = freezes.find((one) => blocksKind(one, piece.kind, piece.urgent) && overlaps(one, window));
  if (hit === undefined) return null;
  return {
    because: `the freeze "${hit.name}" lasts from ${hit.from} until ${hit.until}`,
    facts: { freeze: hit.name, from: hit.from, until: hit.until },
  };
}

function disruptionFrozen({ piece, disruption }: Candidate, freezes: readonly Freeze[]): Breach | null {
  if (disruption === null) return null;
  const hit = freezes.find((one) => blocksKind(one, 'disruption') && openOverlaps(one, disruption));
  if (hit === undefined) return null;
  return {
    because: `${piece.item} is between two lines ${openText(disruption)}, and the freeze "${hit.name}" lasts from ${hit.from} until ${hit.until}`,
    facts: { freeze: hit.name, from: hit.from, until: hit.until },
  };
}
