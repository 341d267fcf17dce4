import { eachAlone } from '../conflict.ts';
import { count } from '../days.ts';

/** New binaries are of a line that is old enough. */
export const releaseAge = eachAlone('release-age', ({ item, step, from }, { team }) => {
  const ripe = step === 'binaries' ? (team.hops.find((hop) => hop.item === item)?.ripe ?? null) : null;
  return ripe !== null && (ripe === 'never' || from < count(ripe)) ? `ripe ${ripe}` : null;
});
