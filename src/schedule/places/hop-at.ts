import { addDays, type Day, daysBetween, maxDay } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { Refusal } from '../../domain/plan.ts';
import type { Candidate, OpenInterval, Piece, Placed, RuleFacts } from '../../policy/rule.ts';
import { isRefused, refusals } from '../../policy/rules.ts';
import { openOverlaps } from '../../policy/spans.ts';
import type { Hop } from '../work/hop.ts';
import { type Option, toPlaced } from './starts.ts';

/** Days before the binaries in which the preparation must find its place, and before each step what comes before it. */
const PREPARE_WITHIN = 28;
const BEFORE_WITHIN = 84;

/** A hop with the places of its steps: those that were decided, and those proposed around them. */
export interface PlacedHop {
  readonly hop: Hop;
  /** Places proposed for steps that nobody decided, in order. */
  readonly candidates: readonly Candidate[];
  /** The same as work that has its place, with the decided steps; the binaries carry the disruption. */
  readonly steps: readonly Placed[];
  /** Days of the binaries, decided or proposed. */
  readonly binaries: Interval;
  /** `null` for engines without a feature compatibility version, and while the step that raises it has no place. */
  readonly burnIn: Interval | null;
  /** `null` while the last step has no place. */
  readonly soak: Interval | null;
  readonly disruption: OpenInterval;
  /** Steps without a place, which only a hop can have of which other steps are decided; with the reason. */
  readonly missing: readonly Refusal[];
}

/** Every place each step of a hop could have, judged alone; by the id of its piece. */
export type HopOptions = ReadonlyMap<string, readonly Option[]>;

/** How one place for the binaries was judged: the whole chain, or everything that speaks against it. */
export interface JudgedHop {
  readonly placed: PlacedHop | null;
  readonly refused: readonly Refusal[];
}

/** Decided steps of one hop, by the id of their piece. */
export type DecidedSteps = ReadonlyMap<string, Placed>;

/**
 * The hop with its binaries on these days: what comes before as late as it fits, the FCV as early as it fits after the burn-in, decided
 * steps where they are. All refusals are collected, so that an explanation knows every rule that says no to a day. A hop whose binaries
 * are decided is placed whatever is missing around them.
 * @param facts with all that has a place, the hop's own decided steps included.
 */
export function judgeHop(
  hop: Hop,
  start: Option | Placed,
  options: HopOptions,
  decided: DecidedSteps,
  facts: RuleFacts,
): JudgedHop {
  const isDecided = decided.has(hop.binaries.id);
  const binaries: Candidate | null = 'refused' in start ? start : null;
  const own: Candidate[] = binaries === null ? [] : [binaries];
  const missing: Refusal[] = [];
  // Each step is judged beside those already placed, for they share sprints with each other.
  const beside = (): RuleFacts => ({ ...facts, placed: [...facts.placed, ...own.map(toPlaced)] });

  // What comes before binaries that run, or should, is over, decided or not.
  if (!(isDecided && start.window.from <= facts.asOf)) {
    missing.push(...placeBefore(hop, start.window.from, options, decided, own, beside));
  }
  const burntIn = addDays(start.window.until, hop.burnIn);
  const raised = placeFcv(hop, burntIn, options, decided, own, beside, start.window);
  if (raised === null && hop.fcv !== null) {
    missing.push(refusal(hop, `no place to raise the FCV after the burn-in, from ${burntIn} on`));
  }
  // Half of the preparation is none; when the FCV could be raised is said all the same, for it ends the disruption.
  if (isDecided && missing.length > 0)
    own.splice(0, own.length, ...own.filter(({ piece }) => piece.id === hop.fcv?.id));
  const worked = hop.fcv === null ? burntIn : raised === null ? null : maxDay(raised.until, burntIn);
  const soak = worked === null ? null : { from: worked, until: addDays(worked, hop.soak) };
  // Of binaries that run, since when may not be known.
  const since = decided.get(hop.binaries.id)?.disruption?.from ?? start.window.from;
  const disruption = { from: since, until: soak?.until ?? null };
  const refused = [...missing];
  if (binaries !== null) {
    refused.push(...('refused' in start ? start.refused : []));
    const others = own.filter((one) => one !== binaries);
    const all = { ...facts, placed: [...facts.placed, ...others.map(toPlaced)] };
    const known = new Set(refused.map(({ rule }) => rule));
    refused.push(...refusals({ ...binaries, disruption }, all).filter(({ rule }) => !known.has(rule)));
  }
  if (refused.length > 0 && !isDecided) return { placed: null, refused };

  const candidates = own.map((one) => (one === binaries ? { ...one, disruption } : one));
  const order = [...hop.before, hop.prepare, hop.binaries, ...(hop.fcv === null ? [] : [hop.fcv])].map(({ id }) => id);
  candidates.sort((a, b) => order.indexOf(a.piece.id) - order.indexOf(b.piece.id));
  const standing = [...decided.values()].map((step) =>
    step.piece.id === hop.binaries.id ? { ...step, disruption } : step,
  );
  return {
    placed: {
      hop,
      candidates,
      steps: [...standing, ...candidates.map(toPlaced)],
      binaries: start.window,
      burnIn: raised === null ? null : { from: maxDay(start.window.until, since), until: maxDay(raised.from, burntIn) },
      soak,
      disruption,
      missing,
    },
    refused,
  };
}

