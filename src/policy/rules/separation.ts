import { indexOf } from '../placed-index.ts';
import { exception, less } from '../relaxing.ts';
import type { Breach, Candidate, OpenInterval, Placed, Rule, RuleFacts } from '../rule.ts';
import { openGap, openText, spanOf } from '../spans.ts';

export const separation: Rule = {
  id: 'separation',
  intent: 'A model change and an engine upgrade of one store never come close, so that either can be taken back alone.',
  unit: 'days missing',
  scope: 'others',
  gate: 'day',
  together: true,
  either: true,
  relax: [less('separation'), exception],
  check(candidate, facts) {
    if (candidate.piece.kind === 'model') return ofModel(candidate, facts);
    return candidate.disruption === null ? null : ofHop(candidate, candidate.disruption, facts);
  },
};

/** The whole span of the change counts: while two forms of its data live, the engine stays as it is. */
function ofModel(candidate: Candidate, facts: RuleFacts): Breach | null {
  const { piece, window } = candidate;
  let span: OpenInterval | null = null;
  for (const other of indexOf(facts.placed).disrupting) {
    if (other.disruption === null || other.piece.store !== piece.store) continue;
    span ??= spanOf(piece.item, indexOf(facts.placed).ofItem(piece.item), facts.unplaced, candidate) ?? window;
    const breach = tooClose(span, other.disruption, other, facts);
    if (breach !== null) return breach;
  }
  return null;
}

function ofHop({ piece }: Candidate, disruption: OpenInterval, facts: RuleFacts): Breach | null {
  const seen = new Set<string>();
  for (const other of indexOf(facts.placed).ofStore(piece.store)) {
    if (other.piece.kind !== 'model' || seen.has(other.piece.item)) continue;
    seen.add(other.piece.item);
    const span =
      spanOf(other.piece.item, indexOf(facts.placed).ofItem(other.piece.item), facts.unplaced) ?? other.window;
    const breach = tooClose(disruption, span, other, facts);
    if (breach !== null) return breach;
  }
  return null;
}

function tooClose(own: OpenInterval, theirs: OpenInterval, other: Placed, { config }: RuleFacts): Breach | null {
  const wanted = config.policy.separation;
  const days = openGap(own, theirs);
  if (days >= wanted) return null;
  const far = Number.isFinite(days) ? { gap: days } : {};
  return {
    because: `${days < 0 ? 'it overlaps' : `it is ${days} days from`} ${other.piece.title} (${openText(theirs)}), ${wanted} days are required`,
    facts: { other: other.piece.id, ...far, separation: wanted },
  };
}
