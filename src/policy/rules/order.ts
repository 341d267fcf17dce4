import { addDays, type Day, daysBetween, maxDay } from '../../domain/day.ts';
import { isExcepted } from '../exception.ts';
import { indexOf } from '../placed-index.ts';
import { earlierStart, exception, less, more } from '../relaxing.ts';
import type { Breach, Candidate, Follows, Piece, Placed, Rule, RuleFacts } from '../rule.ts';

export const order: Rule = {
  id: 'order',
  intent: 'Work starts when it may, and after the work it builds on.',
  unit: 'days too early',
  scope: 'others',
  gate: 'order',
  relax: [earlierStart, less('modelChanges.contractAfter'), more('modelChanges.maxSpan', 4), exception],
  alone({ piece, window }) {
    if (piece.notBefore === null || window.from >= piece.notBefore) return null;
    return { because: `it may not start before ${piece.notBefore}`, facts: { notBefore: piece.notBefore } };
  },
  check(candidate, facts) {
    return (
      order.alone?.(candidate) ??
      amongSteps(candidate, facts) ??
      afterItems(candidate, facts) ??
      beforeItems(candidate, facts) ??
      aroundPatches(candidate, facts)
    );
  },
};

/** Steps of one item come one after another, with the days that must lie between, whichever of them has its place first. */
function amongSteps(
  { piece, window, sprint, decided }: Candidate,
  { placed, unplaced, asOf, config }: RuleFacts,
): Breach | null {
  const own: Place = { piece, window, sprint };
  const steps = indexOf(placed).ofItem(piece.item);
  for (const follows of piece.follows) {
    const before = steps.find((other) => other.piece.id === follows.piece);
    if (before !== undefined) {
      const breach = tooEarly(before, own, follows, 'own');
      if (breach !== null) return breach;
    } else if (unplaced.has(follows.piece) || (decided === true && unplaced.has(piece.item))) {
      return { because: `it comes after ${follows.piece}, which has no place`, facts: { after: follows.piece } };
    }
  }
  for (const other of steps) {
    if (isOver(other, asOf) || isLifted(other, config)) continue;
    for (const follows of other.piece.follows) {
      const breach = follows.piece === piece.id ? tooEarly(own, other, follows, 'other') : null;
      if (breach !== null) return breach;
    }
  }
  return null;
}

type Place = Pick<Placed, 'piece' | 'window' | 'sprint'>;

/** @param speaker which of the two the sentence is about: the later one itself, or the earlier one of the other. */
function tooEarly(before: Place, after: Place, follows: Follows, speaker: 'own' | 'other'): Breach | null {
  const { lag = 0, within } = follows;
  const ready = addDays(before.window.until, lag);
  const facts = speaker === 'own' ? { after: before.piece.id } : { before: after.piece.id };
  const said = (rest: string) =>
    speaker === 'own'
      ? `it comes ${rest} ${before.piece.title}, which is over on ${addDays(before.window.until, -1)}`
      : `${after.piece.title} comes ${rest} it, and starts on ${after.window.from}`;
  if (after.window.from < ready) {
    return {
      because: said(lag === 0 ? 'after' : `${lag} days after`),
      facts: { ...facts, until: before.window.until, lag },
    };
  }
  if (follows.laterSprint && after.sprint.number <= before.sprint.number) {
    return { because: said('in a later sprint than'), facts: { ...facts, sprint: before.sprint.number } };
  }
  const span = daysBetween(before.window.from, after.window.until);
  if (within === undefined || span <= within) return null;
  return {
    because: `from ${before.window.from} to the end of ${after.piece.title} are ${span} days, ${within} are allowed`,
    facts: { ...facts, span, maxSpan: within },
  };
}

/** Other work that must be over first. An upgrade is over when its soak is, whichever of its steps ends last. */
function afterItems({ piece, window, decided }: Candidate, { placed, unplaced }: RuleFacts): Breach | null {
  for (const item of piece.after) {
    // A decided window may have been decided around one that cannot stay; nothing new is built on that.
    const stands = decided === true && indexOf(placed).ofItem(item).length > 0;
    if (unplaced.has(item) && !stands)
      return { because: `it comes after ${item}, which has no place`, facts: { after: item } };
    const end = endOf(indexOf(placed).ofItem(item));
    if (end === null) return { because: `it comes after ${item}, whose end nobody knows`, facts: { after: item } };
    if (end !== undefined && window.from < end) {
      return { because: `it comes after ${item}, which lasts until ${end}`, facts: { after: item, until: end } };
    }
  }
  return null;
}

/** First day after the item; `null`: its end is not known, `undefined`: it has no place among these. */
function endOf(placed: readonly Placed[]): Day | null | undefined {
  let end: Day | undefined;
  for (const other of placed) {
    if (other.disruption?.until === null) return null;
    const own = maxDay(other.window.until, other.disruption?.until ?? other.window.until);
    end = end === undefined ? own : maxDay(end, own);
  }
  return end;
}

/** What only prepares an upgrade and is over came too early, and nothing can be done about it any more. */
function isOver({ piece, window }: Placed, asOf: Day): boolean {
  return window.until <= asOf && piece.kind !== 'model' && piece.step !== 'binaries' && piece.step !== 'fcv';
}

/** What may come too early by an exception is not held up by what it should come after. */
function isLifted({ piece, window }: Placed, { exceptions }: RuleFacts['config']): boolean {
  return isExcepted(exceptions, 'order', piece.item, window);
}

/** Other work that waits for this and has its place. */
function beforeItems({ piece, window, disruption }: Candidate, { placed, asOf, config }: RuleFacts): Breach | null {
  const end = maxDay(window.until, disruption?.until ?? window.until);
  const first = indexOf(placed)
    .awaiting(piece.item)
    .find(
      (other) =>
        other.piece.item !== piece.item && other.window.from < end && !isOver(other, asOf) && !isLifted(other, config),
    );
  if (first === undefined) return null;
  return {
    because: `${first.piece.title} comes after it and starts on ${first.window.from}`,
    facts: { before: first.piece.id, from: first.window.from },
  };
}

/** A patch against grave defects comes before newer binaries of its engine, and before their preparation where that is still free. */
function aroundPatches(candidate: Candidate, { placed }: RuleFacts): Breach | null {
  const { piece } = candidate;
  if (piece.kind !== 'engine') return null;
  for (const other of indexOf(placed).ofStore(piece.store)) {
    if (other.piece.id === piece.id) continue;
    const [patch, step] = isGravePatch(piece) ? [candidate, other] : [other, candidate];
    if (!isGravePatch(patch.piece) || !isReplacedBy(step)) continue;
    if (patch.window.until <= step.window.from) continue;
    return isGravePatch(piece)
      ? {
          because: `${other.piece.title} starts on ${other.window.from}, and a patch never comes after it`,
          facts: { before: other.piece.id, from: other.window.from },
        }
      : {
          because: `${other.piece.title} comes first, and lasts until ${other.window.until}`,
          facts: { after: other.piece.id, until: other.window.until },
        };
  }
  return null;
}

function isGravePatch({ grave, patch }: Piece): boolean {
  return grave !== undefined && patch === true;
}

/** New binaries of another line; or their preparation, unless somebody decided its days. */
function isReplacedBy({ piece, decided }: Pick<Placed, 'piece' | 'decided'>): boolean {
  return piece.step === 'binaries' || (piece.step === 'prepare' && decided !== true);
}
