import { conflict, eachAlone, type Judge } from '../conflict.ts';
import { type Run, runOf, say, share } from '../days.ts';
import { blocks } from '../freezes.ts';
import { disruptionsOf, toBlame } from '../stretch.ts';

/** No day of a window lies in a freeze of its kind. */
export const freeze = eachAlone('freeze', (place, { team }) => {
  const grave = team.patches.some((one) => one.item === place.item && one.grave);
  const hit = team.config.freezes.find((one) => share(place, runOf(one)) && blocks(one, place.kind, grave));
  return hit === undefined ? null : hit.name;
});

/** No day of a disruption lies in a freeze of disruptions. */
export const freezeOfDisruption: Judge = (scene) =>
  disruptionsOf(scene).flatMap((hop) =>
    scene.team.config.freezes
      .filter((one) => blocks(one, 'disruption') && share(hop, runOf(one)))
      .map((one) => {
        const meets = (run: Run) => share(run, runOf(one));
        return conflict('freeze', [toBlame(hop, meets)], `${one.name} in ${hop.item} ${say(hop)}`, !hop.isUnderWay);
      }),
  );
