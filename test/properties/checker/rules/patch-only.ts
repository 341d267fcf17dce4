import type { Hold } from '../../../../src/domain/plan.ts';
import { type Conflict, conflict, type Judge } from '../conflict.ts';
import { type Count, count, type Run } from '../days.ts';
import type { Placed, Scene } from '../placed.ts';
import type { Vendor } from '../team.ts';

/** A model change keeps clear of feature releases, known ones and likely ones. */
export const patchOnly: Judge = (scene) =>
  scene.placed
    .filter(({ kind }) => kind === 'model')
    .flatMap((place): readonly Conflict[] => {
      const { risk, known } = riskOf(place, scene);
      const { tolerance } = scene.team.config.policy;
      if (known) return [conflict('patch-only', [[place]], 'a known release collides')];
      if (risk === null) return [conflict('patch-only', [[place]], 'nobody knows', false)];
      return risk > tolerance + 1e-9 ? [conflict('patch-only', [[place]], `${risk} over ${tolerance}`)] : [];
    });

/** The collision probability of a model window, `null` where facts are missing, and whether a known release collides. */
export function riskOf(
  place: Placed,
  { team, holds }: Scene,
): { readonly risk: number | null; readonly known: boolean } {
  const { guard, settle } = team.config.policy.modelChanges;
  // A window [from, until) collides with day d exactly when from − settle < d ≤ until − 1 + guard.
  const days: Run = { from: place.from - settle + 1, until: place.until + guard };
  let calm = 1;
  let known = false;
  let isUnknown = false;
  for (const vendor of team.vendors.get(place.store) ?? []) {
    const arrives = arrivalsOf(vendor, holds);
    const collides = (day: Count) => days.from <= arrives(day) && arrives(day) < days.until;
    if (vendor.known.some((day) => collides(count(day)))) known = true;
    if (vendor.unknown) isUnknown = true;
    for (let day = count(team.asOf) + 1; day < days.until; day++) if (collides(day)) calm *= 1 - vendor.daily;
  }
  return { risk: isUnknown ? null : known ? 1 : 1 - calm, known };
}

/** The day on which a release reaches the team: the last of the hold it falls in, and of the next hold that has begun by then. */
function arrivalsOf(vendor: Vendor, holds: readonly Hold[]): (day: Count) => Count {
  const own = vendor.reach ? holds.filter(({ product }) => product === vendor.product) : [];
  const runs = own.map(({ from, until }) => ({ from: count(from), last: count(until) - 1 }));
  const arrive = (day: Count): Count => {
    const hold = runs.find(({ from, last }) => from <= day && day < last);
    return hold === undefined ? day : arrive(hold.last);
  };
  return arrive;
}
