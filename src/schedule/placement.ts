import type { Day } from '../domain/day.ts';
import { addDays } from '../domain/day.ts';
import type { Interval } from '../domain/interval.ts';
import type { Refusal } from '../domain/plan.ts';
import type { Candidate, Placed, RuleFacts } from '../policy/rule.ts';
import { twoAtOnce } from '../policy/rules/one-engine-at-a-time.ts';
import { disruptionTooClose } from '../policy/rules/separation.ts';
import { isExcepted, refusals } from '../policy/rules.ts';
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

/**
 * The hop with its binaries at this option: the preparation as late as it fits before, the FCV as early as it fits after the burn-in.
 * A refusal instead when a step finds no place, or the disruption breaks a rule.
 */
export function placeHop(hop: Hop, binaries: Option, options: HopOptions, facts: RuleFacts): PlacedHop | Refusal {
  const alone = binaries.refused[0] ?? refusals(binaries, facts, 'others')[0];
  if (alone !== undefined) return alone;

  const prepare = options.prepare.findLast(
    (option) =>
      option.window.until <= binaries.window.from &&
      option.window.from >= addDays(binaries.window.from, -PREPARE_WITHIN) &&
      fits(option, facts),
  );
  if (prepare === undefined) {
    return refusal(
      'order',
      hop,
      `no place for the preparation in the ${PREPARE_WITHIN} days before ${binaries.window.from}`,
    );
  }

  const burntIn = addDays(binaries.window.until, hop.burnIn);
  const fcv = options.fcv.find((option) => option.window.from >= burntIn && fits(option, facts));
  if (hop.fcv !== null && fcv === undefined) {
    return refusal('order', hop, `no place to raise the FCV after the burn-in, from ${burntIn} on`);
  }
  const worked = fcv?.window.until ?? binaries.window.until;
  const soak = { from: worked, until: addDays(worked, hop.soak) };
  const disruption = { from: binaries.window.from, until: soak.until };

  const close = disruptionTooClose(hop.upgrade.store, disruption, facts.placed, facts.config.policy.separation);
  if (close !== null && !isExcepted('separation', binaries, facts)) {
    return { rule: 'separation', item: hop.item, ...close, freeFrom: null };
  }
  const two = twoAtOnce(hop.item, disruption, facts.placed);
  if (two !== null && !isExcepted('one-engine-at-a-time', binaries, facts)) {
    return { rule: 'one-engine-at-a-time', item: hop.item, ...two, freeFrom: null };
  }
  const candidates = [prepare, binaries, ...(fcv === undefined ? [] : [fcv])];
  return {
    hop,
    candidates,
    steps: candidates.map((candidate) => ({
      piece: candidate.piece,
      window: candidate.window,
      sprint: candidate.sprint,
      disruption: candidate === binaries ? disruption : null,
    })),
    burnIn: fcv === undefined ? null : { from: binaries.window.until, until: fcv.window.from },
    soak,
    disruption,
  };
}

export function isPlaced(result: PlacedHop | Refusal): result is PlacedHop {
  return 'steps' in result;
}

function fits(option: Option, facts: RuleFacts): boolean {
  return option.refused.length === 0 && refusals(option, facts, 'others').length === 0;
}

function refusal(rule: Refusal['rule'], hop: Hop, because: string, freeFrom: Day | null = null): Refusal {
  return { rule, item: hop.item, because, facts: {}, freeFrom };
}
