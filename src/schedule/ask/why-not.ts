import type { Team } from '../../domain/config.ts';
import { addDays, type Day, daysBetween } from '../../domain/day.ts';
import type { Interval } from '../../domain/interval.ts';
import type { Plan, Refusal } from '../../domain/plan.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import { itemOfWindow } from '../../domain/work-id.ts';
import { isWorkday, sprintOf } from '../../policy/calendar.ts';
import type { Candidate, Piece, Placed, RuleFacts } from '../../policy/rule.ts';
import { refusals } from '../../policy/rules.ts';
import { candidateAt } from '../places/starts.ts';
import type { Hop } from '../work/hop.ts';

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
  const ends = new Map(
    plan.waits.flatMap(({ after, kind, until }) => (kind === 'soak' ? [[itemOfWindow(after), until]] : [])),
  );
  // A decided window that broke has a replacement beside it, which is what the rest of the plan builds on.
  const replaced = new Set(plan.windows.filter(({ state }) => state === 'proposed').map(({ id }) => id));
  return plan.windows.flatMap(({ id, item, step, from, until, state }): readonly Placed[] => {
    const piece = pieces.get(id);
    if (piece === undefined || (state !== 'proposed' && replaced.has(id))) return [];
    const end = step === 'binaries' ? (ends.get(item) ?? until) : null;
    return [
      {
        piece,
        window: { from, until },
        sprint: sprintOf(team, from),
        disruption: end === null ? null : { from, until: end },
      },
    ];
  });
}

function startOn({ piece, hop, facts }: Question, day: Day): Candidate | null {
  if (!isWorkday(facts.config.team, day)) return null;
  const candidate = candidateAt(piece, day, facts);
  if (candidate === null || hop === null || piece.step !== 'binaries') return candidate;
  // As long as it is planned to last, or at least as long as it must.
  const planned = facts.placed.find((one) => one.piece.id === piece.id)?.disruption;
  const least = daysBetween(candidate.window.from, candidate.window.until) + hop.burnIn + hop.soak;
  const days = planned == null ? least : Math.max(least, daysBetween(planned.from, planned.until));
  return { ...candidate, disruption: { from: day, until: addDays(day, days) } };
}

function againstOf({ piece, facts }: Question, candidate: Candidate): readonly Refusal[] {
  const placed = facts.placed.filter((one) => one.piece.id !== piece.id);
  return [...refusals(candidate, { ...facts, placed }), ...dependentsOf(piece, candidate, placed)];
}

/** What comes after the piece and has its place would have to start later. */
function dependentsOf(piece: Piece, { window }: Candidate, placed: readonly Placed[]): readonly Refusal[] {
  const first = placed.find(
    (other) =>
      other.window.from < window.until &&
      (other.piece.follows.some((one) => one.piece === piece.id) ||
        (other.piece.item !== piece.item && other.piece.after.includes(piece.item))),
  );
  if (first === undefined) return [];
  const because = `${first.piece.title} comes after it and starts on ${first.window.from}`;
  const facts = { before: first.piece.id, from: first.window.from };
  return [{ rule: 'order', item: piece.item, because, facts, freeFrom: null }];
}
