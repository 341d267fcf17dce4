import { compareText } from '../../domain/order.ts';
import type { PlannedWindow } from '../../domain/plan.ts';
import { restsOnUnknown } from '../../policy/collision.ts';
import type { Candidate, Piece, RuleFacts } from '../../policy/rule.ts';
import { openText } from '../../policy/spans.ts';
import { decidedCandidate, type FixedPlace, findingsOf } from '../places/decided.ts';
import { holdsNeeded, sayHold } from '../places/holds.ts';
import type { PlacedHop } from '../places/hop-at.ts';
import type { Option } from '../places/starts.ts';
import type { Draft } from '../search/draft.ts';
import { latenessOf } from '../search/greedy.ts';
import type { Context } from '../search/search.ts';
import type { Hop } from '../work/hop.ts';
import { besideDecided, decidedOf, factsOf } from './facts.ts';
import { reasonsFor } from './reasons.ts';

// How places become the windows that people read: with reasons, way back, what they need and what a decision breaks.

/** Every window of the plan, by first day and id. */
export function windowsOf(draft: Draft): readonly PlannedWindow[] {
  const { context, attempt } = draft;
  const facts = factsOf(draft);
  const decided = besideDecided(draft);
  const windows = [
    ...decidedOf(draft)
      .filter(({ assumed }) => !assumed)
      .map((place) => fixedWindow(place, decided, draft)),
    ...context.patches.map((candidate) => proposed(candidate, [], facts)),
    ...context.hops.flatMap((hop) => hopWindows(hop, facts, draft)),
    ...attempt.placed.map((candidate) => proposed(candidate, optionsOf(candidate, context), facts)),
  ];
  return windows
    .map((window) => ({ ...window, needs: [...window.needs, ...holdTexts(window, draft)] }))
    .toSorted((a, b) => compareText(a.from, b.from) || compareText(a.id, b.id) || compareText(a.state, b.state));
}

function optionsOf({ piece }: Candidate, { work }: Context): readonly Option[] {
  const pieces = work.find(({ item }) => item === piece.item)?.pieces;
  return pieces?.find((one) => one.piece.id === piece.id)?.options ?? [];
}

/** The holds without which the window would not be calm, whichever work they were found for. */
function holdTexts(window: PlannedWindow, { held, gathered, attempt }: Draft): readonly string[] {
  if (window.kind !== 'model' || window.state === 'done' || held.holds.length === 0) return [];
  const free = gathered.free;
  return holdsNeeded(window.store, window, held.holds, free, attempt.facts).map(sayHold);
}

function proposed(candidate: Candidate, options: readonly Option[], facts: RuleFacts): PlannedWindow {
  return {
    ...baseWindow(candidate, facts),
    state: 'proposed',
    reasons: reasonsFor(candidate, options, facts),
    ...backOf(candidate, facts),
    needs: comparisonFor(candidate, facts),
  };
}

/** A declared schema is compared with what is there on the day, for what was compared before may have changed since. */
function comparisonFor(
  { piece, window }: Pick<Candidate, 'piece' | 'window'>,
  { config }: RuleFacts,
): readonly string[] {
  const change = config.modelChanges.find(({ id }) => id === piece.item);
  return change?.strategy === 'state'
    ? [`a fresh comparison of the declared schema with the database, on ${window.from}`]
    : [];
}

function hopWindows(placed: PlacedHop, facts: RuleFacts, draft: Draft): readonly PlannedWindow[] {
  const { hop } = placed;
  const completes = placed.steps.length > placed.candidates.length && !hop.begun;
  return placed.candidates.map((candidate) => {
    const step = candidate.piece.step;
    const late = step === 'binaries' ? latenessOf(placed, draft.context) : 0;
    const carried = step === 'binaries' ? (draft.gathered.carried.get(hop.item) ?? []) : [];
    const reasons = [
      completes ? 'completes an upgrade of which other steps are decided' : '',
      step === 'prepare' ? `as late as it fits before the binaries on ${placed.binaries.from}` : '',
      step === 'binaries' ? `the engine is between two lines ${openText(placed.disruption)}` : '',
      step === 'binaries' && hop.leaveBy !== null ? `the policy wants the old line gone by ${hop.leaveBy}` : '',
      step === 'fcv' && hop.begun ? 'the new binaries run; since when nobody said, so the burn-in counts as over' : '',
      step === 'fcv' && !hop.begun ? `first place after ${hop.burnIn} days of burn-in` : '',
      ...carried.map(carriedText),
      ...(hop.details[step ?? ''] ?? []),
    ].filter((text) => text !== '');
    return {
      ...baseWindow(candidate, facts),
      state: 'proposed' as const,
      daysLate: late,
      reasons: [...reasons, ...reasonsFor(candidate, [], facts)],
      ...returnOf(hop, candidate),
    };
  });
}

