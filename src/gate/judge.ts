import { addDays, type Day, daysBetween } from '../domain/day.ts';
import type { GateAnswer, GateQuestion, GateState } from '../domain/gate.ts';
import { contains, type Interval, lastDay } from '../domain/interval.ts';
import type { Lane, Overview } from '../domain/overview.ts';
import type { PlannedWindow, Refusal, RuleId } from '../domain/plan.ts';
import { sprintOf } from '../policy/calendar.ts';
import { lastColliding } from '../policy/collision.ts';
import { isExcepted } from '../policy/exception.ts';
import type { Breach, Candidate, Piece, Placed, RuleFacts } from '../policy/rule.ts';
import { turbulentBreach } from '../policy/rules/patch-only.ts';
import { RULES } from '../policy/rules.ts';
import { disruptionFrom, type PlacedWork, placedIn } from './placed.ts';
import { disrupts, isOf, pieceOf } from './subject.ts';

/** What the gate looks at of a team: all of it is data, so that an answer kept from an earlier start serves as well. */
export type GateFacts = Pick<Overview, 'asOf' | 'config' | 'lanes' | 'outlooks' | 'plan' | 'decisions'>;

/** Rules that can be asked of one day. The others speak of whole windows: their length, their sprint's effort, what they install. */
const ASKED: readonly RuleId[] = [
  'freeze',
  'separation',
  'apart-from-packages',
  'one-engine-at-a-time',
  'order',
  'decided',
  'rerunnable',
  'way-back',
];
/** Those that look at what ships together. */
const TOGETHER: readonly RuleId[] = ['separation', 'apart-from-packages', 'one-engine-at-a-time'];

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
  const placed = placedIn(facts);
  const horizon = facts.plan.horizon.until;
  const known = new Map<Day, Judged>();
  const on = (at: Day): Judged => {
    const judged = known.get(at) ?? judgeDay(facts, question, at, placed, beside);
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
    notes: notesOn(facts, question, day, placed),
  };
}

function judgeDay(
  facts: GateFacts,
  question: GateQuestion,
  day: Day,
  { decided, proposed }: PlacedWork,
  beside: readonly GateQuestion[],
): Judged {
  const piece = pieceOf(question, facts);
  const own = decidedOn(facts, question, day);
  const together = beside.map((other): Placed => candidateOn(pieceOf(other, facts), other, day, facts));
  const breaches =
    own.length > 0
      ? breachesOf(facts, question, piece, day, together, TOGETHER)
      : [
          ...turbulence(facts, question, day),
          ...breachesOf(facts, question, piece, day, [...decided, ...together], without('order')),
          // What it builds on has not shipped while it is only proposed.
          ...breachesOf(facts, question, piece, day, [...decided, ...proposed], ['order']),
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

type Found = Breach & { readonly rule: RuleId };

function breachesOf(
  facts: GateFacts,
  question: GateQuestion,
  piece: Piece,
  day: Day,
  placed: readonly Placed[],
  among: readonly RuleId[],
): readonly Found[] {
  const all: RuleFacts = {
    config: facts.config,
    asOf: facts.asOf,
    margins: facts.config.policy.modelChanges,
    exposed: new Map(),
    decisions: facts.decisions,
    placed,
    unplaced: new Set(facts.plan.unplaced.map(({ item }) => item)),
  };
  const candidate = candidateOn(piece, question, day, facts);
  return RULES.flatMap((rule): readonly Found[] => {
    const breach = among.includes(rule.id) ? rule.check(candidate, all) : null;
    return breach === null ? [] : [{ rule: rule.id, ...breach }];
  });
}

/** The rule of patch-only periods, from the outlook of the store. */
function turbulence({ config, outlooks }: GateFacts, { kind, store }: GateQuestion, day: Day): readonly Found[] {
  const outlook = outlooks.find((one) => one.store === store);
  if (kind !== 'model' || outlook === undefined) return [];
  const { tolerance, modelChanges } = config.policy;
  const known = lastColliding(outlook.releases, oneDay(day), modelChanges);
  const risk = outlook.turbulence[daysBetween(outlook.from, day)] ?? 0;
  const breach = turbulentBreach(known, risk, tolerance, modelChanges);
  return breach === null ? [] : [{ rule: 'patch-only', ...breach }];
}

function candidateOn(piece: Piece, question: GateQuestion, day: Day, { config }: GateFacts): Candidate {
  const window = oneDay(day);
  const disruption = disrupts(question, piece) ? disruptionFrom(window, piece.store, config) : null;
  return { piece, window, sprint: sprintOf(config.team, day), risk: 0, disruption };
}

/** Decided windows of the item asked about that hold the day. */
function decidedOn({ plan }: GateFacts, { item, kind }: GateQuestion, day: Day): readonly PlannedWindow[] {
  if (item === null) return [];
  return plan.windows.filter(
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

function notesOn(facts: GateFacts, question: GateQuestion, day: Day, { decided, proposed }: PlacedWork) {
  const piece = pieceOf(question, facts);
  const of = (placed: readonly Placed[]) => breachesOf(facts, question, piece, day, placed, TOGETHER);
  const said = new Set(of(decided).map(({ because }) => because));
  const proposals = of([...proposed])
    .filter(({ because }) => !said.has(because))
    .map(({ rule, because }) => `only proposed, so it does not close: ${because} (${rule})`);
  const own = decidedOn(facts, question, day).flatMap(({ id, state, from, until, findings, needs }) => [
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

function without(rule: RuleId): readonly RuleId[] {
  return ASKED.filter((one) => one !== rule);
}
