import { addDays, maxDay, minDay } from '../../domain/day.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Interval } from '../../domain/interval.ts';
import { compareText } from '../../domain/order.ts';
import type { Refusal } from '../../domain/plan.ts';
import { sprintOf } from '../../policy/calendar.ts';
import { binariesLike } from '../../policy/piece-like.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import type { Hop } from '../work/hop.ts';
import { candidateOn } from './starts.ts';

/** A window that a person decided, which the planner takes as it is. */
export interface FixedPlace {
  readonly decision: Decision;
  readonly placed: Placed;
  /** The upgrade it is a step of; `null` for a model change, and for a patch. */
  readonly hop: Hop | null;
  /** It is over, or said to be: nothing is found on it any more. */
  readonly past: boolean;
  /** It is over because what comes after it runs, or of an upgrade that is done: it counts, and is no window of the plan. */
  readonly assumed: boolean;
}

/** The accepted, pinned and done windows of the work that still is in the configuration. */
export function decidedPlaces(
  pieces: readonly Piece[],
  hops: readonly Hop[],
  facts: Omit<RuleFacts, 'placed' | 'unplaced'>,
): readonly FixedPlace[] {
  const { decisions, config, asOf } = facts;
  const windowOf = (piece: Piece) =>
    decisions.find(({ item, step, state }) => item === piece.item && step === piece.step && state !== 'rejected');
  return decisions.flatMap((decision): readonly FixedPlace[] => {
    const piece = pieces.find(({ item, step }) => item === decision.item && step === decision.step);
    if (decision.state === 'rejected' || piece === undefined) return [];
    const window = { from: decision.from, until: decision.until };
    const hop = hops.find(({ item }) => item === piece.item) ?? null;
    const fcv = hop?.fcv == null ? null : (windowOf(hop.fcv) ?? null);
    const disruption = hop !== null && piece.step === 'binaries' ? leastDisruption(hop, window, fcv) : null;
    const placed: Placed = { piece, window, sprint: sprintOf(config.team, window.from), disruption, decided: true };
    return [{ decision, placed, hop, past: window.until <= asOf || decision.state === 'done', assumed: false }];
  });
}

/**
 * The new binaries of a hop that run, where nobody said when they came: over for so long that the burn-in is over too. Since when they run is
 * not known, so they fill no sprint, and the plan says only of today that the engine is in between. Of the steps before them nothing is
 * assumed.
 */
export function assumedPlaces(
  hops: readonly Hop[],
  known: readonly FixedPlace[],
  { asOf, config, decisions }: Pick<RuleFacts, 'asOf' | 'config' | 'decisions'>,
): readonly FixedPlace[] {
  const decided = new Set(known.map(({ placed }) => placed.piece.id));
  return hops
    .filter(({ begun, binaries }) => begun && !decided.has(binaries.id))
    .map((hop): FixedPlace => {
      const { item } = hop;
      const fcv = decisions.find((one) => one.item === item && one.step === 'fcv' && one.state !== 'rejected') ?? null;
      // Over before today, and before an FCV that was raised.
      const until = addDays(minDay(asOf, fcv?.from ?? asOf), -hop.burnIn);
      const window = { from: addDays(until, -1), until };
      const least = leastDisruption(hop, window, fcv);
      // An FCV that nobody decided is raised on no day that is over.
      const end = fcv === null ? maxDay(least.until, addDays(asOf, 1 + hop.soak)) : least.until;
      return {
        decision: { item, step: 'binaries', state: 'done', ...window, by: null, on: asOf, reason: null },
        placed: {
          piece: { ...hop.binaries, effort: 0 },
          window,
          sprint: sprintOf(config.team, window.from),
          disruption: { from: minDay(asOf, fcv?.from ?? asOf), until: end },
          decided: true,
        },
        hop,
        past: true,
        assumed: true,
      };
    });
}

/**
 * Upgrades that are done and that the configuration names no more, by the decisions that say so: what they brought still soaks, and models
 * and other engines keep their distance. The FCV counts where somebody said when it was raised.
 */
