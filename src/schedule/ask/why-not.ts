import type { Team } from '../../domain/config.ts';
import { addDays, type Day } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { Plan, Refusal } from '../../domain/plan.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import { isWorkday, sprintOf } from '../../policy/calendar.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import { underWay } from '../../policy/under-way.ts';
import { type HopOptions, judgeHop } from '../places/hop-at.ts';
import { candidateAt, optionsFor } from '../places/starts.ts';
import type { Hop } from '../work/hop.ts';
import { stepsOf } from '../work/hop-order.ts';

/** What is asked of: a piece, and the plan with all that has a place. */
export interface Question {
  readonly piece: Piece;
  /** The upgrade it is a step of; `null` for other work. */
  readonly hop: Hop | null;
  /** With the places of the plan, those of other pieces of the same item included. */
  readonly facts: RuleFacts;
  readonly horizon: Interval;
}

/** What would be if a piece started on a day. */
export interface DayAnswer {
  readonly day: Day;
  /** The window it would have; `null` when nobody works that day. */
  readonly window: Interval | null;
  /** Collision probability of that window; `null` as above, and for work that is not a model change. */
  readonly risk: number | null;
  /** Every rule that says no, each with the first later day that it alone would allow. */
  readonly refusals: readonly Refusal[];
  /** First day from this one on that every rule allows; `null`: none within the horizon. */
  readonly free: Day | null;
}

/** Every rule that says no to a start on this day, with its facts, beside everything that has its place. Pure. */
export function judgeStart(question: Question, day: Day): Omit<DayAnswer, 'free'> {
  const candidate = startOn(question, day);
  if (candidate === null) return { day, window: null, risk: null, refusals: [] };
  return {
    day,
    window: candidate.window,
    risk: candidate.piece.kind === 'model' ? candidate.risk : null,
    refusals: againstOf(question, candidate),
  };
}

/** Why the piece does not start on that day, rule by rule, and when it could. Pure. */
export function whyNotOn(question: Question, day: Day): DayAnswer {
  const answer = judgeStart(question, day);
  const wanted = new Map<RuleId, Day | null>(answer.refusals.map(({ rule }) => [rule, null]));
  let free: Day | null = null;
  for (let start = day; start < question.horizon.until; start = addDays(start, 1)) {
    const candidate = startOn(question, start);
    if (candidate === null || candidate.window.until > question.horizon.until) continue;
    const against = new Set(againstOf(question, candidate).map(({ rule }) => rule));
    for (const [rule, first] of wanted) if (first === null && !against.has(rule)) wanted.set(rule, start);
    if (against.size === 0) free ??= start;
    if (free !== null && [...wanted.values()].every((first) => first !== null)) break;
  }
  return {
    ...answer,
    refusals: answer.refusals.map((refusal) => ({ ...refusal, freeFrom: wanted.get(refusal.rule) ?? null })),
    free,
  };
}

/** A place the piece could have had instead. */
export interface Alternative {
  readonly from: Day;
  readonly until: Day;
  readonly risk: number;
}

/** The calmest other start that every rule allows, all else in its place; the earliest of equals. `null`: there is none. */
export function nextBest(question: Question, taken: Day): Alternative | null {
  let best: Alternative | null = null;
  for (let start = question.horizon.from; start < question.horizon.until; start = addDays(start, 1)) {
    const candidate = start === taken ? null : startOn(question, start);
    if (candidate === null || candidate.window.until > question.horizon.until) continue;
    if (best !== null && candidate.risk >= best.risk) continue;
    if (againstOf(question, candidate).length === 0) best = { ...candidate.window, risk: candidate.risk };
  }
  return best;
}

/** The rules that say no to one start of the piece at least. */
export function rulesAgainst(question: Question): ReadonlySet<RuleId> {
  const rules = new Set<RuleId>();
  for (let start = question.horizon.from; start < question.horizon.until; start = addDays(start, 1)) {
    const candidate = startOn(question, start);
    if (candidate !== null) for (const { rule } of againstOf(question, candidate)) rules.add(rule);
  }
  return rules;
}

/** Places of a plan as the rules read them; `pieces` by id. */
export function placedIn(plan: Plan, pieces: ReadonlyMap<string, Piece>, team: Team): readonly Placed[] {
  // A decided window that broke has a replacement beside it, which is what the rest of the plan builds on.
  const replaced = new Set(plan.windows.filter(({ state }) => state === 'proposed').map(({ id }) => id));
  const placed = plan.windows.flatMap(({ id, item, step, from, until, state }): readonly Placed[] => {
    const piece = pieces.get(id);
    if (piece === undefined || (state !== 'proposed' && replaced.has(id))) return [];
    const disruption =
      step === 'binaries' ? (plan.disruptions.find((one) => one.item === item && one.from === from) ?? null) : null;
    return [
      {
        piece,
        window: { from, until },
        sprint: sprintOf(team, from),
        disruption: disruption === null ? null : { from: disruption.from, until: disruption.until },
        decided: state !== 'proposed',
      },
    ];
  });
  return [...placed, ...underWay(plan, team)];
}

function startOn({ piece, facts }: Question, day: Day): Candidate | null {
  return isWorkday(facts.config.team, day) ? candidateAt(piece, day, facts) : null;
}

/**
 * The rules that say no to the candidate beside all that has its place. New binaries are judged with their whole upgrade, whose proposed
 * steps move along with them.
 */
function againstOf(question: Question, candidate: Candidate): readonly Refusal[] {
  const { piece, hop, facts } = question;
  const others = facts.placed.filter((one) => one.piece.id !== piece.id);
  if (hop === null || piece.step !== 'binaries') return refusals(candidate, { ...facts, placed: others });
  const placed = others.filter((one) => one.piece.item !== piece.item || one.decided === true);
  const steps = new Map(
    placed.filter((one) => one.piece.item === piece.item).map((one) => [one.piece.id, one] as const),
  );
  const option = { ...candidate, refused: refusals(candidate, { ...facts, placed: [] }, 'alone') };
  const judged = judgeHop(hop, option, optionsOf(question), steps, { ...facts, placed });
  return uniqueByRule(judged.refused);
}

/** Each rule once, with the first of its reasons. */
function uniqueByRule(found: readonly Refusal[]): readonly Refusal[] {
  return found.filter((one, index) => found.findIndex(({ rule }) => rule === one.rule) === index);
}

/** Places of the steps of the upgrade asked about, worked out once for each question. */
const known = new WeakMap<Question, HopOptions>();

function optionsOf(question: Question): HopOptions {
  const { hop, facts, horizon } = question;
  const found = known.get(question);
  if (found !== undefined) return found;
  const alone: RuleFacts = { ...facts, placed: [], unplaced: new Set() };
  const options: HopOptions = new Map(
    (hop === null ? [] : stepsOf(hop)).map((step) => [step.id, optionsFor(step, horizon, alone)]),
  );
  known.set(question, options);
  return options;
}
