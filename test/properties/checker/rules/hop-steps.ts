import { type Conflict, conflict, type Judge } from '../conflict.ts';
import { say } from '../days.ts';
import type { Placed } from '../placed.ts';
import type { Hop, Team } from '../team.ts';

/** The steps of a hop come in the order of its list, and the FCV after the burn-in. */
export const hopSteps: Judge = ({ team, placed }) =>
  team.hops.flatMap((hop) => {
    const own = placed.filter(({ item }) => item === hop.item);
    const rank = ({ step }: Placed) => hop.steps.findIndex((one) => one.step === step);
    const pairs = own.flatMap((first) =>
      own.filter((second) => rank(first) < rank(second) && !isOver(second)).map((second) => ({ first, second })),
    );
    return [...pairs.flatMap((pair) => tooClose(pair, team)), ...baseless(own, hop)];
  });

function tooClose({ first, second }: { first: Placed; second: Placed }, { config }: Team): readonly Conflict[] {
  const isFcv = first.step === 'binaries' && second.step === 'fcv';
  const lag = isFcv ? config.policy.engineUpgrades.burnIn : 0;
  if (second.from - first.until >= lag) return [];
  return [conflict('order', [[first], [second]], `${first.id} ${say(first)}, then ${second.id} ${say(second)}`)];
}

/** What only prepares, and is over, came too early: nothing can be done about it. */
function isOver({ open, proposed, step }: Placed): boolean {
  return !open && !proposed && step !== 'binaries' && step !== 'fcv';
}

/** A step before which another one has no place may be said to have nothing to come after. */
function baseless(own: readonly Placed[], { steps }: Hop): readonly Conflict[] {
  return own.flatMap((place) => {
    const index = steps.findIndex(({ step }) => step === place.step);
    const missing = steps.slice(0, Math.max(0, index)).find(({ step }) => own.every((one) => one.step !== step));
    return missing === undefined ? [] : [conflict('order', [[place]], `${missing.step} has no place`, false)];
  });
}
