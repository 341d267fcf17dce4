import type { Attempt, Context, PlanInput } from './search.ts';
// Holds in a plan: those that decided windows were accepted with, and those that give a place to what had none.

import { lastDay } from '../../domain/interval.ts';
import type { Hold, Refusal } from '../../domain/plan.ts';
import { collisionProbability } from '../../policy/collision.ts';
import type { Candidate, Piece, RuleFacts } from '../../policy/rule.ts';
import { type Exposed, holdDays, placeWithHolds, sayHold, serve } from '../places/holds.ts';
import { costOf } from '../places/risk-cost.ts';
import { toPlaced } from '../places/starts.ts';
import { type Objective, startCost, withUnplaced } from './objective.ts';

/** Holds in force while a plan is made. */
export interface Held {
  readonly exposed: Exposed;
  readonly holds: readonly Hold[];
  /** What each window needs, by its id. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

/** Holds that decided windows need to stay calm: they were accepted with them. */
export function holdsOfDecided({ facts }: PlanInput, pieces: readonly Piece[]): Held {
  let exposed: Exposed = facts.exposed;
  const holds: Hold[] = [];
  const needs = new Map<string, readonly string[]>();
  const all: RuleFacts = { ...facts, placed: [], unplaced: new Set() };
  for (const { item, step, state, from, until } of facts.decisions) {
    const piece = pieces.find((one) => one.item === item && one.step === step && one.kind === 'model');
    if (piece === undefined || (state !== 'accepted' && state !== 'pinned') || until <= facts.asOf) continue;
    const served = serve(piece.store, { from, until }, exposed, all);
    if (served === null || served.holds.length === 0) continue;
    exposed = served.exposed;
    holds.push(...served.holds);
    needs.set(
      piece.id,
      served.holds.map((hold) => sayHold(hold, lastDay)),
    );
  }
  return { exposed, holds, needs };
}

/** Tries to place what only the vendors' releases keep out by holding packages; design.md section 6. */
export function holdFor(context: Context, plain: Attempt, decided: Held): Held & { readonly attempt: Attempt } {
  const { riskStep } = context.input.facts.config.policy;
  let exposed = decided.exposed;
  const holds = [...decided.holds];
  const needs = new Map(decided.needs);
  let placed: readonly Candidate[] = plain.placed;
  const saved = new Set<string>();
  const lost = new Set(plain.unplaced.map(({ piece }) => piece.item));
  for (const { item, later, pieces } of context.work) {
    if (later || !lost.has(item)) continue;
    // What comes after work that holds have placed may fit now without any of its own.
    if (saved.size === 0 && !pieces.some(({ options }) => options.some(({ refused }) => onlyReleases(refused))))
      continue;
    const unplaced = new Set([...context.lost, ...lost].filter((other) => other !== item && !saved.has(other)));
    const trial = {
      exposed,
      holds: [] as Hold[],
      placed: [] as Candidate[],
      needs: [] as [string, readonly string[]][],
    };
    const whole = pieces.every(({ options }) => {
      const now = [...placed, ...trial.placed];
      const facts: RuleFacts = {
        ...plain.facts,
        exposed: trial.exposed,
        placed: [...plain.facts.placed, ...now.map(toPlaced)],
        unplaced,
      };
      const found = placeWithHolds(options, now, trial.exposed, facts);
      if (found === null) return false;
      trial.exposed = found.exposed;
      trial.holds.push(...found.holds);
      trial.placed.push({ ...found.option, risk: found.risk, cost: costOf(found.risk, riskStep) });
      if (found.holds.length > 0)
        trial.needs.push([found.option.piece.id, found.holds.map((hold) => sayHold(hold, lastDay))]);
      return true;
    });
    if (!whole) continue;
    exposed = trial.exposed;
    holds.push(...trial.holds);
    placed = [...placed, ...trial.placed];
    for (const [id, texts] of trial.needs) needs.set(id, texts);
    saved.add(item);
  }
  if (saved.size === 0 && holds.length === 0) return { attempt: plain, exposed, holds, needs };
  const { margins, asOf } = plain.facts;
  const judged = placed.map((one) => {
    const risk = collisionProbability(exposed.get(one.piece.store) ?? [], one.window, margins);
    return { ...one, risk, cost: costOf(risk, riskStep) };
  });
  const unplaced = plain.unplaced.filter(({ piece }) => !saved.has(piece.item));
  let classes = plain.objective.unplaced;
  for (const item of saved) {
    const priority = context.work.find((one) => one.item === item)?.priority ?? 3;
    classes = withUnplaced(classes, priority, -1);
  }
  const added = judged.slice(plain.placed.length);
  const objective: Objective = {
    ...plain.objective,
    unplaced: classes,
    holdDays: holdDays(holds),
    risk: judged.reduce((sum, one) => sum + one.cost, 0),
    start: added.reduce(
      (sum, { piece, window }) => sum + startCost(piece.priority, asOf, window.from),
      plain.objective.start,
    ),
  };
  return { attempt: { ...plain, placed: judged, unplaced, objective }, exposed, holds, needs };
}

/** Work is without a place only because of releases of a package that a hold could keep away. */
export function holdsCouldHelp(context: Context, { unplaced }: Attempt): boolean {
  return unplaced.some(({ piece }) =>
    (context.input.facts.exposed.get(piece.store) ?? []).some(
      ({ exposure }) => exposure.watch === 'reach' && !exposure.closed,
    ),
  );
}

function onlyReleases(refused: readonly Refusal[]): boolean {
  return refused.length > 0 && refused.every(({ rule }) => rule === 'patch-only');
}
