import type { Config } from '../domain/config.ts';
import { addDays } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import type { Overview } from '../domain/overview.ts';
import type { Disruption, PlannedWindow, StoreId } from '../domain/plan.ts';
import { sprintOf } from '../policy/calendar.ts';
import type { OpenInterval, Piece, Placed } from '../policy/rule.ts';

/** The work that has its days, as the rules look at it. */
export interface PlacedWork {
  /** Accepted, pinned and done, also what is over but still settling. */
  readonly decided: readonly Placed[];
  readonly proposed: readonly Placed[];
}

/** What a rule needs to know of work that others have a place for. */
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

/** The work of a plan that has its days; upgrades with the disruptions that the plan found. */
export function placedIn({ plan, config }: Pick<Overview, 'plan' | 'config'>): PlacedWork {
  const carried = new Set<Disruption>();
  const disruptionOf = ({ item, step, from, state }: PlannedWindow): Disruption | null => {
    if (step !== 'binaries') return null;
    const own = plan.disruptions.find(
      (one) => one.item === item && one.from === from && (one.state === 'proposed') === (state === 'proposed'),
    );
    if (own !== undefined) carried.add(own);
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
  // An upgrade whose binaries run has no window of theirs any more, and still burns in and soaks; so does one that is done.
  const begun = plan.disruptions
    .filter((one) => one.state === 'decided' && !carried.has(one))
    .map((one) => settling(one.item, one.store, one, config));
  return { decided: [...decided, ...begun], proposed };
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

function settling(item: string, store: StoreId, disruption: OpenInterval, config: Config): Placed {
  const piece = pieceLike({ id: `${item}/binaries`, item, step: 'binaries', title: item, kind: 'engine', store });
  const window = { from: disruption.from, until: disruption.until ?? addDays(disruption.from, 1) };
  const { from, until } = disruption;
  return { piece, window, sprint: sprintOf(config.team, from), disruption: { from, until }, decided: true };
}
