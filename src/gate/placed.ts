import type { Config } from '../domain/config.ts';
import { addDays } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import type { Overview } from '../domain/overview.ts';
import type { Disruption, PlannedWindow, StoreId } from '../domain/plan.ts';
import { sprintOf } from '../policy/calendar.ts';
import { pieceLike } from '../policy/piece-like.ts';
import type { Placed } from '../policy/rule.ts';
import { underWay } from '../policy/under-way.ts';

/** The work that has its days, as the rules look at it. */
export interface PlacedWork {
  /** Accepted, pinned and done, also what is over but still settling. */
  readonly decided: readonly Placed[];
  readonly proposed: readonly Placed[];
}

/** The work of a plan that has its days; upgrades with the disruptions that the plan found. */
export function placedIn({ plan, config }: Pick<Overview, 'plan' | 'config'>): PlacedWork {
  const disruptionOf = ({ item, step, from, state }: PlannedWindow): Disruption | null => {
    if (step !== 'binaries') return null;
    const own = plan.disruptions.find(
      (one) => one.item === item && one.from === from && (one.state === 'proposed') === (state === 'proposed'),
    );
    return own ?? null;
  };
  const toPlaced = (window: PlannedWindow): Placed => ({
    piece: pieceLike({ ...window, patch: isPatch(window) }),
    window: { from: window.from, until: window.until },
    sprint: sprintOf(config.team, window.from),
    disruption: disruptionOf(window),
    decided: window.state !== 'proposed',
  });
  const decided = plan.windows.filter(({ state }) => state !== 'proposed').map(toPlaced);
  const proposed = plan.windows.filter(({ state }) => state === 'proposed').map(toPlaced);
  return { decided: [...decided, ...underWay(plan, config.team)], proposed };
}

/** New binaries of the line that runs: a patch against a grave defect, which has no step, or the one before an upgrade. */
export function isPatch({ kind, step }: Pick<PlannedWindow, 'kind' | 'step'>): boolean {
  return kind === 'engine' && (step === null || step === 'patch');
}

/** Days from new binaries that come on `binaries` to the end of their soak at the earliest, by the policy. */
export function disruptionFrom(binaries: Interval, store: StoreId, config: Config): Interval {
  const { burnIn, soak } = config.policy.engineUpgrades;
  const hasFcv = config.stack.some(({ id, fcv }) => id === store && fcv !== null);
  return { from: binaries.from, until: addDays(binaries.until, burnIn + (hasFcv ? 1 : 0) + soak) };
}
