import { addDays, type Day } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { Refusal } from '../../domain/plan.ts';
import { isWorkday, sprintOf, workWindow } from '../../policy/calendar.ts';
import { collisionProbability, type ExposedProduct, type Margins } from '../../policy/collision.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import { placeCost } from './cost.ts';

/** A start day with what the rules that look at the piece alone say of it. */
export interface Option extends Candidate {
  readonly refused: readonly Refusal[];
}

/** Every working day in `days` as a start of the piece whose window ends within `days`, in order of time. */
export function optionsFor(piece: Piece, days: Interval, facts: RuleFacts): readonly Option[] {
  const options: Option[] = [];
  for (let start = days.from; start < days.until; start = addDays(start, 1)) {
    if (!isWorkday(facts.config.team, start)) continue;
    const candidate = candidateAt(piece, start, facts);
    if (candidate === null || candidate.window.until > days.until) continue;
    options.push({ ...candidate, refused: refusals(candidate, facts, 'alone') });
  }
  return options;
}

/** The piece started on that day; `null` when it is no working day. */
export function candidateAt(piece: Piece, start: Day, facts: RuleFacts): Candidate | null {
  const window = workWindow(facts.config.team, start, piece.days);
  return window === null ? null : candidateOn(piece, window, facts);
}

/** The piece in exactly these days, as a person decided them. */
export function candidateOn(piece: Piece, window: Interval, facts: RuleFacts): Candidate {
  const risk = piece.kind === 'model' ? riskOf(facts.exposed.get(piece.store) ?? [], window, facts.margins) : 0;
  const cost = placeCost(piece, window, risk, facts);
  return { piece, window, sprint: sprintOf(facts.config.team, window.from), risk, cost, disruption: null };
}

/** Risks worked out already, by the products they are of: a plan asks for the same windows again and again, and so do plans that are compared. */
const known = new WeakMap<readonly ExposedProduct[], Map<string, number>>();

function riskOf(products: readonly ExposedProduct[], window: Interval, margins: Margins): number {
  let risks = known.get(products);
  if (risks === undefined) {
    risks = new Map();
    known.set(products, risks);
  }
  const key = `${window.from} ${window.until} ${margins.guard} ${margins.settle}`;
  const found = risks.get(key);
  if (found !== undefined) return found;
  const risk = collisionProbability(products, window, margins);
  risks.set(key, risk);
  return risk;
}

/** A candidate that has its place. */
export function toPlaced({ piece, window, sprint, disruption, decided }: Candidate): Placed {
  return decided === true ? { piece, window, sprint, disruption, decided } : { piece, window, sprint, disruption };
}
