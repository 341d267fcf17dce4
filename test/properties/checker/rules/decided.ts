import { sprintAt } from '../calendar.ts';
import { eachAlone } from '../conflict.ts';
import { count } from '../days.ts';

/** Work that was rejected does not begin in that sprint again. */
export const decided = eachAlone('decided', (place, { team }) => {
  if (!place.proposed) return null;
  const { from } = sprintAt(team.config, place.from);
  const no = team.decisions.find(
    (one) =>
      one.state === 'rejected' &&
      one.item === place.item &&
      (one.step === null || one.step === place.step) &&
      sprintAt(team.config, count(one.from)).from === from,
  );
  return no === undefined ? null : `rejected on ${no.from}`;
});
