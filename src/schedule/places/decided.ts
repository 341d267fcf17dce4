import { addDays, maxDay } from '../../domain/day.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Refusal, Wait } from '../../domain/plan.ts';
import { sprintOf } from '../../policy/calendar.ts';
import type { Piece, Placed, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import type { Hop } from '../work/hop.ts';
import { candidateOn } from './starts.ts';

/** A window a person decided, which the planner takes as it is. */
export interface FixedPlace {
  readonly decision: Decision;
  readonly placed: Placed;
  readonly waits: readonly Wait[];
  /** The upgrade it is a step of; `null` for a model change. */
  readonly hop: Hop | null;
  /** It is accepted but breaks a rule under today's facts, so another place is proposed beside it. */
  readonly replaced: boolean;
}

/** The accepted, pinned and done windows of the work that still is in the configuration. */
export function decidedPlaces(
  decisions: readonly Decision[],
  pieces: readonly Piece[],
  hops: readonly Hop[],
  facts: Omit<RuleFacts, 'placed' | 'unplaced'>,
): readonly FixedPlace[] {
  const places = decisions.flatMap((decision) => {
    const piece = pieces.find((candidate) => candidate.item === decision.item && candidate.step === decision.step);
    return decision.state === 'rejected' || piece === undefined
      ? []
      : [placeOf(decision, piece, decisions, hops, facts)];
  });
  return places.map((place) => {
    const others = places.filter((other) => other.placed.piece.item !== place.placed.piece.item);
    const all: RuleFacts = {
      ...facts,
      decisions: [],
      placed: others.map((other) => other.placed),
      unplaced: new Set(),
    };
    const broken = refusals(candidateOn(place.placed.piece, place.placed.window, all), all).length > 0;
    const past = place.placed.window.until <= facts.asOf;
    return {
      ...place,
      replaced: broken && !past && place.decision.state === 'accepted' && place.placed.piece.kind === 'model',
    };
  });
}

function placeOf(
  decision: Decision,
  piece: Piece,
  decisions: readonly Decision[],
  hops: readonly Hop[],
  facts: Omit<RuleFacts, 'placed' | 'unplaced'>,
): Omit<FixedPlace, 'replaced'> {
  const window = { from: decision.from, until: decision.until };
  const placed: Placed = { piece, window, sprint: sprintOf(facts.config.team, window.from), disruption: null };
  const hop = hops.find((candidate) => candidate.item === piece.item);
  if (hop === undefined || piece.step !== 'binaries') return { decision, placed, waits: [], hop: hop ?? null };

  const fcv = decisions.find(
    (other) => other.item === piece.item && other.step === 'fcv' && other.state !== 'rejected',
  );
  // An FCV decided too early is a finding; the upgrade still is not over before its burn-in.
  const burntIn = addDays(window.until, hop.burnIn);
  const raised = fcv === undefined ? addDays(burntIn, hop.fcv === null ? 0 : 1) : fcv.until;
  const worked = maxDay(raised, burntIn);
  const soak = { from: worked, until: addDays(worked, hop.soak) };
  const burnIn = { from: window.until, until: maxDay(fcv?.from ?? burntIn, burntIn) };
  return {
    decision,
    hop,
    placed: { ...placed, disruption: { from: window.from, until: soak.until } },
    waits: [
      ...(hop.fcv === null ? [] : [{ after: piece.id, kind: 'burn-in' as const, ...burnIn }]),
      { after: hop.fcv?.id ?? piece.id, kind: 'soak', ...soak },
    ],
  };
}

/** What decided steps of one upgrade break among themselves: preparation before the binaries, the burn-in before the FCV. */
export function chainFindings(place: FixedPlace, all: readonly FixedPlace[]): readonly Refusal[] {
  const { piece, window } = place.placed;
  const binaries = all.find((other) => other.placed.piece.item === piece.item && other.placed.piece.step === 'binaries')
    ?.placed.window;
  if (place.hop === null || binaries === undefined) return [];
  const finding = (because: string): Refusal => ({
    rule: 'order',
    item: piece.item,
    because,
    facts: {},
    freeFrom: null,
  });
  if (piece.step === 'prepare' && window.until > binaries.from) {
    return [finding(`the preparation ends after the new binaries come on ${binaries.from}`)];
  }
  const burntIn = addDays(binaries.until, place.hop.burnIn);
  if (piece.step === 'fcv' && window.from < burntIn) return [finding(`the burn-in lasts until ${burntIn}`)];
  return [];
}
