import { brokenBySelves, byStanding, findingsOf } from '../places/decided.ts';
import { toPlaced } from '../places/starts.ts';
import { begin, type Gathered, gather, type Known } from './gather.ts';
import { squeezed, tryModels } from './greedy.ts';
import { arranged, priced } from './model-changes.ts';
import { placePatches } from './patches.ts';
import type { Attempt, Context, PlanInput } from './search.ts';
import { placeUpgrades } from './upgrades.ts';
import { type Held, holdsOfDecided, placeByHolds } from './with-holds.ts';

/** All that a search found, before it is told. */
export interface Draft {
  readonly gathered: Gathered;
  readonly context: Context;
  readonly attempt: Attempt;
  readonly held: Held;
  /** Accepted windows, by id, beside which another place is proposed: they break a rule, or must move with one that does. */
  readonly replaced: ReadonlySet<string>;
  /** Every other arrangement of the model changes was ruled out. */
  readonly complete: boolean;
  /** A sum of costs of the model changes that nobody beats. */
  readonly leastCost: number;
}

/**
 * Searches until every accepted window keeps all rules, or has another place proposed beside it, or is known to have none: what an accepted
 * window breaks may only be seen once the rest has its place, such as the FCV of an upgrade of which the binaries are decided. Pure.
 */
export function draftOf(given: PlanInput): Draft {
  const gathered = gather(given);
  // A window that was accepted with a hold is judged with it.
  const { exposed } = holdsOfDecided(gathered.decided, given.facts);
  let replaced = brokenBySelves(gathered.decided, { ...given.facts, exposed });
  let known: Known = { stuck: new Set(), lost: new Set() };
  for (;;) {
    const draft = searched(gathered, replaced, known);
    const broken = nextBroken(draft);
    // What was released on the way is planned in its turn, after the work it waits for.
    const settled = broken === null && draft.replaced.size === replaced.size;
    replaced = new Set([...draft.replaced, ...(broken === null ? [] : [broken])]);
    if (!settled) continue;
    const next = learntFrom(draft, known);
    if (next.stuck.size === known.stuck.size && next.lost.size === known.lost.size) return draft;
    known = next;
  }
}

/** What this search found to have no place, so that the next one builds nothing on it: it may be known only after others have theirs. */
function learntFrom(draft: Draft, known: Known): Known {
  const stuck = new Set([...known.stuck, ...stuckOf(draft)]);
  const items = draft.gathered.decided.flatMap(({ placed: { piece } }) => (stuck.has(piece.id) ? [piece.item] : []));
  const { hops, lost } = draft.context;
  const awaited = hops
    .filter(({ candidates }) => candidates.length > 0)
    .flatMap(({ hop }) => hop.binaries.after.filter((item) => lost.has(item)));
  return { stuck, lost: new Set([...known.lost, ...items, ...awaited]) };
}

/** Accepted windows beside which another place should be proposed, and there is none. */
function stuckOf({ replaced, context, attempt }: Draft): readonly string[] {
  const proposed = new Set([
    ...context.hops.flatMap(({ candidates }) => candidates.map(({ piece }) => piece.id)),
    ...[...context.patches, ...attempt.placed].map(({ piece }) => piece.id),
  ]);
  return [...replaced].filter((id) => !proposed.has(id));
}

/** Patches, upgrades, model changes and holds, in this order. */
function searched(whole: Gathered, replaced: ReadonlySet<string>, known: Known): Draft {
  const standing = whole.decided.filter(({ placed }) => !replaced.has(placed.piece.id));
  const decided = holdsOfDecided(standing, whole.input.facts);
  const input = { ...whole.input, facts: { ...whole.input.facts, exposed: decided.exposed } };
  const gathered = { ...whole, input };
  const first = placePatches(whole.patches, begin(gathered, replaced, known));
  const moving = new Set(
    whole.decided.filter(({ placed }) => replaced.has(placed.piece.id)).map(({ placed }) => placed.piece.item),
  );
  const { context, released } = placeUpgrades(whole.hops, first, moving);
  const quick = input.quick === true ? { attempt: tryModels(context), bound: 0 } : null;
  const { attempt: greedy, bound } = quick ?? priced(context);
  const { attempt: best, complete } = quick === null ? arranged(context, greedy) : { ...quick, complete: false };
  const { attempt, ...held } = placeByHolds(context, squeezed(context, best), decided);
  return {
    gathered,
    context,
    attempt,
    held,
    replaced: new Set([...replaced, ...released]),
    complete,
    leastCost: bound,
  };
}

/** Of the accepted windows that break a rule beside all that has its place the one that stands last; `null`: none does. */
function nextBroken({ context, attempt, held, replaced }: Draft): string | null {
  // What is stuck is to blame itself.
  const standing = attempt.facts.placed.filter((one) => !context.stuck.includes(one));
  const placed = [...standing, ...attempt.placed.map(toPlaced)];
  const unplaced = new Set([...context.lost, ...attempt.unplaced.map(({ piece }) => piece.item)]);
  const facts = { ...attempt.facts, exposed: held.exposed, placed, unplaced };
  const disruptions = new Map(placed.map((one) => [one.piece.id, one.disruption]));
  const broken = context.fixed.filter((place) => {
    const { piece, disruption } = place.placed;
    if (place.decision.state !== 'accepted' || place.past || replaced.has(piece.id)) return false;
    const now = { ...place, placed: { ...place.placed, disruption: disruptions.get(piece.id) ?? disruption } };
    return findingsOf(now, facts).length > 0;
  });
  return broken.toSorted(byStanding).at(-1)?.placed.piece.id ?? null;
}
