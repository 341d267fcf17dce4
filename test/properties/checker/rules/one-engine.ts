import { conflict, type Judge } from '../conflict.ts';
import { type Run, say, share } from '../days.ts';
import { disruptionsOf, type Stretch, toBlame } from '../stretch.ts';

/** No two hops disrupt at once, whatever their stores. */
export const oneEngineAtATime: Judge = (scene) => {
  const all = disruptionsOf(scene);
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      // Engines that are both in between already are nobody's plan.
      .filter((other) => share(one, other) && !(one.isUnderWay && other.isUnderWay))
      .map((other) => {
        const meets = (another: Run) => (run: Run) => share(run, another);
        // Of one that is in between already the other one has to wait for the end.
        // Nor is the last step to blame for what was so before it: the sooner one of them ends, the better.
        const blamed = (own: Stretch, theirs: Run) =>
          toBlame(own, meets(theirs)).filter(
            (place) => place.step !== 'fcv' || !place.proposed || !share({ from: own.from, until: place.from }, theirs),
          );
        const sides = [one.isUnderWay ? [] : blamed(one, other), other.isUnderWay ? [] : blamed(other, one)];
        return conflict('one-engine-at-a-time', sides, `${one.item} ${say(one)} and ${other.item} ${say(other)}`);
      }),
  );
};
