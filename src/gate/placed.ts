import type { Config } from '../domain/config.ts';
import { addDays, maxDay } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Interval } from '../domain/interval.ts';
import type { Overview } from '../domain/overview.ts';
import type { PlannedWindow, StoreId } from '../domain/plan.ts';
import { itemOfWindow } from '../domain/work-id.ts';
import { sprintOf } from '../policy/calendar.ts';
import type { Piece, Placed } from '../policy/rule.ts';

/** The work that has its days, as the rules look at it. */
export interface PlacedWork {
  /** Accepted, pinned and done, also what is over but still settling. */
  readonly decided: readonly Placed[];
  readonly proposed: readonly Placed[];
}

/** What a rule needs to know of work that others have a place for. */
export function pieceLike(known: Pick<Piece, 'id' | 'item' | 'step' | 'title' | 'kind' | 'store'>): Piece {
  return {
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
    ...known,
  };
}

export function placedIn({ plan, config, decisions }: Pick<Overview, 'plan' | 'config' | 'decisions'>): PlacedWork {
  const waits = Map.groupBy(plan.waits, ({ after }) => itemOf(after));
  const toPlaced = (window: PlannedWindow): Placed => ({
    piece: pieceLike(window),
    window: { from: window.from, until: window.until },
    sprint: sprintOf(config.team, window.from),
    disruption: window.step === 'binaries' ? spanning([window, ...(waits.get(window.item) ?? [])]) : null,
  });
  const inPlan = new Set(plan.windows.filter(({ step }) => step === 'binaries').map(({ item }) => item));
  // An upgrade of which nothing is left to plan still burns in and soaks.
  const begun = [...waits].flatMap(([item, own]) => (inPlan.has(item) ? [] : settling(item, spanning(own), config)));
  const over = decisions.flatMap((decision) => {
    const isOver = decision.step === 'binaries' && decision.state === 'done' && !inPlan.has(decision.item);
    return isOver && !waits.has(decision.item)
      ? settling(decision.item, disruptionOf(decision, decisions, config), config)
      : [];
  });
  return {
    decided: [...plan.windows.filter(({ state }) => state !== 'proposed').map(toPlaced), ...begun, ...over],
    proposed: plan.windows.filter(({ state }) => state === 'proposed').map(toPlaced),
  };
}

/** Days from new binaries that come on `binaries` to the end of their soak, by the policy. */
export function disruptionFrom(binaries: Interval, store: StoreId, config: Config): Interval {
  const { burnIn, soak } = config.policy.engineUpgrades;
  const hasFcv = config.stack.some(({ id, fcv }) => id === store && fcv !== null);
  return { from: binaries.from, until: addDays(binaries.until, burnIn + (hasFcv ? 1 : 0) + soak) };
}

/** As the planner has it: the soak follows the FCV where one was decided. */
function disruptionOf(binaries: Decision, decisions: readonly Decision[], config: Config): Interval {
  const { burnIn, soak } = config.policy.engineUpgrades;
  const fcv = decisions.find(
    ({ item, step, state }) => item === binaries.item && step === 'fcv' && state !== 'rejected',
  );
  if (fcv === undefined) return disruptionFrom(binaries, storeOf(binaries.item, config) ?? '', config);
  return { from: binaries.from, until: addDays(maxDay(fcv.until, addDays(binaries.until, burnIn)), soak) };
}

function settling(item: string, disruption: Interval, config: Config): readonly Placed[] {
  const store = storeOf(item, config);
  if (store === null) return [];
  const piece = pieceLike({ id: `${item}/binaries`, item, step: 'binaries', title: item, kind: 'engine', store });
  return [{ piece, window: disruption, sprint: sprintOf(config.team, disruption.from), disruption }];
}

/** `mongodb-8.0` is an upgrade of the store `mongodb`; `null` when no engine of the stack is called so. */
function storeOf(item: string, { stack }: Config): StoreId | null {
  const stores = stack.filter(({ id }) => item.startsWith(`${id}-`)).map(({ id }) => id);
  return stores.sort((a, b) => b.length - a.length)[0] ?? null;
}

function itemOf(window: string): string {
  return itemOfWindow(window);
}

function spanning(intervals: readonly Interval[]): Interval {
  const [first, ...rest] = intervals;
  if (first === undefined) throw new RangeError('no days to span');
  return rest.reduce(
    ({ from, until }, one) => ({ from: one.from < from ? one.from : from, until: maxDay(until, one.until) }),
    { from: first.from, until: first.until },
  );
}