function carriedText({ grave }: Piece): string {
  return `it also mends ${grave?.advisories.join(', ')}, so that no patch is planned before`;
}

/** How a step of an upgrade is taken back, and from when it cannot be. */
function returnOf(hop: Hop, { piece, window }: Candidate): Pick<PlannedWindow, 'wayBack' | 'noReturnFrom' | 'sets'> {
  const step = piece.step ?? '';
  return {
    wayBack: hop.waysBack[step] ?? null,
    noReturnFrom: hop.noReturn === step ? window.from : null,
    sets: hop.sets[step] ?? [],
  };
}

/** A decided window with what it breaks under today's facts. */
function fixedWindow(place: FixedPlace, facts: RuleFacts, draft: Draft): PlannedWindow {
  const { placed, decision, hop } = place;
  const { piece } = placed;
  const candidate = decidedCandidate(place, facts);
  const own = draft.context.hops.find((one) => one.hop.item === piece.item);
  const late = piece.step === 'binaries' && own !== undefined && !draft.replaced.has(piece.id);
  const findings = findingsOf(place, facts);
  const moves = draft.replaced.has(piece.id) && findings.length === 0;
  return {
    ...baseWindow(candidate, facts),
    state: decision.state === 'rejected' ? 'proposed' : decision.state,
    reasons: [
      `${decision.state} on ${decision.on}${decision.by === null ? '' : ` by ${decision.by}`}`,
      ...(decision.reason === null ? [] : [decision.reason]),
      ...(moves ? ['another step of its upgrade cannot stay where it is, and this one moves with it'] : []),
      ...(piece.step === 'binaries' ? (draft.gathered.carried.get(piece.item) ?? []).map(carriedText) : []),
    ],
    ...(hop === null ? backOf(candidate, facts) : returnOf(hop, candidate)),
    daysLate: late ? latenessOf(own, draft.context) : 0,
    needs: decision.state === 'done' ? [] : comparisonFor(candidate, facts),
    findings,
  };
}

function baseWindow(candidate: Candidate, facts: RuleFacts): Omit<PlannedWindow, 'state' | 'reasons'> {
  const { piece, window, sprint } = candidate;
  return {
    id: piece.id,
    item: piece.item,
    step: piece.step,
    title: piece.title,
    kind: piece.kind,
    store: piece.store,
    from: window.from,
    until: window.until,
    sprint: sprint.number,
    risk: riskOf(candidate, facts),
    daysLate: 0,
    wayBack: null,
    noReturnFrom: null,
    needs: [],
    sets: piece.sets ?? [],
    findings: [],
  };
}

/** Only model changes have a collision probability, and only where everything that decides about it is known. */
function riskOf({ piece, window, risk }: Candidate, { exposed, margins }: RuleFacts): number | null {
  if (piece.kind !== 'model') return null;
  return restsOnUnknown(exposed.get(piece.store) ?? [], window, margins) ? null : risk;
}

/** How work that is no upgrade is taken back, and from when only a restore does; `wayBack: null`: neap.yaml does not say. */
function backOf(
  { piece, window }: Pick<Candidate, 'piece' | 'window'>,
  facts: RuleFacts,
): Pick<PlannedWindow, 'wayBack' | 'noReturnFrom'> {
  if (piece.grave !== undefined) {
    return { wayBack: 'Put the patch before back: it is of the same line.', noReturnFrom: null };
  }
  const change = facts.config.modelChanges.find((candidate) => candidate.id === piece.item);
  if (piece.noWayBack === true) {
    const before = change?.rollback == null ? '' : `Roll back: ${change.rollback}, until it begins. `;
    return { wayBack: `${before}After it only a restore of the backup taken before.`, noReturnFrom: window.from };
  }
  return { wayBack: change?.rollback == null ? null : `Roll back: ${change.rollback}.`, noReturnFrom: null };
}
