import { expect, it } from 'vitest';
import type { Freeze } from '../../src/domain/config.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { planDiff } from '../../src/schedule/ask/diff.ts';
import { snapshotOf } from '../../src/schedule/ask/snapshot.ts';
import { breaches } from '../properties/checker/breaches.ts';
import { compareLevels, levelsOf } from '../properties/checker/levels.ts';
import { sceneOfProposals } from '../properties/checker/placed.ts';
import type { Team } from '../properties/checker/team.ts';
import { ASOF, aFreeze } from '../support/team.ts';
import { anInstance, factsOf, type Instance, numbersOf, planOf } from './instances.ts';

/** Any seed: NEAP_SEED=17; more of them: NEAP_SEEDS=500. */
const FIRST = Number(process.env.NEAP_SEED ?? 1);
const COUNT = Number(process.env.NEAP_SEEDS ?? (process.env.NEAP_SEED === undefined ? 60 : 1));

/** The instance with one fact changed, and how the diff must call it. */
function perturbed(instance: Instance): {
  /** As it was, where it is not the one given. */
  readonly before?: Instance;
  readonly instance: Instance;
  readonly named: RegExp;
} {
  const next = numbersOf(instance.seed * 31337);
  const ahead = 10 + Math.floor(next() * 90);
  const [store, vendor] = [...instance.vendors][0] ?? [];
  if (store === undefined || vendor === undefined) throw new Error('no store');
  switch (Math.floor(next() * 6)) {
    case 0: {
      const known = [...vendor.known, addDays(ASOF, ahead)].sort();
      return {
        instance: { ...instance, vendors: new Map(instance.vendors).set(store, { ...vendor, known }) },
        named: /came out|announced|dated/,
      };
    }
    case 1: {
      // A date that was announced is another one now.
      const known = vendor.known.length === 0 ? [addDays(ASOF, ahead)] : vendor.known.map((day) => addDays(day, 9));
      return {
        instance: { ...instance, vendors: new Map(instance.vendors).set(store, { ...vendor, known }) },
        named: /came out|announced|dated/,
      };
    }
    case 2: {
      const from = addDays(ASOF, ahead);
      const freeze: Freeze = aFreeze({ name: 'audit', from, until: addDays(from, 5) });
      return {
        instance: { ...instance, config: { ...instance.config, freezes: [...instance.config.freezes, freeze] } },
        named: /freeze audit/,
      };
    }
    case 3:
    case 4: {
      // A freeze that was there is gone: what stood behind it could stay, so whatever moves, moves for a gain.
      const freeze = aFreeze({ name: 'audit', from: addDays(ASOF, 1), until: addDays(ASOF, 22) });
      const { freezes } = instance.config;
      return {
        before: { ...instance, config: { ...instance.config, freezes: [...freezes, freeze] } },
        instance,
        named: /freeze audit/,
      };
    }
    default: {
      const { team } = instance.config;
      const daysOff = [...new Set([...team.daysOff, addDays(ASOF, ahead), addDays(ASOF, ahead + 1)])].sort();
      return {
        instance: { ...instance, config: { ...instance.config, team: { ...team, daysOff } } },
        named: /days? off/,
      };
    }
  }
}

const decided = (plan: Plan) =>
  plan.windows
    .filter(({ state }) => state !== 'proposed')
    .map(({ id, from, until, state }) => `${id} ${state} ${from} ${until}`);
const snapshot = (instance: Instance, plan: Plan) =>
  snapshotOf({ plan, config: instance.config, decisions: instance.decisions, exposed: factsOf(instance).exposed });

it('one fact that changes moves no decided window, others only for a gain on a level, and the diff names it', () => {
  const bad: string[] = [];
  let [moved, stayed, compared] = [0, 0, 0];
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const given = anInstance(seed);
    const { before = given, instance: after, named } = perturbed(given);
    const plan = planOf(before);
    const next = planOf(after, 26, plan);
    if (decided(plan).join() !== decided(next).join()) bad.push(`seed ${seed}: a decided window moved`);
    const diff = planDiff(snapshot(before, plan), snapshot(after, next));
    // The fact is named once; a window that only made way for another says that other work moved.
    if (diff.moved.length > 0 && !diff.causes.some(({ text }) => named.test(text)))
      bad.push(`seed ${seed}: moved and nothing says ${named}`);
    for (const { id, causes } of diff.moved) if (causes.length === 0) bad.push(`seed ${seed}: ${id} without a cause`);
    if (diff.moved.length > 0) moved++;
    else stayed++;
    // Where everything could have stayed, whatever moved made a level better, the cost of moving included.
    if (after.config.upgrades.length > 0 || plan.holds.length > 0 || next.holds.length > 0) continue;
    const team = teamOf(after);
    const isReplaced = [plan, next].some(({ windows }) => new Set(windows.map(({ id }) => id)).size < windows.length);
    if (diff.moved.length === 0 || isReplaced || breaches(team, plan).length > 0) continue;
    const baseline = new Map(
      plan.windows.flatMap(({ id, from, state }) => (state === 'proposed' ? [[id, from] as const] : [])),
    );
    const [now, then] = [next, plan].map((one) => levelsOf(sceneOfProposals(team, one), baseline));
    compared++;
    if (now === undefined || then === undefined || compareLevels(now, then) >= 0)
      bad.push(`seed ${seed}: moved without a gain: ${now} against ${then}`);
  }
  expect(bad).toEqual([]);
  if (COUNT > 20) expect([moved > COUNT / 10, stayed > COUNT / 10, compared > 0]).toEqual([true, true, true]);
});

/** The team as the independent judge takes it; without its upgrades. */
function teamOf({ config, decisions, vendors }: Instance): Team {
  const known = [...vendors].map(
    ([store, vendor]) => [store, [{ ...vendor, product: store, unknown: false }]] as const,
  );
  return { asOf: ASOF, config, decisions, vendors: new Map(known), hops: [], patches: [] };
}
