import { conflict, isExcepted, type Judge } from '../conflict.ts';
import { gap, type Run, say } from '../days.ts';
import { disruptionsOf, spansOf, toBlame } from '../stretch.ts';

/** The span of a model change and the disruption of a hop of its store lie `separation` days apart. */
export const separation: Judge = (scene) => {
  const least = scene.team.config.policy.separation;
  const disruptions = disruptionsOf(scene);
  return spansOf(scene).flatMap((span) =>
    disruptions
      .filter((hop) => hop.store === span.store && gap(span, hop) < least)
      // An exception of any step of the hop lets them be, to blame or not.
      .filter((hop) => !hop.windows.some((one) => isExcepted(scene.team.config, 'separation', one)))
      .flatMap((hop) => {
        const near = (other: Run) => (run: Run) => gap(run, other) < least;
        const [own, theirs] = [toBlame(span, near(hop)), toBlame(hop, near(span))];
        const text = `${span.item} ${say(span)} and ${hop.item} ${say(hop)}`;
        if (!hop.isUnderWay) return [conflict('separation', [own, theirs], text)];
        return [conflict('separation', [own], text), conflict('separation', [theirs], text, false)];
      }),
  );
};
