import type { Team } from '../domain/config.ts';
import { addDays } from '../domain/day.ts';
import type { Plan } from '../domain/plan.ts';
import { sprintOf } from './calendar.ts';
import { binariesLike } from './piece-like.ts';
import type { Placed } from './rule.ts';

/**
 * New binaries that run or soak and that no window of the plan tells of: nobody said when they came, or their upgrade is done and named no
 * more. Others keep their distance from them all the same.
 */
export function underWay(
  { disruptions, windows }: Pick<Plan, 'disruptions' | 'windows'>,
  team: Team,
): readonly Placed[] {
  const drawn = new Set(windows.flatMap(({ item, step, from }) => (step === 'binaries' ? [`${item} ${from}`] : [])));
  return disruptions
    .filter(({ item, state, from }) => state === 'decided' && !drawn.has(`${item} ${from}`))
    .map(({ item, store, from, until }) => ({
      piece: binariesLike(item, store),
      window: { from, until: until ?? addDays(from, 1) },
      sprint: sprintOf(team, from),
      disruption: { from, until },
      decided: true,
    }));
}
