import type { Decision } from '../../domain/decision.ts';
import { lastDay } from '../../domain/interval.ts';
import type { PlannedWindow, Wait } from '../../domain/plan.ts';
import type { Candidate, Piece, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import { chainFindings, type FixedPlace } from '../places/decided.ts';
import { lateness, type PlacedHop } from '../places/hop-at.ts';
import { candidateOn, type Option } from '../places/starts.ts';
import type { Previous } from '../search/search.ts';
import type { Hop } from '../work/hop.ts';
import { reasonsFor } from './reasons.ts';

/** Where the steps of an upgrade were before is no reason of theirs: they are placed together. */
const NOTHING_BEFORE: Previous = new Map();

// How places become the windows that people read: with reasons, way back and what a decision breaks.

export function modelWindow(
  candidate: Candidate,
  options: readonly Option[],
  facts: RuleFacts,
  previous: Previous,
): PlannedWindow {
  return {
    ...baseWindow(candidate),
    state: 'proposed',
    reasons: reasonsFor(candidate, options, facts, previous),
    wayBack: wayBackOf(candidate.piece, facts),
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

export function hopWindows(placed: PlacedHop, facts: RuleFacts): readonly PlannedWindow[] {
  const { hop } = placed;
  return placed.candidates.map((candidate) => {
    const step = candidate.piece.step;
    const reasons = [
      step === 'prepare' ? `as late as it fits before the binaries on ${placed.disruption.from}` : '',
      step === 'binaries'
        ? `the whole upgrade disrupts from ${placed.disruption.from} to ${lastDay(placed.disruption)}`
        : '',
      step === 'binaries' && hop.leaveBy !== null ? `the policy wants the old line gone by ${hop.leaveBy}` : '',
      step === 'fcv' ? `first place after ${hop.burnIn} days of burn-in` : '',
      ...(hop.details[step ?? ''] ?? []),
    ].filter((text) => text !== '');
    return {
      ...baseWindow(candidate),
      state: 'proposed' as const,
      daysLate: step === 'binaries' ? lateness(hop, placed.disruption) : 0,
      reasons: [...reasons, ...reasonsFor(candidate, [], facts, NOTHING_BEFORE)],
      ...returnOf(hop, candidate),
    };
  });
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

export function waitsOf({ hop, burnIn, soak }: PlacedHop): readonly Wait[] {
  const last = hop.fcv ?? hop.binaries;
  return [
    ...(burnIn === null ? [] : [{ after: hop.binaries.id, kind: 'burn-in' as const, ...burnIn }]),
    { after: last.id, kind: 'soak', ...soak },
  ];
}

/** A decided window with what it breaks under today's facts; `all` are the decided windows, itself included. */
export function fixedWindow(place: FixedPlace, all: readonly FixedPlace[], facts: RuleFacts): PlannedWindow {
  const { placed, decision, hop } = place;
  const candidate = { ...candidateOn(placed.piece, placed.window, facts), disruption: placed.disruption };
  // Of its own upgrade it is judged beside what it cannot run without, and by `chainFindings` beside the rest.
  const others = {
    ...facts,
    placed: facts.placed.filter(
      ({ piece }) => piece.item !== placed.piece.item || placed.piece.needs.includes(piece.id),
    ),
  };
  const past = placed.window.until <= facts.asOf || decision.state === 'done';
  const own: RuleFacts = { ...others, decisions: [] };
  return {
    ...baseWindow(candidate),
    state: decision.state === 'rejected' ? 'proposed' : decision.state,
    reasons: [
      `${decision.state} on ${decision.on}${decision.by === null ? '' : ` by ${decision.by}`}`,
      ...noteOf(decision),
    ],
    ...(hop === null ? { wayBack: wayBackOf(placed.piece, facts) } : returnOf(hop, candidate)),
    daysLate: hop === null || placed.disruption === null ? 0 : lateness(hop, placed.disruption),
    needs: decision.state === 'done' ? [] : comparisonFor(candidate, facts),
    findings: past ? [] : [...chainFindings(place, all), ...refusals(candidate, own)],
  };
}

/** A step proposed around decided ones. */
export function completingWindow(hop: Hop, candidate: Candidate, facts: RuleFacts): PlannedWindow {
  const reasons = [
    'completes an upgrade of which other steps are decided',
    ...reasonsFor(candidate, [], facts, NOTHING_BEFORE),
  ];
  return { ...baseWindow(candidate), state: 'proposed', reasons, ...returnOf(hop, candidate) };
}

function noteOf(decision: Decision): readonly string[] {
  return decision.reason === null ? [] : [decision.reason];
}

function baseWindow({ piece, window, sprint, risk }: Candidate): Omit<PlannedWindow, 'state' | 'reasons'> {
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
    risk,
    daysLate: 0,
    wayBack: null,
    noReturnFrom: null,
    needs: [],
    sets: piece.sets ?? [],
    findings: [],
  };
}

/** How work that is no upgrade is taken back, proposed or decided; `null`: neap.yaml does not say. */
function wayBackOf(piece: Piece, facts: RuleFacts): string | null {
  if (piece.urgent) return 'Put the patch before back: it is of the same line.';
  const change = facts.config.modelChanges.find((candidate) => candidate.id === piece.item);
  return change?.rollback == null ? null : `Roll back: ${change.rollback}.`;
}
