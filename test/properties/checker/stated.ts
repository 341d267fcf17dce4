import type { Plan } from '../../../src/domain/plan.ts';
import type { Breach } from './breaches.ts';
import { workingDays, works } from './calendar.ts';
import { daysOf } from './changes.ts';
import { count, text } from './days.ts';
import { type Placed, type Scene, sceneOfProposals } from './placed.ts';
import { riskOf } from './rules/patch-only.ts';
import { disruptionsOf } from './stretch.ts';
import type { Team } from './team.ts';

/** What a plan says of its windows and is not so: working days, risks, disruptions. */
export function misstated(team: Team, plan: Plan): readonly Breach[] {
  const scene = sceneOfProposals(team, plan);
  const proposed = scene.placed.filter((one) => one.proposed);
  return [
    ...proposed.flatMap((place) => daysWrong(place, scene)),
    ...plan.windows.flatMap((window) => {
      const place = proposed.find(({ id }) => id === window.id);
      return place === undefined || window.state !== 'proposed' ? [] : riskWrong(place, window.risk, scene);
    }),
    ...disruptionsWrong(plan, scene),
  ];
}

/** A proposal begins and ends on working days, and has as many of them as its work takes. */
function daysWrong(place: Placed, { team }: Scene): readonly Breach[] {
  const { config } = team;
  const say = (why: string) => [{ rule: 'working days', window: place.id, text: why }];
  if (!works(config, place.from) || !works(config, place.until - 1)) return say('begins or ends on a day off');
  const wanted = workOf(place, team);
  const days = workingDays(config, place);
  return wanted === null || days === wanted ? [] : say(`${days} instead of ${wanted}`);
}

function workOf({ item, step }: Placed, { config, hops, patches }: Team): number | null {
  const change = config.modelChanges.find(({ id }) => id === item);
  if (change !== undefined) return daysOf(change, step);
  const steps = hops.find((hop) => hop.item === item)?.steps;
  return (steps?.find((one) => one.step === step) ?? patches.find((one) => one.item === item))?.days ?? null;
}

/** Only model changes have a risk; that of a window without a known collision is its collision probability. */
function riskWrong(place: Placed, said: number | null, scene: Scene): readonly Breach[] {
  const say = (why: string) => [{ rule: 'risk', window: place.id, text: why }];
  if (place.kind !== 'model') return said === null ? [] : say('other work has none');
  const { risk } = riskOf(place, scene);
  // A hold may make sure what nobody knows, and to whom is for the policy to say.
  if (risk === null) return said === null || scene.holds.length > 0 ? [] : say('nobody knows it');
  return said !== null && Math.abs(said - risk) <= 1e-6 ? [] : say(`${said} instead of ${risk}`);
}

/** The plan's disruptions are those that its windows make; decided binaries that are to move have one more, from their own first day. */
function disruptionsWrong({ disruptions, windows }: Plan, scene: Scene): readonly Breach[] {
  const own = disruptionsOf(scene);
  const say = (item: string, why: string) => ({ rule: 'disruption', window: item, text: why });
  const wrong = own.flatMap(({ item, from, until }) => {
    const all = disruptions.filter((one) => one.item === item);
    const fits = all.some(
      (one) =>
        (from === -Infinity || count(one.from) === from) &&
        (one.until === null ? Infinity : count(one.until)) === until,
    );
    const heard = all.map((one) => `${one.from}..${one.until}`).join(', ') || 'nothing';
    return fits ? [] : [say(item, `${heard}, not ${text(from)}..${text(until)}`)];
  });
  const unknown = disruptions.filter(({ item, from }) => {
    const moving = windows.some((one) => one.item === item && one.state === 'accepted' && one.from === from);
    return !moving && !own.some((one) => one.item === item && (one.from === -Infinity || one.from === count(from)));
  });
  return [...wrong, ...unknown.map(({ item }) => say(item, 'has none'))];
}
