import type { Baseline } from '../../domain/baseline.ts';
import type { Day } from '../../domain/day.ts';
import { compareText } from '../../domain/order.ts';
import type { PlanSnapshot } from '../../domain/snapshot.ts';
import { CAUSE_ORDER, type Cause, changedInputs, dayNear, isDone } from './causes.ts';

/**
 * What became of a window: `moved` to another day; `new` or `gone` with its work; without a place any more (`unplaced`); or its
 * first day passed undecided, and it is proposed `again`.
 */
export type Fate = 'moved' | 'new' | 'gone' | 'unplaced' | 'again';

/** A window that is not where it was. */
export interface Moved {
  readonly id: string;
  readonly title: string;
  readonly fate: Fate;
  /** Its first day; `null`: it had no place, or has none now. */
  readonly before: Day | null;
  readonly after: Day | null;
  /** What could have moved it, surest first; none where its first day passed. */
  readonly causes: readonly Cause[];
}

/** A cause, with the ids of the windows it may have moved; empty where it moved none. */
export interface MovingCause extends Cause {
  readonly moved: readonly string[];
}

export interface PlanDiff {
  /** What the plan is compared with: the proposals published last, or the plan of an earlier day from the same files. */
  readonly against: 'baseline' | 'earlier';
  /** Day of what it is compared with. */
  readonly since: Day;
  readonly until: Day;
  readonly moved: readonly Moved[];
  /** Everything that changed, each once, surest first, whether or not it moved something. */
  readonly causes: readonly MovingCause[];
}

/**
 * What moved, and which fact, rule or decision may have done it: the changed inputs that speak of the work, its store, or all. Pure.
 * @param before the plan of the earlier day. With a baseline it is the plan that today's files give for the day of the baseline.
 * @param baseline where the windows stood; `null`: where `before` has them.
 */
export function planDiff(before: PlanSnapshot, after: PlanSnapshot, baseline: Baseline | null = null): PlanDiff {
  const changed = changedInputs(before, after);
  const [then, fresh] = [windowsOf(before), windowsOf(after)];
  const old = baseline === null ? placesIn([...then.values()]) : placesIn(baseline.proposals);
  const ids = [...new Set([...old.keys(), ...fresh.keys()])].sort(compareText);
  const moves = ids.flatMap((id) => moveOf(id, { after, baseline, old, then, fresh }));
  const edit = edited(baseline?.on ?? before.asOf, after.asOf);
  const moved = moves.map((move): Moved => {
    const { id, title, fate, before: was, after: is } = move;
    const sure = [...(move.isEdited ? [edit] : []), ...changed];
    return { id, title, fate, before: was, after: is, causes: causesFor(move, sure, moves) };
  });
  const all = [...new Set([...changed, ...moved.flatMap(({ causes }) => causes)])];
  const causes = all
    .map((cause) => ({ ...cause, moved: moved.filter((one) => one.causes.includes(cause)).map(({ id }) => id) }))
    .toSorted((a, b) => CAUSE_ORDER.indexOf(a.kind) - CAUSE_ORDER.indexOf(b.kind) || compareText(a.text, b.text));
  const since = baseline?.on ?? before.asOf;
  return { against: baseline === null ? 'earlier' : 'baseline', since, until: after.asOf, moved, causes };
}

type Window = PlanSnapshot['windows'][number];

interface Move extends Omit<Moved, 'causes'> {
  readonly item: string;
  readonly store: string | null;
  /** Today's files would not have put it where it was published. */
  readonly isEdited: boolean;
}

interface Sides {
  readonly after: PlanSnapshot;
  readonly baseline: Baseline | null;
  /** Where the windows were, by id. */
  readonly old: ReadonlyMap<string, Day>;
  readonly then: ReadonlyMap<string, Window>;
  readonly fresh: ReadonlyMap<string, Window>;
}

function moveOf(id: string, { after, baseline, old, then, fresh }: Sides): readonly Move[] {
  const [was, is] = [old.get(id) ?? null, fresh.get(id)];
  const now = is?.from ?? null;
  // What is done left the plan that way; it did not move.
  if (was === now || isDone(after, id)) return [];
  // A baseline holds proposals only: a decided window that is not in it was decided before, or is new by somebody's own word.
  if (baseline !== null && was === null && is?.state !== 'proposed') return [];
  const earlier = then.get(id);
  const named = is ?? earlier;
  const item = named?.item ?? id.replace(/\/[^/]*$/, '');
  const proposed = baseline !== null || earlier?.state === 'proposed';
  const store = named?.store ?? null;
  const fate = fateOf({
    was,
    is,
    passed: proposed && was !== null && was <= after.asOf,
    unplaced: after.unplaced.includes(item),
  });
  const isEdited = baseline !== null && was !== null && earlier?.from !== was;
  return [{ id, title: named?.title ?? id, item, store, fate, before: was, after: now, isEdited }];
}

function fateOf(of: {
  readonly was: Day | null;
  readonly is: Window | undefined;
  readonly passed: boolean;
  readonly unplaced: boolean;
}): Fate {
  if (of.is === undefined) return of.unplaced ? 'unplaced' : 'gone';
  if (of.was === null) return 'new';
  return of.passed && of.is.state === 'proposed' ? 'again' : 'moved';
}

/** Said where today's files would not have put a window where it was published: they hold no memory of what they were. */
function edited(on: Day, asOf: Day): Cause {
  const text = `neap.yaml or a decision was edited since ${dayNear(asOf, on)}, or facts came in late`;
  return { kind: 'edit', text, store: null, item: null };
}

function placesIn(windows: readonly { readonly id: string; readonly from: Day }[]): ReadonlyMap<string, Day> {
  return new Map(windows.map(({ id, from }) => [id, from]));
}

/** The windows that are not done, by id; where one is decided and proposed anew, the proposal. */
function windowsOf({ windows }: PlanSnapshot): ReadonlyMap<string, Window> {
  const open = windows.filter(({ state }) => state !== 'done');
  const proposals = open.filter(({ state }) => state === 'proposed');
  return new Map([...open, ...proposals].map((window) => [window.id, window]));
}

/** Said of a window that nothing speaks of while others moved. */
const OTHER_WORK: Cause = { kind: 'other', text: 'other work moved', store: null, item: null };

function causesFor(
  { id, item, store, fate }: Move,
  changed: readonly Cause[],
  moves: readonly Move[],
): readonly Cause[] {
  if (fate === 'again') return [];
  const sure = changed.filter(({ kind }) => kind !== 'day');
  const speaks = (cause: Cause) => {
    if (cause.item === null) return cause.store === null || cause.store === store;
    return cause.item === item || (cause.kind === 'decision' && storeOf(cause.item, moves) === store);
  };
  const found = sure.filter(speaks);
  if (found.length > 0) return found;
  return moves.some((other) => other.id !== id) && sure.length > 0
    ? [OTHER_WORK]
    : changed.filter(({ kind }) => kind === 'day');
}

function storeOf(item: string, moves: readonly Move[]): string | null {
  return moves.find((one) => one.item === item)?.store ?? null;
}
