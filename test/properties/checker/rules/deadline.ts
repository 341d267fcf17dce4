import { eachAlone } from '../conflict.ts';
import { count } from '../days.ts';

/** The last day is on or before the day the team gave. */
export const deadline = eachAlone('deadline', ({ item, until }, { team }) => {
  const change = team.config.modelChanges.find(({ id }) => id === item);
  const last = change?.deadline ?? team.hops.find((hop) => hop.item === item)?.by ?? null;
  return last !== null && until - 1 > count(last) ? `due ${last}` : null;
});
