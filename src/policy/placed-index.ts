import type { Placed } from './rule.ts';

// Rules ask for the few that matter among all that has its place: those of one item, of one store, in one sprint. A search asks hundreds of
// thousands of times, so the answers are kept beside the list, and follow it while it grows.

export interface PlacedIndex {
  readonly ofItem: (item: string) => readonly Placed[];
  readonly ofStore: (store: string) => readonly Placed[];
  readonly inSprint: (sprint: number) => readonly Placed[];
  /** Work that must come after the item. */
  readonly awaiting: (item: string) => readonly Placed[];
  /** New binaries, with the time in which their engine is between two lines. */
  readonly disrupting: readonly Placed[];
}

interface Entry extends PlacedIndex {
  /** How many of the list are in the answers. */
  upTo: number;
  readonly add: (one: Placed) => void;
}

const entries = new WeakMap<readonly Placed[], Entry>();
const NONE: readonly Placed[] = [];

/** The answers for a list. It may grow while it is used, at its end; nothing in it may be taken out or changed. */
export function indexOf(placed: readonly Placed[]): PlacedIndex {
  let entry = entries.get(placed);
  if (entry === undefined) {
    entry = anEntry();
    entries.set(placed, entry);
  }
  for (; entry.upTo < placed.length; entry.upTo++) {
    const one = placed[entry.upTo];
    if (one !== undefined) entry.add(one);
  }
  return entry;
}

function anEntry(): Entry {
  const items = new Map<string, Placed[]>();
  const stores = new Map<string, Placed[]>();
  const sprints = new Map<number, Placed[]>();
  const waiting = new Map<string, Placed[]>();
  const disrupting: Placed[] = [];
  return {
    upTo: 0,
    ofItem: (item) => items.get(item) ?? NONE,
    ofStore: (store) => stores.get(store) ?? NONE,
    inSprint: (sprint) => sprints.get(sprint) ?? NONE,
    awaiting: (item) => waiting.get(item) ?? NONE,
    disrupting,
    add: (one) => {
      push(items, one.piece.item, one);
      push(stores, one.piece.store, one);
      push(sprints, one.sprint.number, one);
      for (const item of one.piece.after) push(waiting, item, one);
      if (one.disruption !== null) disrupting.push(one);
    },
  };
}

function push<K>(map: Map<K, Placed[]>, key: K, one: Placed): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}
