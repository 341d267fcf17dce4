// Holds in a plan: those that decided windows were accepted with, and those that give a place to what had none.

import type { Hold, Refusal } from '../../domain/plan.ts';
import { collisionProbability } from '../../policy/collision.ts';
import type { Candidate, Placed, RuleFacts } from '../../policy/rule.ts';
import { placeCost } from '../places/cost.ts';
import type { FixedPlace } from '../places/decided.ts';
import { type Exposed, holdDays, isHoldable, merged, placeWithHolds, serve } from '../places/holds.ts';
import { type Option, toPlaced } from '../places/starts.ts';
import { baseObjective, movedBy } from './greedy.ts';
import { costOfItem } from './item.ts';
import { type Objective, withUnplaced } from './objective.ts';
import type { Attempt, Context, Work } from './search.ts';

/** Holds in force while a plan is made, those of one package merged. */
export interface Held {
  readonly exposed: Exposed;
  readonly holds: readonly Hold[];
}

/** Holds that decided windows need to stay calm: they were accepted with them. */
export function holdsOfDecided(fixed: readonly FixedPlace[], facts: Omit<RuleFacts, 'placed' | 'unplaced'>): Held {
  let { exposed } = facts;
  const holds: Hold[] = [];
  const all: RuleFacts = { ...facts, placed: [], unplaced: new Set() };
  for (const { placed, past } of fixed) {
    if (placed.piece.kind !== 'model' || past) continue;
    const served = serve(placed.piece.store, placed.window, exposed, all);
    if (served === null || served.holds.length === 0) continue;
    exposed = served.exposed;
    holds.push(...served.holds);
  }
  return { exposed, holds: merged(holds) };
}

/** Tries to place what only the vendors' releases keep out by holding packages; design.md section 6. */
export function placeByHolds(context: Context, plain: Attempt, decided: Held): Held & { readonly attempt: Attempt } {
  let { exposed, holds } = decided;
  let placed = plain.placed;
  const saved = new Set<string>();
  const lost = new Set(plain.unplaced.map(({ piece }) => piece.item));
  for (const work of context.work) {
    const { item, later, pieces } = work;
    if (later || !lost.has(item)) continue;
    // What comes after work that holds have placed may fit now without any of its own.
    if (saved.size === 0 && !pieces.some(({ options }) => options.some(({ refused }) => onlyReleases(refused))))
      continue;
    const unplaced = new Set([...context.lost, ...lost].filter((other) => other !== item && !saved.has(other)));
    const known = [...plain.facts.placed, ...placed.map(toPlaced)];
    const whole = placeWhole(work, known, { exposed, holds }, { ...plain.facts, unplaced });
    if (whole === null) continue;
    ({ exposed, holds } = whole);
    placed = [...placed, ...whole.places];
    saved.add(item);
  }
  if (holds.length === 0) return { attempt: plain, exposed, holds };
  const judged = placed.map((one) => underHolds(one, exposed, plain.facts));
  const unplaced = plain.unplaced.filter(({ piece }) => !saved.has(piece.item));
  const objective = objectiveOf(
    context,
    judged,
    unplaced.map(({ piece }) => piece.item),
    holds,
  );
  return { attempt: { ...plain, placed: judged, unplaced, objective }, exposed, holds };
}

/** Places for all phases of an item, with the holds they need; `null`: one has none. */
function placeWhole(
  { pieces }: Work,
  known: readonly Placed[],
  before: Held,
  facts: RuleFacts,
): (Held & { readonly places: readonly Option[] }) | null {
  let { exposed, holds } = before;
  const places: Option[] = [];
  for (const { options } of pieces) {
    const now = { ...facts, exposed, placed: [...known, ...places.map(toPlaced)] };
    const found = placeWithHolds(options, holds, exposed, now);
    if (found === null) return null;
    exposed = found.exposed;
    holds = merged([...holds, ...found.holds]);
    places.push(found.option);
  }
  return { exposed, holds, places };
}

/** A model change with the risk it has while the holds are kept; other work has none, with holds or without. */
function underHolds(one: Candidate, exposed: Exposed, facts: RuleFacts): Candidate {
  const { piece, window } = one;
  if (piece.kind !== 'model') return one;
  const risk = collisionProbability(exposed.get(piece.store) ?? [], window, facts.margins);
  return { ...one, risk, cost: placeCost(piece, window, risk, facts) };
}

function objectiveOf(
  context: Context,
  placed: readonly Candidate[],
  lost: readonly string[],
  holds: readonly Hold[],
): Objective {
  const { asOf, baseline } = context.input.facts;
  let { unplaced, cost, moved, ...others } = baseObjective(context);
  for (const work of context.work) {
    if (lost.includes(work.item)) {
      if (!work.later) unplaced = withUnplaced(unplaced, work.priority, 1);
      continue;
    }
    const own = placed.filter(({ piece }) => piece.item === work.item);
    cost += costOfItem(work, own, asOf);
    moved += own.reduce((sum, one) => sum + movedBy(one, baseline), 0);
  }
  return { ...others, unplaced, cost, moved, holdDays: holdDays(holds) };
}

/** Work is without a place only because of releases of a package that a hold could keep away. */
export function holdsCouldHelp(context: Context, { unplaced }: Attempt): boolean {
  return unplaced.some(({ piece }) => (context.input.facts.exposed.get(piece.store) ?? []).some(isHoldable));
}

function onlyReleases(refused: readonly Refusal[]): boolean {
  return refused.length > 0 && refused.every(({ rule }) => rule === 'patch-only');
}
