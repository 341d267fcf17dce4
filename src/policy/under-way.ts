import type { Team } from '../domain/config.ts';
import { addDays } from '../domain/day.ts';
import type { Plan } from '../domain/plan.ts';
import { windowId } from '../domain/work-id.ts';
import { sprintOf } from './calendar.ts';
import type { Piece, Placed } from './rule.ts';

/** A piece of which no more than this is known: what a rule needs of work that others have a place for. It takes no effort. */
export function pieceLike(
  known: Pick<Piece, 'id' | 'item' | 'step' | 'title' | 'kind' | 'store'> & Pick<Partial<Piece>, 'patch'>,
): Piece {
  const { id, item, step, title, kind, store, patch = false } = known;
  return {
    id,
    item,
    step,
    title,
    kind,
    store,
    days: 1,
    effort: 0,
    priority: 3,
    notBefore: null,
    deadline: null,
    after: [],
    needs: [],
    follows: [],
    ripe: null,
    urgent: false,
    patch,
  };
}

/** The new binaries of an upgrade of which no more than its name is known. */
export function binariesLike(item: string, store: string): Piece {
  const step = 'binaries';
  return pieceLike({ id: windowId({ item, step }), item, step, title: item, kind: 'engine', store });
}

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
