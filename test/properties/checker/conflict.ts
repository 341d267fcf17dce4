import type { Config } from '../../../src/domain/config.ts';
import type { RuleId } from '../../../src/domain/rule-ids.ts';
import { count } from './days.ts';
import type { Placed, Scene } from './placed.ts';

/** A rule that windows break, alone or with each other. */
export interface Conflict {
  readonly rule: RuleId;
  /** Who breaks it: one side for a window alone, one for each of those that stand in each other's way. */
  readonly sides: readonly (readonly Placed[])[];
  readonly text: string;
  /** A plan may not pass over it in silence. `false`: the words of the rule leave it open, so that a finding is right and none is, too. */
  readonly sure: boolean;
}

/** One rule, asked of all windows at once. */
export type Judge = (scene: Scene) => readonly Conflict[];

export function conflict(rule: RuleId, sides: Conflict['sides'], text: string, sure = true): Conflict {
  return { rule, sides: sides.filter((side) => side.length > 0), text, sure };
}

/** A rule that speaks of each window by itself: the sentence where it is broken. */
export function eachAlone(rule: RuleId, broken: (place: Placed, scene: Scene) => string | null): Judge {
  return (scene) =>
    scene.placed.flatMap((place) => {
      const text = broken(place, scene);
      return text === null ? [] : [conflict(rule, [[place]], text)];
    });
}

/** An exception lifts one rule for one item while the window's last day is on or before its end. */
export function isExcepted({ exceptions }: Config, rule: RuleId, { item, until }: Placed): boolean {
  return exceptions.some((one) => one.rule === rule && one.item === item && until - 1 <= count(one.expires));
}

/** An exception of either side lets both be. */
export function isLifted(config: Config, { rule, sides }: Conflict): boolean {
  return sides.some((side) => side.some((place) => isExcepted(config, rule, place)));
}
