import { addDays, daysBetween } from '../../domain/day.ts';
import { type Interval, lastDay } from '../../domain/interval.ts';
import type { Refusal } from '../../domain/plan.ts';
import type { Candidate, Placed, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import type { Hop } from '../work/hop.ts';
import { type Option, toPlaced } from './starts.ts';

/** Days before the binaries in which the preparation must find its place, and what comes before it. */
const PREPARE_WITHIN = 28;
const BEFORE_WITHIN = 84;

/** A hop with a place for each of its steps. */
export interface PlacedHop {
  readonly hop: Hop;
  readonly steps: readonly Placed[];
  readonly candidates: readonly Candidate[];
  readonly burnIn: Interval | null;
  readonly soak: Interval;
  readonly disruption: Interval;
  /** Every place the binaries could have had, judged alone. */
  readonly binaries: readonly Option[];
}

/** Where each step of a hop could go; `before` in the order of the hop's own list. */
export type HopOptions = Readonly<Record<'prepare' | 'binaries' | 'fcv', readonly Option[]>> & {
  readonly before: readonly (readonly Option[])[];
};

/** How one place for the binaries was judged: the whole chain, or everything that speaks against it. */
export interface JudgedHop {
  readonly placed: PlacedHop | null;
  readonly refused: readonly Refusal[];
}

/**
 * The hop with its binaries at this option: the preparation as late as it fits before, the FCV as early as it fits after the burn-in.
 * All refusals are collected, so that an explanation knows every rule that says no to a day.
 */
export function judgeHop(hop: Hop, binaries: Option, options: HopOptions, facts: RuleFacts): JudgedHop {
  const refused: Refusal[] = [...binaries.refused];
  // Each step is judged beside those already placed, for they share sprints with each other.
  const beside = (own: readonly Candidate[]): RuleFacts => ({
    ...facts,
    placed: [...facts.placed, ...own.map(toPlaced)],
  });
  const withBinaries = beside([binaries]);
  const prepare = options.prepare.findLast(
    (option) =>
      option.window.until <= binaries.window.from &&
      option.window.from >= addDays(binaries.window.from, -PREPARE_WITHIN) &&
      fits(option, withBinaries),
  );
  if (prepare === undefined) {
    refused.push(
      refusal(hop, `no place for the preparation in the ${PREPARE_WITHIN} days before ${binaries.window.from}`),
    );
  }
  const early = prepare === undefined ? null : placeBefore(prepare, options.before, withBinaries);
  if (prepare !== undefined && early === null) {
    refused.push(
      refusal(hop, `no place for ${hop.before.map(({ title }) => title).join(', ')} before ${prepare.window.from}`),
    );
  }
  const sooner = [...(early ?? []), ...(prepare === undefined ? [] : [prepare])];
  const burntIn = addDays(binaries.window.until, hop.burnIn);
  const afterwards = beside([...sooner, binaries]);
  const fcv = options.fcv.find((option) => option.window.from >= burntIn && fits(option, afterwards));
  if (hop.fcv !== null && fcv === undefined) {
    refused.push(refusal(hop, `no place to raise the FCV after the burn-in, from ${burntIn} on`));
  }
  const worked = fcv?.window.until ?? burntIn;
  const soak = { from: worked, until: addDays(worked, hop.soak) };
  const disruption = { from: binaries.window.from, until: soak.until };
  const disrupting: Candidate = { ...binaries, disruption };
  refused.push(...refusals(disrupting, beside(sooner), 'others'));
  if (prepare === undefined || early === null || refused.length > 0) return { placed: null, refused };

  const candidates = [...early, prepare, disrupting, ...(fcv === undefined ? [] : [fcv])];
  const steps = candidates.map(toPlaced);
  const burnIn = fcv === undefined ? null : { from: binaries.window.until, until: fcv.window.from };
  return { placed: { hop, candidates, steps, burnIn, soak, disruption, binaries: options.binaries }, refused };
}

/** Each as late as it fits before the next; `null` when one finds no place. */
function placeBefore(
  prepare: Option,
  before: readonly (readonly Option[])[],
  facts: RuleFacts,
): readonly Candidate[] | null {
  const found: Candidate[] = [];
  let limit = prepare.window.from;
  for (const options of before.toReversed()) {
    const known = { ...facts, placed: [...facts.placed, ...found.map(toPlaced), toPlaced(prepare)] };
    const earliest = addDays(limit, -BEFORE_WITHIN);
    const option = options.findLast(
      ({ window, ...rest }) => window.until <= limit && window.from >= earliest && fits({ window, ...rest }, known),
    );
    if (option === undefined) return null;
    found.unshift(option);
    limit = option.window.from;
  }
  return found;
}

function fits(option: Option, facts: RuleFacts): boolean {
  return option.refused.length === 0 && refusals(option, facts, 'others').length === 0;
}

function refusal(hop: Hop, because: string): Refusal {
  return { rule: 'order', item: hop.item, because, facts: {}, freeFrom: null };
}

/** Days past the day the policy wants the old line gone. */
export function lateness(hop: Hop, disruption: Interval): number {
  return hop.leaveBy === null ? 0 : Math.max(0, daysBetween(hop.leaveBy, lastDay(disruption)));
}
