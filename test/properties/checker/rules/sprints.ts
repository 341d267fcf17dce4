import { sprintAt } from '../calendar.ts';
import { effortOf } from '../changes.ts';
import { type Conflict, conflict, eachAlone, isExcepted, type Judge } from '../conflict.ts';
import { say, text } from '../days.ts';
import type { Placed, Scene } from '../placed.ts';

/** A window ends in the sprint it begins in. */
export const inOneSprint = eachAlone('in-one-sprint', (place, { team }) => {
  const sprint = sprintAt(team.config, place.from);
  return place.until > sprint.until ? `${say(place)} of sprint ${say(sprint)}` : null;
});

/** A sprint holds no more than its capacity; a grave patch may exceed it, but makes no room for others. */
export const capacity: Judge = (scene) => {
  const { config, patches } = scene.team;
  const most = config.team.sprint.capacity;
  if (most === null) return [];
  const isGrave = ({ item }: Placed) => patches.some((one) => one.item === item && one.grave);
  const total = (all: readonly Placed[]) => all.reduce((sum, one) => sum + effortOfPlaced(one, scene), 0);
  const sprints = Map.groupBy(scene.placed, ({ from }) => sprintAt(config, from).from);
  return [...sprints].flatMap(([first, all]): readonly Conflict[] => {
    const counted = all.filter((one) => !isExcepted(config, 'capacity', one));
    const working = counted.filter((one) => !isGrave(one) && effortOfPlaced(one, scene) > 0);
    const over = (sum: number) => sum > most + 1e-9;
    const because = `${total(all)} of ${most} in the sprint of ${text(first)}`;
    const each = (of: readonly Placed[], sure: boolean) =>
      conflict(
        'capacity',
        of.map((one) => [one]),
        because,
        sure,
      );
    return [
      ...(over(total(counted))
        ? [
            each(
              working.filter(({ proposed }) => proposed),
              true,
            ),
          ]
        : []),
      ...(over(total(working))
        ? [
            each(
              working.filter(({ proposed }) => !proposed),
              true,
            ),
          ]
        : []),
      ...(over(total(all)) ? [each(all, false)] : []),
    ];
  });
};

/** Person-days of a window; 0 for work that is not known. */
export function effortOfPlaced({ item, step }: Placed, { team }: Scene): number {
  const change = team.config.modelChanges.find(({ id }) => id === item);
  if (change !== undefined) return effortOf(change);
  const hop = team.hops.find((one) => one.item === item);
  return (hop?.steps.find((one) => one.step === step) ?? team.patches.find((one) => one.item === item))?.effort ?? 0;
}
