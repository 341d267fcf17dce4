import type { ModelChange } from '../../../../src/domain/config.ts';
import type { RuleId } from '../../../../src/domain/rule-ids.ts';
import { rowOf } from '../changes.ts';
import { conflict, type Judge } from '../conflict.ts';

/** `null`: holds; else whether it is surely broken. */
type Verdict = (change: ModelChange) => boolean | null;

function ofChanges(rule: RuleId, verdict: Verdict): Judge {
  return ({ team, placed }) =>
    placed.flatMap((place) => {
      const change = team.config.modelChanges.find(({ id }) => id === place.item);
      const sure = change === undefined ? null : verdict(change);
      return sure === null ? [] : [conflict(rule, [[place]], rule, sure)];
    });
}

/** A migration can run again after it stopped half-way. */
export const rerunnable = ofChanges('rerunnable', ({ rerunnable: again, strategy }) =>
  again === false ? strategy === 'migration' : null,
);

/** A change of high risk has a way back. */
export const wayBack = ofChanges('way-back', (change) =>
  change.rollback === 'none' ? rowOf(change)?.risk === 'high' : null,
);
