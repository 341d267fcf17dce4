import { addDays } from '../domain/day.ts';
import type { Refusal, Unplaced } from '../domain/plan.ts';
import type { Candidate, Placed, RuleFacts } from '../policy/rule.ts';
import { refusals } from '../policy/rules.ts';
import type { Hop } from './hop.ts';
import type { Option } from './options.ts';
import type { HopOptions } from './placement.ts';

export interface Completed {
  /** Places for the steps nobody decided. */
  readonly candidates: readonly Candidate[];
  /** Why a step has none; `null` when the chain is whole. */
  readonly missing: Unplaced | null;
}

/**
 * Places the steps that are missing around an upgrade of which a person decided only some: preparation before the decided binaries,
 * FCV after their burn-in. Without decided binaries there is nothing to place around, which is said.
 */
export function completeChain(hop: Hop, fixed: readonly Placed[], options: HopOptions, facts: RuleFacts): Completed {
  const decided = fixed.filter(({ piece }) => piece.item === hop.item);
  const has = (step: string) => decided.some(({ piece }) => piece.step === step);
  const binaries = decided.find(({ piece }) => piece.step === 'binaries');
  if (binaries === undefined) {
    const steps = decided.map(({ piece }) => piece.step).join(', ');
    return {
      candidates: [],
      missing: unplaced(hop, `only ${steps} is decided, and nothing says when the new binaries come`),
    };
  }
  const fits = (option: Option) => option.refused.length === 0 && refusals(option, facts, 'others').length === 0;
  const prepare = has('prepare')
    ? null
    : options.prepare.findLast((option) => option.window.until <= binaries.window.from && fits(option));
  const burntIn = addDays(binaries.window.until, hop.burnIn);
  const fcv =
    has('fcv') || hop.fcv === null ? null : options.fcv.find((option) => option.window.from >= burntIn && fits(option));
  const early = hop.before.flatMap((piece, index): readonly Candidate[] => {
    if (has(piece.step ?? '')) return [];
    const found = options.before[index]?.findLast(
      (option) => option.window.until <= binaries.window.from && fits(option),
    );
    return found === undefined ? [] : [found];
  });
  const candidates = [...early, prepare, fcv].flatMap((option) => (option == null ? [] : [option]));
  const lost = hop.before.find(
    (piece) => !has(piece.step ?? '') && !early.some((candidate) => candidate.piece.id === piece.id),
  );
  if (lost !== undefined && binaries.window.from > facts.asOf) {
    return { candidates, missing: unplaced(hop, `no place for ${lost.title} before ${binaries.window.from}`) };
  }
  // The preparation of an upgrade that has begun is over, decided or not.
  if (prepare === undefined && binaries.window.from > facts.asOf) {
    return { candidates, missing: unplaced(hop, `no place for the preparation before ${binaries.window.from}`) };
  }
  if (fcv === undefined) return { candidates, missing: unplaced(hop, `no place to raise the FCV from ${burntIn} on`) };
  return { candidates, missing: null };
}

function unplaced(hop: Hop, because: string): Unplaced {
  const { item, kind, store } = hop.binaries;
  const blocker: Refusal = { rule: 'order', item, because, facts: {}, freeFrom: null };
  return { item, title: hop.title, kind, store, blockers: [blocker], relaxations: [] };
}
