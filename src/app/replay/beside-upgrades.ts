import { daysBetween } from '../../domain/day.ts';
import { gap, type Interval } from '../../domain/interval.ts';
import type { ReplayedChange, ReplayedDisruption } from './types.ts';

/** A change with the days of all three teams, judged by releases. What upgrades make of them is known at the end. */
export interface Judged {
  readonly change: Pick<ReplayedChange, 'id' | 'store' | 'arrived' | 'risk' | 'collided'>;
  /** From the first day of its first phase to the end of its last; `null`: it had not shipped by the end. */
  readonly span: Interval | null;
  /** Where a team that ships at once would have; `null`: nowhere within half a year. */
  readonly first: Met | null;
  /** The first place in each sprint of half a year. */
  readonly sprints: readonly Met[];
}

/** A window and the counted release that collided with it; `null`: none. */
export interface Met {
  readonly window: Interval;
  readonly collided: string | null;
}

/** The change with what lies closer than `separation` days to a disruption of its store, for all three teams alike. */
export function besideUpgrades(
  { change, span, first, sprints }: Judged,
  disruptions: readonly ReplayedDisruption[],
  separation: number,
): ReplayedChange {
  const own = disruptions.filter(({ store }) => store === change.store);
  const closeTo = (window: Interval) => own.find((one) => gap(window, one) < separation)?.item ?? null;
  const doneDays = ({ until }: Interval) => daysBetween(change.arrived, until);
  const days = sprints.map(({ window }) => doneDays(window));
  return {
    ...change,
    from: span?.from ?? null,
    until: span?.until ?? null,
    closeTo: span === null ? null : closeTo(span),
    doneDays: span === null ? null : doneDays(span),
    atOnce:
      first === null
        ? null
        : {
            ...first.window,
            collided: first.collided,
            closeTo: closeTo(first.window),
            doneDays: doneDays(first.window),
          },
    anySprint: {
      sprints: sprints.length,
      collided: sprints.filter(({ collided }) => collided !== null).length,
      close: sprints.filter(({ window }) => closeTo(window) !== null).length,
      doneDays: days.length === 0 ? null : days.reduce((sum, one) => sum + one, 0) / days.length,
    },
  };
}
