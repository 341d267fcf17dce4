import { lastDay } from '../../domain/interval.ts';
import type { PlanSnapshot, SnapshotInput } from '../../domain/snapshot.ts';

/** One input that is not as it was. */
export interface Cause {
  readonly kind: SnapshotInput['kind'];
  /** `freeze Year end: added`, `next of mongoose: … → …`. */
  readonly text: string;
  readonly store: string | null;
  readonly item: string | null;
}

export interface Moved {
  readonly id: string;
  readonly title: string;
  /** `null`: it had no place, or has none now. */
  readonly before: string | null;
  readonly after: string | null;
  /** What could have moved it, nearest first; empty only when other work did. */
  readonly causes: readonly Cause[];
}

export interface PlanDiff {
  readonly since: string;
  readonly until: string;
  readonly moved: readonly Moved[];
  /** Everything that changed, whether or not it moved something. */
  readonly causes: readonly Cause[];
}

/** What moved between two plans, and which fact, rule or decision did it: the changed inputs that speak of the work, its store, or all. Pure. */
export function planDiff(before: PlanSnapshot, after: PlanSnapshot): PlanDiff {
  const causes = changedInputs(before.inputs, after.inputs);
  const old = new Map(before.windows.filter(isShown).map((window) => [window.id, window]));
  const fresh = new Map(after.windows.filter(isShown).map((window) => [window.id, window]));
  const moved = [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((id): readonly Moved[] => {
    const [from, to] = [old.get(id), fresh.get(id)];
    const [was, is] = [placeOf(from), placeOf(to)];
    const one = to ?? from;
    if (was === is || one === undefined) return [];
    return [{ id, title: one.title, before: was, after: is, causes: causesFor(one, causes) }];
  });
  return { since: before.asOf, until: after.asOf, moved, causes };
}

/** Done work is over; that it leaves the plan is no move. */
function isShown({ state }: PlanSnapshot['windows'][number]): boolean {
  return state !== 'done';
}

function placeOf(window: PlanSnapshot['windows'][number] | undefined): string | null {
  return window === undefined ? null : `${window.from} to ${lastDay(window)}`;
}

function causesFor(
  { item, store }: { readonly item: string; readonly store: string },
  causes: readonly Cause[],
): readonly Cause[] {
  const own = causes.filter((cause) => cause.item === item);
  const near = causes.filter((cause) => cause.item === null && cause.store === store);
  const common = causes.filter((cause) => cause.item === null && cause.store === null);
  const found = [...own, ...near, ...common];
  // Nothing about it changed: something moved other work, which took its place or left it.
  return found.length > 0 ? found : causes;
}

function changedInputs(before: readonly SnapshotInput[], after: readonly SnapshotInput[]): readonly Cause[] {
  const name = ({ kind, key, store }: SnapshotInput) => `${kind} ${store} ${key}`;
  const old = new Map(before.map((input) => [name(input), input]));
  const fresh = new Map(after.map((input) => [name(input), input]));
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key): readonly Cause[] => {
    const [from, to] = [old.get(key), fresh.get(key)];
    const one = to ?? from;
    if (one === undefined || from?.value === to?.value) return [];
    const change =
      from === undefined
        ? `added: ${to?.value}`
        : to === undefined
          ? `gone: ${from.value}`
          : `${from.value} → ${to.value}`;
    return [{ kind: one.kind, text: `${one.key}: ${change}`, store: one.store, item: one.item }];
  });
}