/** Places each step before the binaries as late as it fits before the next, into `own`; returns what speaks against those that find none. */
function placeBefore(
  hop: Hop,
  binaries: Day,
  options: HopOptions,
  decided: DecidedSteps,
  own: Candidate[],
  beside: () => RuleFacts,
): readonly Refusal[] {
  const missing: Refusal[] = [];
  let limit = binaries;
  for (const piece of [...hop.before, hop.prepare].toReversed()) {
    const fixed = decided.get(piece.id);
    if (fixed !== undefined) {
      if (fixed.window.from < limit) limit = fixed.window.from;
      continue;
    }
    const earliest = addDays(limit, -(piece === hop.prepare ? PREPARE_WITHIN : BEFORE_WITHIN));
    const facts = beside();
    const found = (options.get(piece.id) ?? []).findLast(
      ({ window, ...rest }) => window.until <= limit && window.from >= earliest && fits({ window, ...rest }, facts),
    );
    if (found === undefined) {
      missing.push(refusal(hop, nowhereBefore(piece, hop, limit)));
      continue;
    }
    own.push(found);
    limit = found.window.from;
  }
  return missing;
}

function nowhereBefore(piece: Piece, hop: Hop, limit: Day): string {
  return piece === hop.prepare
    ? `no place for the preparation in the ${PREPARE_WITHIN} days before ${limit}`
    : `no place for ${piece.title} in the ${BEFORE_WITHIN} days before ${limit}`;
}

/** The days on which the FCV is raised, the first that fit into `own` unless they are decided; `null`: there are none. */
function placeFcv(
  hop: Hop,
  burntIn: Day,
  options: HopOptions,
  decided: DecidedSteps,
  own: Candidate[],
  beside: () => RuleFacts,
  start: Interval,
): Interval | null {
  if (hop.fcv === null) return null;
  const fixed = decided.get(hop.fcv.id);
  if (fixed !== undefined) return fixed.window;
  const facts = beside();
  const open = (options.get(hop.fcv.id) ?? []).filter((option) => option.window.from >= burntIn && fits(option, facts));
  // Undecided binaries are judged with the whole disruption once it is known; decided ones are nobody's choice, so the FCV answers for its end.
  const found = decided.has(hop.binaries.id) ? open.find((option) => endsWell(option, hop, start, facts)) : open[0];
  if (found === undefined) return null;
  own.push(found);
  return found.window;
}

/**
 * Whether the FCV and the soak after it keep all rules. That another engine is in between meanwhile is no fault of it where that was so
 * before: the sooner one of them ends, the better.
 */
function endsWell(option: Option, hop: Hop, binaries: Interval, facts: RuleFacts): boolean {
  const { from, until } = option.window;
  const end = { ...option, disruption: { from, until: addDays(until, hop.soak) } };
  const before = { from: binaries.from, until: from };
  const isShared = facts.placed.some(
    ({ piece, disruption }) => piece.item !== hop.item && disruption !== null && openOverlaps(disruption, before),
  );
  return refusals(end, facts).every(({ rule }) => rule === 'one-engine-at-a-time' && isShared);
}

function fits(option: Option, facts: RuleFacts): boolean {
  return option.refused.length === 0 && !isRefused(option, facts, 'others');
}

/** Said of a decided step that breaks a rule and that nothing replaces. */
export function noOtherPlace({ title }: Piece, hop: Hop): Refusal {
  return refusal(hop, `no other place for ${title}`);
}

function refusal(hop: Hop, because: string): Refusal {
  return { rule: 'order', item: hop.item, because, facts: {}, freeFrom: null };
}

/**
 * Days on which the line that the hop leaves still runs although the policy wants it gone: from that day, or from the day on which the hop
 * before got to it where that is later, to the end of the soak. Where the end is not known, to the last day planned for.
 * @param arrived first day on that line, by the hop before; `null`: it runs already.
 */
export function lateness(hop: Hop, disruption: OpenInterval, arrived: Day | null, horizon: Day): number {
  if (hop.leaveBy === null) return 0;
  const since = arrived !== null && arrived > hop.leaveBy ? arrived : addDays(hop.leaveBy, 1);
  return Math.max(0, daysBetween(since, disruption.until ?? horizon));
}
