import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { GateAnswer, GateQuestion, GateState } from '../domain/gate.ts';
import { contains, type Interval, lastDay } from '../domain/interval.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { PlannedWindow, Refusal } from '../domain/plan.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import { sprintOf } from '../policy/calendar.ts';
import { lastColliding } from '../policy/collision.ts';
import { isExcepted } from '../policy/exception.ts';
import type { Breach, Candidate, Piece, Placed, Rule, RuleFacts } from '../policy/rule.ts';
import { turbulentBreach } from '../policy/rules/patch-only.ts';
import { breachOf, RULES } from '../policy/rules.ts';
import { disruptionFrom, placedIn } from './placed.ts';
import { disrupts, isOf, pieceOf } from './subject.ts';

/** What the gate looks at of a team: all of it is data, so that an answer kept from an earlier start serves as well. */
export type GateFacts = Pick<Overview, 'asOf' | 'config' | 'lanes' | 'outlooks' | 'plan' | 'decisions'>;

/** Rules that can be asked of one day. The others speak of whole windows: their length, their sprint's effort, what they install. */
const ASKED = RULES.filter(({ gate }) => gate === 'day');
const ORDER = RULES.filter(({ gate }) => gate === 'order');
/** Those that look at what ships together. */
const TOGETHER = ASKED.filter(({ together }) => together === true);

interface Judged {
  readonly state: GateState;
  readonly refusals: readonly Refusal[];
  readonly unknown: readonly string[];
  readonly lifted: GateAnswer['lifted'];
}

/**
 * Whether the change may ship on that day, by the rules the planner keeps too. Accepted, pinned and done work counts; proposals are only
 * mentioned. A decided window of the item itself answers for its days: what it was accepted with holds, what breaks it under today's facts
 * closes it, unless it is pinned. Pure.
 *
 * @param beside what ships in the same change and is asked about too: the rules keep them apart as on any day.
 */
export function judge(
  facts: GateFacts,
  question: GateQuestion,
  day: Day,
  beside: readonly GateQuestion[] = [],
): GateAnswer {
  const asked = askedOf(facts, question, beside);
  const horizon = facts.plan.horizon.until;
  const known = new Map<Day, Judged>();
  const on = (at: Day): Judged => {
    const judged = known.get(at) ?? judgeDay(asked, at);
    known.set(at, judged);
    return judged;
  };
  const first = (from: Day, wanted: (judged: Judged) => boolean): Day | null => {
    for (let at = from; at < horizon; at = addDays(at, 1)) if (wanted(on(at))) return at;
    return null;
  };
  const now = on(day);
  const opens = now.state === 'open' ? day : first(addDays(day, 1), ({ state }) => state === 'open');
  return {
    question,
    day,
    ...now,
    refusals: now.refusals.map((refusal) => ({
      ...refusal,
      freeFrom: first(addDays(day, 1), ({ refusals }) => refusals.every(({ rule }) => rule !== refusal.rule)),
    })),
    until: first(addDays(day, 1), ({ state }) => state !== now.state),
    opens: opens === null ? null : { from: opens, until: first(opens, ({ state }) => state !== 'open') },
    horizon,
    next: facts.outlooks.find(({ store }) => store === question.store)?.next ?? null,
    notes: notesOn(asked, day),
  };
}

/** What is the same on every day that is looked at. */
interface Asked {
  readonly facts: GateFacts;
  readonly question: GateQuestion;
  readonly piece: Piece;
  readonly decided: readonly Placed[];
  readonly proposed: readonly Placed[];
  readonly beside: readonly { readonly question: GateQuestion; readonly piece: Piece }[];
  readonly unplaced: ReadonlySet<string>;
}

function askedOf(facts: GateFacts, question: GateQuestion, beside: readonly GateQuestion[]): Asked {
  return {
    facts,
    question,
    piece: pieceOf(question, facts),
    ...placedIn(facts),
    beside: beside.map((other) => ({ question: other, piece: pieceOf(other, facts) })),
    unplaced: new Set(facts.plan.unplaced.map(({ item }) => item)),
  };
}

function judgeDay(asked: Asked, day: Day): Judged {
  const { facts, question, piece, decided, proposed } = asked;
  const own = decidedOn(asked, day);
  const together = asked.beside.map((other): Placed => candidateOn(other, day, facts));
  const breaches =
    own.length > 0
      ? breachesOf(asked, day, together, TOGETHER)
      : [
          ...turbulence(asked, day),
          ...breachesOf(asked, day, [...decided, ...together], ASKED),
          // What it builds on has not shipped while it is only proposed.
          ...breachesOf(asked, day, [...decided, ...proposed.filter((one) => isAwaited(one, piece))], ORDER),
        ];
  const window = oneDay(day);
  const excepted = ({ rule }: Found) => isExcepted(facts.config.exceptions, rule, piece.item, window);
  const refusals: readonly Refusal[] = [
    ...own.flatMap(({ state, findings }) => (state === 'pinned' ? [] : findings)),
    ...breaches
      .filter((breach) => !excepted(breach))
      .map((breach) => ({ ...breach, item: piece.item, freeFrom: null })),
  ];
  const lifting = breaches.filter(excepted).map(({ rule }) => rule);
  const lifted = facts.config.exceptions.filter(
    (one) => one.item === piece.item && lifting.includes(one.rule) && lastDay(window) <= one.expires,
  );
  const unknown = unknownOn(facts, question, day);
  const state = refusals.length > 0 ? 'closed' : unknown.length > 0 ? 'unknown' : 'open';
  return { state, refusals, unknown, lifted };
}

