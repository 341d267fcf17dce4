import type { Plan } from '../../../src/domain/plan.ts';
import { isLifted } from './conflict.ts';
import { conflictsIn } from './conflicts.ts';
import { sceneOfProposals } from './placed.ts';
import type { Team } from './team.ts';

/** A rule and the window that breaks it. */
export interface Breach {
  readonly rule: string;
  /** Id of the window. */
  readonly window: string;
  readonly text: string;
}

/** Every hard rule that a proposed window breaks; empty for a good plan. */
export function breaches(team: Team, plan: Plan): readonly Breach[] {
  const broken = conflictsIn(sceneOfProposals(team, plan)).filter((one) => one.sure && !isLifted(team.config, one));
  return distinct(
    broken.flatMap(({ rule, sides, text }) =>
      sides.flat().flatMap(({ id, proposed }) => (proposed ? [{ rule, window: id, text }] : [])),
    ),
  );
}

/** One of each rule and window: the first text is enough. */
export function distinct(all: readonly Breach[]): readonly Breach[] {
  return [...new Map(all.toReversed().map((one) => [`${one.rule} ${one.window}`, one])).values()].toReversed();
}