export function soakingPlaces(
  hops: readonly Hop[],
  { decisions, config }: Pick<RuleFacts, 'decisions' | 'config'>,
): readonly FixedPlace[] {
  return decisions.flatMap((decision): readonly FixedPlace[] => {
    const { item, step, state, from, until } = decision;
    const store = storeIn(item, config);
    if (step !== 'binaries' || state !== 'done' || store === null || hops.some((hop) => hop.item === item)) return [];
    const { burnIn, soak } = config.policy.engineUpgrades;
    const fcv = decisions.find((other) => other.item === item && other.step === 'fcv' && other.state !== 'rejected');
    const hasFcv = config.stack.some(({ id, fcv: set }) => id === store && set !== null);
    const burntIn = addDays(until, burnIn + (fcv === undefined && hasFcv ? 1 : 0));
    const disruption = { from, until: addDays(maxDay(fcv?.until ?? burntIn, burntIn), soak) };
    const piece = binariesLike(item, store);
    const window = { from, until };
    const placed = { piece, window, sprint: sprintOf(config.team, from), disruption, decided: true };
    return [{ decision, placed, hop: null, past: true, assumed: true }];
  });
}

/** `mongodb-8.0` is an upgrade of the store `mongodb`; `null` when no engine of the stack is called so. */
function storeIn(item: string, { stack }: RuleFacts['config']): string | null {
  const stores = stack.filter(({ id, store }) => store === null && item.startsWith(`${id}-`)).map(({ id }) => id);
  return stores.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** From the binaries to the end of the soak, as far as decisions tell: while nobody decided the FCV it is raised on no earlier day. */
function leastDisruption(hop: Hop, binaries: Interval, fcv: Decision | null): Interval {
  const burntIn = addDays(binaries.until, hop.burnIn);
  const raised = fcv?.until ?? addDays(burntIn, hop.fcv === null ? 0 : 1);
  return { from: binaries.from, until: addDays(maxDay(raised, burntIn), hop.soak) };
}

/** A decided window as the rules judge it. */
export function decidedCandidate({ placed }: FixedPlace, facts: RuleFacts): Candidate {
  const { piece, window, disruption } = placed;
  return { ...candidateOn(piece, window, facts), disruption, decided: true };
}

/** What a decided window breaks beside all else that has a place; nothing once it is over. */
export function findingsOf(place: FixedPlace, facts: RuleFacts): readonly Refusal[] {
  if (place.past) return [];
  const { piece } = place.placed;
  const placed = facts.placed.filter((other) => other.piece.id !== piece.id);
  const others = { ...facts, placed };
  const candidate = decidedCandidate(place, facts);
  const rest = restOfDisruption(place, others);
  if (rest === null) return refusals(candidate, others);
  const found = refusals({ ...candidate, disruption: rest }, others);
  // That two engines are in between at once is no fault of the step that ends it for one of them.
  return rest.from < place.placed.window.from ? found : found.filter(({ rule }) => rule !== 'one-engine-at-a-time');
}

/**
 * Of the last step of an upgrade what it decides of the disruption: where the binaries run, its end, for the rest is nobody's choice any
 * more; where they are only proposed, all of it. `null` for all else, and where the decided binaries answer for it themselves.
 */
function restOfDisruption(
  { placed: { piece, window }, hop }: FixedPlace,
  { placed, asOf }: RuleFacts,
): Interval | null {
  if (hop === null || piece.id !== hop.fcv?.id) return null;
  const binaries = placed.find((other) => other.piece.id === hop.binaries.id);
  if (binaries === undefined) return null;
  const until = addDays(window.until, hop.soak);
  if (binaries.window.from <= asOf) return { from: window.from, until };
  return binaries.decided === true ? null : { from: binaries.window.from, until };
}

/**
 * The order in which decided windows stand when two of them cannot both: what is done, then what is pinned, then what was accepted first.
 */
export function byStanding(a: FixedPlace, b: FixedPlace): number {
  return (
    rank(a) - rank(b) ||
    compareText(a.decision.on, b.decision.on) ||
    compareText(a.placed.window.from, b.placed.window.from) ||
    compareText(a.placed.piece.id, b.placed.piece.id)
  );
}

function rank({ past, decision }: FixedPlace): number {
  if (past) return 0;
  return decision.state === 'pinned' ? 1 : 2;
}

/**
 * Ids of the accepted windows that break a rule beside those that stand before them: another place is proposed beside each. What is done or
 * pinned stands whatever it breaks.
 */
export function brokenBySelves(
  places: readonly FixedPlace[],
  facts: Omit<RuleFacts, 'placed' | 'unplaced'>,
): ReadonlySet<string> {
  const standing: Placed[] = [];
  const broken = new Set<string>();
  for (const place of places.toSorted(byStanding)) {
    const found = findingsOf(place, { ...facts, placed: standing, unplaced: new Set() });
    if (found.length > 0 && place.decision.state === 'accepted') broken.add(place.placed.piece.id);
    else standing.push(place.placed);
  }
  return broken;
}
