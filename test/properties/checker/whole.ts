import type { Plan } from '../../../src/domain/plan.ts';
import type { StepName } from '../../../src/domain/step-name.ts';
import type { Breach } from './breaches.ts';
import { workingDays } from './calendar.ts';
import { stepsOf } from './changes.ts';
import { isLifted } from './conflict.ts';
import { conflictsIn } from './conflicts.ts';
import { count } from './days.ts';
import { type Placed, type Scene, sceneOfProposals } from './placed.ts';
import type { Team } from './team.ts';

/** Work that is nowhere, in part, or in two places: each item has its windows, or is said to have none. */
export function incomplete(team: Team, plan: Plan): readonly Breach[] {
  const scene = sceneOfProposals(team, plan);
  const carried = plan.carried.filter(({ by }) => comesSoon(by, team, plan));
  const without = new Set([...plan.unplaced, ...plan.later, ...plan.noWay, ...carried].map(({ item }) => item));
  return [
    ...itemsOf(team).flatMap((item) => ofItem(item, scene, without)),
    ...twice(plan),
    ...unreplaced(team, plan, without),
  ];
}

/** Newer binaries that come within ten working days, or run, carry a patch. */
function comesSoon(window: string, { config }: Team, plan: Plan): boolean {
  const binaries = plan.windows.find(({ id }) => id === window);
  if (binaries === undefined) return true;
  const today = count(plan.asOf);
  return workingDays(config, { from: today + 1, until: count(binaries.from) + 1 }) <= 10;
}

interface Item {
  readonly item: string;
  readonly steps: readonly (StepName | null)[];
}

function itemsOf({ config, hops, patches }: Team): readonly Item[] {
  return [
    ...config.modelChanges.map((change) => ({ item: change.id, steps: stepsOf(change) })),
    ...hops.map(({ item, steps }) => ({ item, steps: steps.map(({ step }) => step) })),
    ...patches.map(({ item }) => ({ item, steps: [null] })),
  ];
}

function ofItem({ item, steps }: Item, { placed }: Scene, without: ReadonlySet<string>): readonly Breach[] {
  const own = placed.filter((one) => one.item === item);
  const missing = steps.filter((step) => !own.some((one) => one.step === step));
  const say = (text: string) => [{ rule: 'whole', window: item, text }];
  // Where new binaries are decided and a step before them has no place, it still is said when the FCV could be raised.
  const ends = own.some(({ step, proposed: is }) => step === 'binaries' && !is);
  const stray = own.some((one) => one.proposed && !(ends && one.step === 'fcv'));
  if (stray && without.has(item)) return say('is proposed and has no place');
  if (missing.length === 0 || without.has(item)) return [];
  return say(own.length === 0 ? 'is nowhere' : `nothing is said of ${missing.join(', ')}`);
}

/** No window is proposed twice, nor beside one that is pinned or done. */
function twice({ windows }: Plan): readonly Breach[] {
  const proposed = windows.filter(({ state }) => state === 'proposed');
  return proposed.flatMap(({ id }) => {
    const others = windows.filter((one) => one.id === id);
    const fits = others.length === 1 || (others.length === 2 && others.some(({ state }) => state === 'accepted'));
    return fits ? [] : [{ rule: 'whole', window: id, text: `stands beside ${others.map(({ state }) => state)}` }];
  });
}

/** An accepted window that breaks a rule has a replacement beside it, or its item is said to have no place. */
function unreplaced(team: Team, plan: Plan, without: ReadonlySet<string>): readonly Breach[] {
  const moves = ({ id, item }: Placed) =>
    without.has(item) || plan.windows.some((one) => one.id === id && one.state === 'proposed');
  // Judged beside what is proposed: of two that stood in each other's way one has moved.
  const broken = conflictsIn(sceneOfProposals(team, plan)).filter(
    (one) => one.sure && !isLifted(team.config, one) && !one.sides.some((side) => side.some(moves)),
  );
  // Of windows that are one side together nobody says which of them is replaced.
  const accepted: readonly Placed[] = broken.flatMap(({ sides }) =>
    sides.flatMap(([one, ...more]) => (one !== undefined && more.length === 0 ? [one] : [])),
  );
  return [...new Set(accepted)]
    .filter(({ state, open }) => state === 'accepted' && open)
    .map(({ id }) => ({ rule: 'whole', window: id, text: 'accepted, broken, and nothing replaces it' }));
}
