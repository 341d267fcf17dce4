import type { Interval } from '../../domain/interval.ts';
import { compareText } from '../../domain/order.ts';
import { workdaysAhead } from '../../policy/calendar.ts';
import type { Piece, RuleFacts } from '../../policy/rule.ts';
import { phasesCost } from '../places/cost.ts';
import { assumedPlaces, decidedPlaces, type FixedPlace, soakingPlaces } from '../places/decided.ts';
import { optionsFor } from '../places/starts.ts';
import type { Hop } from '../work/hop.ts';
import { stepsOf, tied } from '../work/hop-order.ts';
import { byWorth } from './greedy.ts';
import type { Context, PlanInput, Work } from './search.ts';

/** Everything that wants a place, and what people decided of it. */
export interface Gathered {
  readonly input: PlanInput;
  readonly hops: readonly Hop[];
  /** Model changes, and patches that no upgrade brings. */
  readonly models: readonly Piece[];
  readonly patches: readonly Piece[];
  /** Patches that new binaries bring which come soon, by the item of their upgrade. */
  readonly carried: ReadonlyMap<string, readonly Piece[]>;
  readonly decided: readonly FixedPlace[];
  readonly later: ReadonlySet<string>;
  /** What counts for each store without any hold. */
  readonly free: PlanInput['facts']['exposed'];
}

/** Working days within which new binaries that come anyway carry a patch against a grave defect. */
const CARRIED_WITHIN = 10;

/** Sorts the input into what is to be placed. */
export function gather(input: PlanInput): Gathered {
  const hops = input.hops.flatMap((result) => (result.kind === 'hop' ? [tied(result.hop)] : []));
  const steps = hops.flatMap(stepsOf);
  const said = decidedPlaces([...input.models, ...steps], hops, input.facts);
  // In an order of their own, whichever way round they are written down.
  const decided = [...said, ...assumedPlaces(hops, said, input.facts), ...soakingPlaces(hops, input.facts)].toSorted(
    (a, b) =>
      compareText(a.placed.window.from, b.placed.window.from) || compareText(a.placed.piece.id, b.placed.piece.id),
  );
  const carried = carriedPatches(input, decided);
  const all = new Set([...carried.values()].flat());
  const open = input.models.filter((piece) => !all.has(piece));
  return {
    input,
    hops,
    models: open.filter(({ grave }) => grave === undefined),
    patches: open.filter(({ grave }) => grave !== undefined),
    carried,
    decided: decided.filter(({ placed }) => !all.has(placed.piece)),
    later: laterOf([...open, ...steps], input.horizon),
    free: input.facts.exposed,
  };
}

/** Patches of an engine of which newer binaries are decided that come within days, or have come: they mend what the patch would. */
function carriedPatches(
  { models, facts }: PlanInput,
  decided: readonly FixedPlace[],
): ReadonlyMap<string, readonly Piece[]> {
  const { config, asOf } = facts;
  const soon = decided.filter(
    ({ placed: { piece, window } }) =>
      piece.step === 'binaries' &&
      (window.from <= asOf || workdaysAhead(config.team, asOf, window.from) <= CARRIED_WITHIN),
  );
  return new Map(
    soon.flatMap(({ placed: { piece } }) => {
      const own = models.filter((one) => one.grave !== undefined && one.patch === true && one.store === piece.store);
      return own.length === 0 ? [] : [[piece.item, own] as const];
    }),
  );
}

/** What an earlier search found, and this one builds on. */
export interface Known {
  /** Accepted windows, by id, that break a rule and that nothing replaces. */
  readonly stuck: ReadonlySet<string>;
  /** Items that have no place, though other work waits for them, or a part of them is decided. */
  readonly lost: ReadonlySet<string>;
}

/** The first context of a search: nothing but the decided windows that stand has a place, or that nothing replaces. */
export function begin(
  { input, models, decided, later }: Gathered,
  replaced: ReadonlySet<string>,
  { stuck, lost }: Known,
): Context {
  const fixed = decided.filter(({ placed }) => !replaced.has(placed.piece.id));
  const standing = new Map(fixed.map(({ placed }) => [placed.piece.id, placed]));
  const facts: RuleFacts = { ...input.facts, placed: [], unplaced: new Set() };
  const work = [...Map.groupBy(models, ({ item }) => item)].flatMap(([item, all]): readonly Work[] => {
    const pieces = all.filter(({ id }) => !standing.has(id));
    if (pieces.length === 0) return [];
    const first = all[0] === undefined ? undefined : standing.get(all[0].id);
    const ends = all.flatMap(({ id, part }) => (part === 'last' ? (standing.get(id)?.window.until ?? []) : []))[0];
    return [
      {
        item,
        priority: all[0]?.priority ?? 3,
        later: later.has(item),
        begun: pieces.length < all.length,
        offset: first !== undefined && first.piece.part === 'first' ? phasesCost(first, facts.asOf) : 0,
        pieces: pieces.map((one) => {
          const piece = one.part === 'first' && ends !== undefined ? { ...one, spansTo: ends } : one;
          const options = optionsFor(piece, input.horizon, facts);
          return { piece, options, open: byWorth(options, facts.baseline) };
        }),
      },
    ];
  });
  const left = decided.flatMap(({ placed }) => (stuck.has(placed.piece.id) ? [placed] : []));
  return {
    ...{ input, work, fixed, stuck: left, later },
    ...{ patches: [], lostPatches: [], hops: [], lostHops: [], lost },
  };
}

/** Due, or allowed to start, only after the horizon. */
function isBeyond({ deadline, notBefore }: Piece, horizon: Interval): boolean {
  return (deadline ?? '') >= horizon.until || (notBefore ?? '') >= horizon.until;
}

/** Items due only beyond the horizon, or allowed to start there, and those that wait for them and are not due before. */
function laterOf(pieces: readonly Piece[], horizon: Interval): ReadonlySet<string> {
  const later = new Set(pieces.filter((piece) => isBeyond(piece, horizon)).map(({ item }) => item));
  for (let before = -1; before < later.size; ) {
    before = later.size;
    for (const { item, after, deadline } of pieces) {
      if (deadline === null && after.some((other) => later.has(other))) later.add(item);
    }
  }
  return later;
}
