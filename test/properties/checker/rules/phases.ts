import { sprintAt } from '../calendar.ts';
import { stepsOf } from '../changes.ts';
import { type Conflict, conflict, type Judge } from '../conflict.ts';
import { say } from '../days.ts';
import type { Placed, Scene } from '../placed.ts';

/** The phases of a model change come in order, the contract with its lag, in a later sprint, and not too late. */
export const phases: Judge = (scene) =>
  scene.team.config.modelChanges.flatMap((change) => {
    const steps = stepsOf(change);
    const windows = steps.map((step) => scene.placed.find((one) => one.item === change.id && one.step === step));
    return windows.flatMap((place, index) => {
      if (place === undefined) return [];
      const earlier = windows.slice(0, index).flatMap((one) => one ?? []);
      // A phase before which another one has no place may be said to have nothing to come after.
      const baseless =
        earlier.length < index ? [conflict('order', [[place]], 'a phase before has no place', false)] : [];
      return [
        ...baseless,
        ...outOfOrder(place, earlier),
        ...(place.step === 'contract' ? contracts(place, windows[index - 1], windows[0], scene) : []),
      ];
    });
  });

function outOfOrder(place: Placed, earlier: readonly Placed[]): readonly Conflict[] {
  return earlier
    .filter((one) => place.from < one.until)
    .map((one) => conflict('order', [[one], [place]], `${one.id} ${say(one)} comes before ${say(place)}`));
}

function contracts(
  contract: Placed,
  before: Placed | undefined,
  first: Placed | undefined,
  { team: { config } }: Scene,
): readonly Conflict[] {
  const { contractAfter, maxSpan } = config.policy.modelChanges;
  const found: Conflict[] = [];
  const say = (other: Placed, text: string) => found.push(conflict('order', [[other], [contract]], text));
  if (before !== undefined) {
    const lag = contract.from - before.until;
    if (lag < contractAfter) say(before, `contract ${lag} days after ${before.id}`);
    if (sprintAt(config, contract.from).from <= sprintAt(config, before.from).from) say(before, 'no later sprint');
  }
  if (first !== undefined && contract.until - first.from > maxSpan) {
    say(first, `${contract.until - first.from} days from first to last`);
  }
  return found;
}
