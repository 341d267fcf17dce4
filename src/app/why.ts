import type { Config } from '../domain/config.ts';
import { addDays, type Day } from '../domain/day.ts';
import type { Decision } from '../domain/decision.ts';
import type { Plan, PlannedWindow, Relaxation, Unplaced } from '../domain/plan.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import { collisionProbability } from '../policy/collision.ts';
import { type HoldGain, holdGain } from '../policy/hold.ts';
import type { Piece, RuleFacts } from '../policy/rule.ts';
import { couldFit } from '../schedule/ask/relax/could-fit.ts';
import { relaxationsFor } from '../schedule/ask/relax/relax.ts';
import {
  type Alternative,
  type DayAnswer,
  judgeStart,
  nextBest,
  placedIn,
  type Question,
  rulesAgainst,
  whyNotOn,
} from '../schedule/ask/why-not.ts';
import type { Hop } from '../schedule/work/hop.ts';
import { firstDays, type Planned, planIn, type Situation } from './situation.ts';

// Questions about a plan, answered from the situation it was made in. Nothing here reads anything.

/** A plan with what it was made from, ready to be asked. */
export interface Asked {
  readonly situation: Situation;
  readonly config: Config;
  readonly decisions: readonly Decision[];
  readonly planned: Planned;
}

export function askable(situation: Situation, config: Config, decisions: readonly Decision[]): Asked {
  return { situation, config, decisions, planned: planIn(situation, config, decisions) };
}

/** Ids of the windows and pieces an item has, those without a place too, in order. */
export function piecesOf({ planned }: Asked, named: string): readonly Piece[] {
  return [...planned.pieces.values()].filter(({ id, item }) => id === named || item === named);
}

function factsOf({ situation, config, decisions, planned }: Asked): Omit<RuleFacts, 'placed' | 'unplaced'> {
  const { held: exposed } = planned;
  const baseline = firstDays(situation.baseline);
  return { config, asOf: situation.asOf, margins: config.policy.modelChanges, exposed, decisions, baseline };
}

function questionFor(asked: Asked, piece: Piece): Question {
  const { situation, config, planned } = asked;
  const { plan, pieces, hops } = planned;
  const facts: RuleFacts = {
    ...factsOf(asked),
    placed: placedIn(plan, pieces, config.team),
    unplaced: new Set(plan.unplaced.map(({ item }) => item).filter((item) => item !== piece.item)),
  };
  const hop = hops.find(
    (result): result is { kind: 'hop'; hop: Hop } => result.kind === 'hop' && result.hop.item === piece.item,
  );
  return { piece, hop: hop?.hop ?? null, facts, horizon: situation.horizon };
}

/** Every rule that says no to a start of the piece on this day; empty on a day nobody works too, when `window` is null. */
export function judge(asked: Asked, piece: Piece, day: Day): Omit<DayAnswer, 'free'> {
  return judgeStart(questionFor(asked, piece), day);
}

/** Why the piece does not start on each day of `[from, until)`. */
export function whyNot(
  asked: Asked,
  piece: Piece,
  days: { readonly from: Day; readonly until: Day },
): readonly DayAnswer[] {
  const question = questionFor(asked, piece);
  const answers: DayAnswer[] = [];
  for (let day = days.from; day < days.until; day = addDays(day, 1)) answers.push(whyNotOn(question, day));
  return answers;
}

/** Why a window is where it is: beside its own reasons, where its risk comes from and the best place it did not take. */
export interface WhyHere {
  readonly window: PlannedWindow;
  /** Chance of each product of the store alone that it collides with the window, greatest first; none for work that is no model change. */
  readonly shares: readonly { readonly product: string; readonly chance: number }[];
  /** What keeping one package back would buy, greatest gain first; none for work that is no model change or over. */
  readonly holds: readonly HoldGain[];
  /** The calmest other place, all else where it is; `null`: there is none, or the window is decided. */
  readonly instead: Alternative | null;
}

/** A hold that buys less is not worth the trouble. */
const WORTH_SAYING = 0.005;

export function whyHere(asked: Asked, window: PlannedWindow): WhyHere {
  const { config, planned } = asked;
  const piece = planned.pieces.get(window.id);
  const products = window.kind === 'model' ? (planned.held.get(window.store) ?? []) : [];
  const shares = products
    .map((one) => ({ product: one.name, chance: alone(one, window, config) }))
    .filter(({ chance }) => chance > 0)
    .sort((a, b) => b.chance - a.chance);
  const movable = piece !== undefined && window.state === 'proposed' && window.kind === 'model';
  const { asOf } = asked.situation;
  const holds =
    window.state === 'done' || window.until <= asOf
      ? []
      : holdGain(products, window, config.policy.modelChanges, asOf).filter(({ gain }) => gain >= WORTH_SAYING);
  return { window, shares, holds, instead: movable ? nextBest(questionFor(asked, piece), window.from) : null };
}

/** The unplaced item with all that would free it; the plan is made anew for each thing tried. */
export function withRelaxations(
  asked: Asked,
  entry: Unplaced,
): Unplaced & { readonly relaxations: readonly Relaxation[] } {
  const { situation, config, decisions, planned } = asked;
  const { asOf, horizon } = situation;
  const pieces = piecesOf(asked, entry.item);
  const rules = new Set<RuleId>(entry.blockers.map(({ rule }) => rule));
  for (const piece of pieces) for (const rule of rulesAgainst(questionFor(asked, piece))) rules.add(rule);
  const relaxations = relaxationsFor(planned.plan, { config, item: entry.item, asOf, horizon }, rules, {
    plan: (changed) => planIn(situation, changed, decisions).plan,
    couldFit: (changed, item) => couldFit(factsOf(asked), horizon, changed, item),
  });
  return { ...entry, relaxations };
}

/** The plan with relaxations for the first so many of the items that have no place. */
export function relaxed(asked: Asked, most: number): Plan {
  const { plan } = asked.planned;
  const unplaced = plan.unplaced.map((entry, index) => (index < most ? withRelaxations(asked, entry) : entry));
  return { ...plan, unplaced };
}

function alone(
  product: Parameters<typeof collisionProbability>[0][number],
  window: PlannedWindow,
  config: Config,
): number {
  return collisionProbability([product], window, config.policy.modelChanges);
}
