import type { Config } from '../../../domain/config.ts';
import type { Interval } from '../../../domain/interval.ts';
import { halvesOf } from '../../../policy/relaxing.ts';
import type { RuleFacts } from '../../../policy/rule.ts';
import { optionsFor } from '../../places/starts.ts';
import { modelPieces } from '../../work/model-changes.ts';

/**
 * Whether each piece of a model change has a place that the rules which look at it alone allow, under another configuration; upgrades always
 * might. Quick, and never wrong about what cannot be: without such a place no plan has one.
 *
 * @param facts of the plan as it is; configuration and margins are taken from `config`.
 */
export function couldFit(
  facts: Omit<RuleFacts, 'placed' | 'unplaced'>,
  horizon: Interval,
  config: Config,
  item: string,
): boolean {
  const margins = config.policy.modelChanges;
  const alone: RuleFacts = { ...facts, config, margins, placed: [], unplaced: new Set() };
  const halves = [item, ...halvesOf(item)];
  return modelPieces(config)
    .filter((piece) => halves.includes(piece.item))
    .every((piece) => {
      // Holds may still bring a place that the releases of packages keep it from.
      const holdable = (facts.exposed.get(piece.store) ?? []).some(
        ({ exposure }) => exposure.watch === 'reach' && !exposure.closed,
      );
      return optionsFor(piece, horizon, alone).some(({ refused }) =>
        refused.every(({ rule }) => holdable && rule === 'patch-only'),
      );
    });
}
