import { stepsOf } from '../changes.ts';
import { type Conflict, conflict, type Judge } from '../conflict.ts';
import { type Count, count, say } from '../days.ts';
import type { Placed, Scene } from '../placed.ts';
import { disruptionsOf } from '../stretch.ts';

/** Steps after which something newer runs. */
const RUNS: readonly (string | null)[] = ['binaries', 'fcv'];

/** What an item comes after is over: all of its phases, its soak. */
export const after: Judge = (scene) => {
  const { team, placed } = scene;
  return placed.flatMap((place) => {
    const hop = team.hops.find(({ item }) => item === place.item);
    const change = team.config.modelChanges.find(({ id }) => id === place.item);
    return (hop?.after ?? change?.after ?? []).flatMap((item): readonly Conflict[] => {
      const end = endOf(item, scene);
      if (end === null) {
        // Whether what has its place of an item that has none in whole did something wrong is left open.
        const late = placed.filter((one) => one.item === item && one.until > place.from);
        return [
          conflict('order', [[place]], `${item} has no place`, place.proposed),
          ...(late.length === 0 ? [] : [conflict('order', [late], `${place.id} comes after it`, false)]),
        ];
      }
      if (end <= place.from) return [];
      const others = placed.filter((one) => one.item === item);
      const because = `before ${item} is over: ${say(place)}`;
      // Binaries of a chain that come first make those before them wrong; otherwise what comes too late did nothing wrong itself.
      if (hop !== undefined && RUNS.includes(place.step)) return [conflict('order', [[place], others], because)];
      return [conflict('order', [[place]], because), conflict('order', [others], because, false)];
    });
  });
};

/** The day an item is over; `null` when some of it has no place. What nobody plans is over already. */
function endOf(item: string, scene: Scene): Count | null {
  const { team, placed } = scene;
  const own = placed.filter((one) => one.item === item);
  if (team.hops.some((hop) => hop.item === item)) {
    return disruptionsOf(scene).find((one) => one.item === item)?.until ?? null;
  }
  const change = team.config.modelChanges.find(({ id }) => id === item);
  const steps = change === undefined ? [] : stepsOf(change);
  if (steps.some((step) => !own.some((one) => one.step === step))) return null;
  if (change === undefined && own.length === 0) return team.patches.some((one) => one.item === item) ? null : -Infinity;
  return Math.max(...own.map(({ until }) => until));
}

/** Nothing begins before the day the team gave. */
export const notBefore: Judge = ({ team, placed }) =>
  placed
    .filter((place) => isEarly(place, team.config.modelChanges))
    .map((one) => conflict('order', [[one]], 'notBefore'));

function isEarly({ item, from }: Placed, changes: Scene['team']['config']['modelChanges']): boolean {
  const first = changes.find(({ id }) => id === item)?.notBefore ?? null;
  return first !== null && from < count(first);
}
