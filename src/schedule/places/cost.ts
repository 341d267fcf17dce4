import { type Day, daysBetween } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { Piece, RuleFacts } from '../../policy/rule.ts';
import { sprintAt } from '../../policy/sprints.ts';

// What a place costs, in days: level 5 of design.md section 10. For each item
// (6 − priority) × (days until it is done + its span + daysPerPoint × percentage points of collision risk), and `steady`
// for each published proposal of this and the next sprint that moves.

/** Costs are whole thousandths of a day, so that sums are exact. */
export const PER_DAY = 1000;

/** What a day of an item costs: five times as much for the highest priority as for the lowest. */
export function weightOf(priority: number): number {
  return 6 - priority;
}

/**
 * What one place adds to the cost of its item. Of a change in phases the days until it is done and its span are, with e its first day
 * and c the end of its contract, (c − today) + (c − e): the first phase adds e − today, the last 2 × (c − today), and `phasesCost`
 * takes 2 × (e − today) off once both are known, so that every place adds something.
 */
export function placeCost(
  piece: Piece,
  window: Interval,
  risk: number,
  facts: Pick<RuleFacts, 'config' | 'asOf' | 'baseline'>,
): number {
  const { config, asOf } = facts;
  const points = risk * 100;
  const days = daysCounted(piece, window, asOf);
  const weighed = days * PER_DAY + Math.round(points * config.policy.daysPerPoint * PER_DAY);
  return weightOf(piece.priority) * weighed + unsteadiness(piece, window.from, facts);
}

function daysCounted({ part = 'whole', spansTo }: Piece, { from, until }: Interval, asOf: Day): number {
  // Where the last phase is decided the sooner the first begins the longer two forms of the data live.
  if (spansTo !== undefined) return Math.max(0, daysBetween(from, spansTo));
  switch (part) {
    case 'whole':
      return daysBetween(asOf, until);
    case 'first':
      return daysBetween(asOf, from);
    case 'last':
      return 2 * daysBetween(asOf, until);
    case 'middle':
    case 'other':
      return 0;
    case 'end':
      return daysBetween(asOf, until);
  }
}

/** What the phases of one change count twice once its first day is known; to be taken off their sum. Nothing where the last is decided. */
export function phasesCost(first: { readonly piece: Piece; readonly window: Interval }, asOf: Day): number {
  if (first.piece.spansTo !== undefined) return 0;
  return 2 * weightOf(first.piece.priority) * daysBetween(asOf, first.window.from) * PER_DAY;
}

/** What moving a published proposal of this or the next sprint costs; nothing where it stays, or was published for later. */
function unsteadiness(
  { id }: Piece,
  from: Day,
  { config, asOf, baseline }: Pick<RuleFacts, 'config' | 'asOf' | 'baseline'>,
): number {
  const before = baseline?.get(id);
  if (before === undefined || before === from) return 0;
  const current = sprintAt(config.team.sprint, asOf);
  const next = sprintAt(config.team.sprint, current.until);
  return before < next.until ? Math.round(config.policy.steady * PER_DAY) : 0;
}
