import type { Plan } from '../../../src/domain/plan.ts';
import { type Breach, distinct } from './breaches.ts';
import { isExcepted, isLifted } from './conflict.ts';
import { conflictsIn } from './conflicts.ts';
import { sceneOfDecided } from './placed.ts';
import type { Team } from './team.ts';

/** Rules that decided windows break without a finding that says so. Of windows that are one side together, one finding is enough. */
export function missingFindings(team: Team, plan: Plan): readonly Breach[] {
  const broken = conflictsIn(sceneOfDecided(team, plan)).filter((one) => one.sure && !isLifted(team.config, one));
  return distinct(
    broken.flatMap(({ rule, sides, text }) =>
      sides.flatMap((side) => {
        const [first, ...more] = side.filter(({ open }) => open);
        if (first === undefined || [first, ...more].some(({ findings }) => findings.has(rule))) return [];
        return [{ rule, window: first.id, text }];
      }),
    ),
  );
}

/** Findings without a rule that is broken. */
export function inventedFindings(team: Team, plan: Plan): readonly Breach[] {
  const scene = sceneOfDecided(team, plan);
  const conflicts = conflictsIn(scene);
  const invented = scene.placed.flatMap((place) =>
    [...(place.proposed ? [] : place.findings)]
      .filter((rule) => {
        const own = conflicts.find((one) => one.rule === rule && one.sides.some((side) => side.includes(place)));
        return own === undefined || isExcepted(team.config, own.rule, place);
      })
      .map((rule) => ({ rule, window: place.id, text: 'nothing is broken' })),
  );
  const onProposals = plan.windows
    .filter(({ state, findings }) => state === 'proposed' && findings.length > 0)
    .flatMap(({ id, findings }) => findings.map(({ rule }) => ({ rule, window: id, text: 'a proposal has none' })));
  return distinct([...invented, ...onProposals]);
}
