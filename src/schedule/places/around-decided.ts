import { addDays } from '../../domain/day.ts';
import type { Refusal, Unplaced } from '../../domain/plan.ts';
import type { Candidate, Placed, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import type { Hop } from '../work/hop.ts';
import type { HopOptions } from './hop-at.ts';
import { type Option, toPlaced } from './starts.ts';

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
  const candidates: Candidate[] = [];
  // Each step is judged beside those already placed, for they share sprints with each other.
  const take = (among: readonly Option[], wanted: (option: Option) => boolean, last: boolean): boolean => {
    const own = { ...facts, placed: [...facts.placed, ...candidates.map(toPlaced)] };
    const fits = (option: Option) =>
      wanted(option) && option.refused.length === 0 && refusals(option, own, 'others').length === 0;
    const found = last ? among.findLast(fits) : among.find(fits);
    if (found !== undefined) candidates.push(found);
    return found !== undefined;
  };
  let limit = binaries.window.from;
  const before = (option: Option) => option.window.until <= limit;
  const prepared = has('prepare') || take(options.prepare, before, true);
  if (!has('prepare') && prepared) limit = candidates.at(-1)?.window.from ?? limit;
  const early: string[] = [];
  for (const [index, piece] of [...hop.before.entries()].toReversed()) {
    if (has(piece.step ?? '')) continue;
    if (!take(options.before[index] ?? [], before, true)) continue;
    early.push(piece.id);
    limit = candidates.at(-1)?.window.from ?? limit;
  }
  const burntIn = addDays(binaries.window.until, hop.burnIn);
  const raised = has('fcv') || hop.fcv === null || take(options.fcv, (option) => option.window.from >= burntIn, false);
  const lost = hop.before.find((piece) => !has(piece.step ?? '') && !early.includes(piece.id));
  if (lost !== undefined && binaries.window.from > facts.asOf) {
    return { candidates, missing: unplaced(hop, `no place for ${lost.title} before ${binaries.window.from}`) };
  }
  // The preparation of an upgrade that has begun is over, decided or not.
  if (!prepared && binaries.window.from > facts.asOf) {
    return { candidates, missing: unplaced(hop, `no place for the preparation before ${binaries.window.from}`) };
  }
  if (!raised) return { candidates, missing: unplaced(hop, `no place to raise the FCV from ${burntIn} on`) };
  return { candidates, missing: null };
}

function unplaced(hop: Hop, because: string): Unplaced {
  const { item, kind, store } = hop.binaries;
  const blocker: Refusal = { rule: 'order', item, because, facts: {}, freeFrom: null };
  return { item, title: hop.title, kind, store, blockers: [blocker], relaxations: [] };
}