/** Whether the piece comes after the other one: only then it matters that the other is only proposed. */
function isAwaited({ piece: other }: Placed, piece: Piece): boolean {
  return piece.after.includes(other.item) || piece.follows.some((follows) => follows.piece === other.id);
}

type Found = Breach & { readonly rule: RuleId };

function breachesOf(
  { facts, question, piece, unplaced }: Asked,
  day: Day,
  placed: readonly Placed[],
  rules: readonly Rule[],
): readonly Found[] {
  const { config, asOf, decisions } = facts;
  const margins = config.policy.modelChanges;
  const all: RuleFacts = { config, asOf, margins, exposed: NOTHING_EXPOSED, decisions, placed, unplaced };
  const candidate = candidateOn({ question, piece }, day, facts);
  const found: Found[] = [];
  for (const rule of rules) {
    const breach = breachOf(rule, candidate, all);
    if (breach !== null) found.push({ rule: rule.id, ...breach });
  }
  return found;
}

/** The outlook has what the rules would ask of it. */
const NOTHING_EXPOSED: RuleFacts['exposed'] = new Map();

/** The rule of patch-only periods, from the outlook of the store. */
function turbulence({ facts, question: { kind, store } }: Asked, day: Day): readonly Found[] {
  const { config, outlooks } = facts;
  const outlook = outlooks.find((one) => one.store === store);
  if (kind !== 'model' || outlook === undefined) return [];
  const { tolerance, modelChanges } = config.policy;
  const known = lastColliding(outlook.releases, oneDay(day), modelChanges);
  const risk = outlook.turbulence[daysBetween(outlook.from, day)] ?? 0;
  const breach = turbulentBreach(known, risk, tolerance, modelChanges);
  return breach === null ? [] : [{ rule: 'patch-only', ...breach }];
}

function candidateOn(
  { question, piece }: Pick<Asked, 'question' | 'piece'>,
  day: Day,
  { config }: GateFacts,
): Candidate {
  const window = oneDay(day);
  const disruption = disrupts(question, piece) ? disruptionFrom(window, piece.store, config) : null;
  return { piece, window, sprint: sprintOf(config.team, day), risk: 0, cost: 0, disruption };
}

/** Decided windows of the item asked about that hold the day. */
function decidedOn({ facts, question: { item, kind } }: Asked, day: Day): readonly PlannedWindow[] {
  if (item === null) return [];
  return facts.plan.windows.filter(
    (window) => isOf(window, item) && window.kind === kind && window.state !== 'proposed' && contains(window, day),
  );
}

/**
 * What nobody knows of that day. Models need to know that only patches are due; for the others it is enough that the product was read lately,
 * since the calendar and what is decided judge them.
 */
function unknownOn({ config, lanes, outlooks, plan }: GateFacts, question: GateQuestion, day: Day): readonly string[] {
  const { kind, store } = question;
  if (store === null) return [];
  const outlook = outlooks.find((one) => one.store === store);
  if (outlook === undefined) return [`the stack has no store ${store}`];
  if (day < outlook.from || day >= plan.horizon.until) {
    return [`neap looks at the days from ${outlook.from} until ${plan.horizon.until}`];
  }
  if (kind === 'model') return outlook.unknown.map(({ product, because }) => `${product}: ${because}`);
  const own = config.stack.filter((item) => (kind === 'engine' ? item.id === store : item.store === store));
  const products = new Set(own.map(({ product }) => product));
  return lanes.filter(({ product, stale }) => stale && products.has(product.id)).map(staleText);
}

function staleText({ product, history }: Lane): string {
  const through = history.observedThrough;
  return `${product.id}: ${through === null ? 'never read' : `last complete reading ${through}`}`;
}

function notesOn(asked: Asked, day: Day): readonly string[] {
  const { facts, question, decided, proposed } = asked;
  const said = new Set(breachesOf(asked, day, decided, TOGETHER).map(({ because }) => because));
  const proposals = breachesOf(asked, day, proposed, TOGETHER)
    .filter(({ because }) => !said.has(because))
    .map(({ rule, because }) => `only proposed, so it does not close: ${because} (${rule})`);
  const own = decidedOn(asked, day).flatMap(({ id, state, from, until, findings, needs }) => [
    `${id} is ${state} for ${daysText({ from, until })}`,
    ...needs,
    ...(state === 'pinned' ? findings.map(({ because, rule }) => `pinned there although ${because} (${rule})`) : []),
  ]);
  const elsewhere =
    question.item === null || own.length > 0
      ? []
      : facts.plan.windows
          .filter((one) => isOf(one, question.item ?? '') && one.kind === question.kind)
          .map((one) => `${one.id} is ${one.state} for ${daysText(one)}`);
  return [...own, ...elsewhere, ...proposals];
}

function daysText(days: Interval): string {
  const last = lastDay(days);
  return last <= days.from ? days.from : `${days.from} to ${last}`;
}

function oneDay(day: Day): Interval {
  return { from: day, until: addDays(day, 1) };
}
