import { compareText } from '../../domain/order.ts';
import type { Candidate, Piece, RuleFacts } from '../../policy/rule.ts';
import { isRefused } from '../../policy/rules.ts';
import { optionsFor, toPlaced } from '../places/starts.ts';
import { type Context, factsWith, type Lost } from './search.ts';

/**
 * Gives patches against grave defects their places before all other work: exploited ones first, each on the first day that the rules and
 * decided work allow; everything proposed keeps its distance from them. Pure.
 */
export function placePatches(pieces: readonly Piece[], context: Context): Context {
  const alone: RuleFacts = { ...context.input.facts, placed: [], unplaced: new Set() };
  const standing = new Set(context.fixed.map(({ placed }) => placed.piece.id));
  const patches: Candidate[] = [];
  const lost: Lost[] = [];
  for (const piece of pieces.filter(({ id }) => !standing.has(id)).toSorted(byUrgency)) {
    const options = optionsFor(piece, context.input.horizon, alone);
    const beside = factsWith(context);
    const facts = { ...beside, placed: [...beside.placed, ...patches.map(toPlaced)] };
    const first = options.find((option) => option.refused.length === 0 && !isRefused(option, facts, 'others'));
    if (first === undefined) lost.push({ piece, options });
    else patches.push(first);
  }
  return {
    ...context,
    patches,
    lostPatches: lost,
    lost: new Set([...context.lost, ...lost.map(({ piece }) => piece.item)]),
  };
}

function byUrgency(a: Piece, b: Piece): number {
  return Number(b.grave?.exploited === true) - Number(a.grave?.exploited === true) || compareText(a.id, b.id);
}
