import { addDays } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import type { Refusal } from '../domain/plan.ts';
import type { Candidate, Placed, RuleFacts } from '../policy/rule.ts';
import { refusals } from '../policy/rules.ts';
import type { Hop } from './hop.ts';
import type { Option } from './options.ts';

/** Days before the binaries in which the preparation must find its place. */
const PREPARE_WITHIN = 28;

/** A hop with a place for each of its steps. */
export interface PlacedHop {
  readonly hop: Hop;
  readonly steps: readonly Placed[];
  readonly candidates: readonly Candidate[];
  readonly burnIn: Interval | null;
  readonly soak: Interval;
  readonly disruption: Interval;
}

export type HopOptions = Readonly<Record<'prepare' | 'binaries' | 'fcv', readonly Option[]>>;

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
  const prepare = options.prepare.findLast(
    (option) =>
      option.window.until <= binaries.window.from &&
      option.window.from >= addDays(binaries.window.from, -PREPARE_WITHIN) &&
      fits(option, facts),
  );
  if (prepare === undefined) {
    refused.push(
      refusal(hop, `no place for the preparation in the ${PREPARE_WITHIN} days before ${binaries.window.from}`),
    );
  }
  const burntIn = addDays(binaries.window.until, hop.burnIn);
  const fcv = options.fcv.find((option) => option.window.from >= burntIn && fits(option, facts));
  if (hop.fcv !== null && fcv === undefined) {
    refused.push(refusal(hop, `no place to raise the FCV after the burn-in, from ${burntIn} on`));
  }
  const worked = fcv?.window.until ?? burntIn;
  const soak = { from: worked, until: addDays(worked, hop.soak) };
  const disruption = { from: binaries.window.from, until: soak.until };
  const disrupting: Candidate = { ...binaries, disruption };
  refused.push(...refusals(disrupting, facts, 'others'));
  if (prepare === undefined || refused.length > 0) return { placed: null, refused };

  const candidates = [prepare, disrupting, ...(fcv === undefined ? [] : [fcv])];
  const steps = candidates.map((candidate) => ({
    piece: candidate.piece,
    window: candidate.window,
    sprint: candidate.sprint,
    disruption: candidate.disruption,
  }));
  const burnIn = fcv === undefined ? null : { from: binaries.window.until, until: fcv.window.from };
  return { placed: { hop, candidates, steps, burnIn, soak, disruption }, refused };
}

function fits(option: Option, facts: RuleFacts): boolean {
  return option.refused.length === 0 && refusals(option, facts, 'others').length === 0;
}

function refusal(hop: Hop, because: string): Refusal {
  return { rule: 'order', item: hop.item, because, facts: {}, freeFrom: null };
}
