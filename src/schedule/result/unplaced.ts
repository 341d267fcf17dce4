import { compareText } from '../../domain/order.ts';
import type { CarriedPatch, LaterWork, NoWay, Refusal, Unplaced } from '../../domain/plan.ts';
import { windowId } from '../../domain/work-id.ts';
import type { Piece, RuleFacts } from '../../policy/rule.ts';
import { isRefused } from '../../policy/rules.ts';
import { judgeHop } from '../places/hop-at.ts';
import { toPlaced } from '../places/starts.ts';
import type { Draft } from '../search/draft.ts';
import type { Lost, LostHop, Work } from '../search/search.ts';
import { blockersOf } from './blockers.ts';
import { factsOf } from './facts.ts';

// Why work has no place.

/** All work without a place, by item: what is missed, and what waits for a later plan. */
export function missingOf(draft: Draft): {
  readonly unplaced: readonly Unplaced[];
  readonly later: readonly LaterWork[];
} {
  const { context, attempt, gathered } = draft;
  const facts = factsOf(draft);
  const all = [
    ...context.lostPatches.map((lost) => explainLost(lost, [], facts)),
    ...context.lostHops.map(explainHop),
    ...context.hops.flatMap(({ hop, missing }) =>
      missing.length === 0 ? [] : [{ ...entry(hop.binaries, missing), title: hop.title }],
    ),
    ...attempt.unplaced.map((lost) => explainLost(lost, context.work, facts)),
  ].toSorted((a, b) => compareText(a.item, b.item));
  const waiting = all.filter(({ item }) => gathered.later.has(item)).map((one) => waits(one, draft));
  const unripe = gathered.input.hops.flatMap((result): readonly LaterWork[] =>
    result.kind === 'later'
      ? [{ item: result.item, title: result.title, from: result.from, because: result.because }]
      : [],
  );
  return {
    unplaced: all.filter(({ item }) => !gathered.later.has(item)),
    later: [...waiting, ...unripe].toSorted((a, b) => compareText(a.item, b.item)),
  };
}

/** Patches that newer binaries bring, by item. */
export function carriedOf({ gathered }: Draft): readonly CarriedPatch[] {
  return [...gathered.carried]
    .flatMap(([item, pieces]) =>
      pieces.map(({ item: patch, title, store }) => ({
        item: patch,
        title,
        store,
        by: windowId({ item, step: 'binaries' }),
      })),
    )
    .toSorted((a, b) => compareText(a.item, b.item));
}

/** Upgrades that neap knows no way for, by item. */
export function noWaysOf({ gathered }: Draft): readonly NoWay[] {
  return gathered.input.hops
    .flatMap((result) =>
      result.kind === 'no-way'
        ? [{ item: result.item, title: result.title, store: result.upgrade.store, because: result.because }]
        : [],
    )
    .toSorted((a, b) => compareText(a.item, b.item));
}

/** Work that is due, or may start, only beyond the days planned for. */
function waits({ item, title }: Unplaced, { gathered }: Draft): LaterWork {
  const { until } = gathered.input.horizon;
  const pieces = gathered.models.filter((piece) => piece.item === item);
  const start = pieces.map(({ notBefore }) => notBefore).find((day) => day !== null && day >= until) ?? null;
  if (start !== null) return { item, title, from: start, because: `it may not start before ${start}` };
  const due =
    [...pieces, ...gathered.hops.filter((hop) => hop.item === item).map(({ binaries }) => binaries)]
      .map(({ deadline }) => deadline)
      .find((day) => day !== null && day >= until) ?? null;
  if (due !== null)
    return { item, title, from: until, because: `no room before ${until}, and it is due only by ${due}` };
  return { item, title, from: until, because: `it waits for work that is due only after ${until}` };
}

/** Why an item has no place: the first of its phases that finds none, those before it as early as they can be. */
function explainLost(lost: Lost, work: readonly Work[], facts: RuleFacts): Unplaced {
  const others = { ...facts, unplaced: new Set([...facts.unplaced].filter((item) => item !== lost.piece.item)) };
  const phases = work.find(({ item }) => item === lost.piece.item)?.pieces ?? [];
  const placed = [...facts.placed];
  for (const { piece, options } of phases) {
    const known: RuleFacts = { ...others, placed };
    const first = options.find((option) => option.refused.length === 0 && !isRefused(option, known, 'others'));
    if (first === undefined) return entry(piece, blockersOf(piece, options, known));
    placed.push(toPlaced(first));
  }
  return entry(lost.piece, blockersOf(lost.piece, lost.options, others));
}

/** Why an upgrade has no place: what speaks against each day its binaries could come, the whole chain considered. */
function explainHop({ hop, options, facts, steps }: LostHop): Unplaced {
  const judged = (options.get(hop.binaries.id) ?? []).map((option) => ({
    ...option,
    refused: judgeHop(hop, option, options, steps, facts).refused,
  }));
  return { ...entry(hop.binaries, blockersOf(hop.binaries, judged, facts)), title: hop.title };
}

function entry(piece: Piece, blockers: readonly Refusal[]): Unplaced {
  const { item, title, kind, store } = piece;
  return { item, title, kind, store, blockers, relaxations: null };
}
