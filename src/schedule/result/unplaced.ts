import type { Refusal, Unplaced } from '../../domain/plan.ts';
import type { Piece, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import { judgeHop } from '../places/hop-at.ts';
import { toPlaced } from '../places/starts.ts';
import type { Lost, Work } from '../search/search.ts';
import type { LostHop } from '../search/upgrades.ts';
import type { HopResult } from '../work/hop.ts';
import { blockersOf } from './blockers.ts';

// Why work has no place.

/** Why an item has no place: the first of its phases that finds none, those before it as early as they can be. */
export function explainLost(lost: Lost, work: readonly Work[], facts: RuleFacts): Unplaced {
  const others = { ...facts, unplaced: new Set([...facts.unplaced].filter((item) => item !== lost.piece.item)) };
  const phases = work.find(({ item }) => item === lost.piece.item)?.pieces ?? [];
  const placed = [...facts.placed];
  for (const { piece, options } of phases) {
    const known: RuleFacts = { ...others, placed };
    const first = options.find(
      (option) => option.refused.length === 0 && refusals(option, known, 'others').length === 0,
    );
    if (first === undefined) return entry(piece, blockersOf(piece, options, known));
    placed.push(toPlaced(first));
  }
  return entry(lost.piece, blockersOf(lost.piece, lost.options, facts));
}

/** An upgrade that neap knows no way for. */
export function impossibleItem({ item, upgrade, title, breach }: Extract<HopResult, { kind: 'impossible' }>): Unplaced {
  return {
    item,
    title,
    kind: 'engine',
    store: upgrade.store,
    blockers: [{ rule: 'order', item, because: breach.because, facts: breach.facts, freeFrom: null }],
    relaxations: [],
  };
}

/** Why an upgrade has no place: what speaks against each day its binaries could come, the whole chain considered. */
export function explainHop({ hop, options, facts }: LostHop): Unplaced {
  const judged = options.binaries.map((option) => ({
    ...option,
    refused: judgeHop(hop, option, options, facts).refused,
  }));
  return { ...entry(hop.binaries, blockersOf(hop.binaries, judged, facts)), title: hop.title };
}

function entry(piece: Piece, blockers: readonly Refusal[]): Unplaced {
  const { item, title, kind, store } = piece;
  return { item, title, kind, store, blockers, relaxations: [] };
}
