import { expect, it } from 'vitest';
import type { Freeze } from '../../src/domain/config.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { planDiff } from '../../src/schedule/ask/diff.ts';
import { snapshotOf } from '../../src/schedule/ask/snapshot.ts';
import { ASOF, aFreeze } from '../support/team.ts';
import { anInstance, factsOf, type Instance, numbersOf, planOf } from './instances.ts';

/** Any seed: NEAP_SEED=17; more of them: NEAP_SEEDS=500. */
const FIRST = Number(process.env.NEAP_SEED ?? 1);
const COUNT = Number(process.env.NEAP_SEEDS ?? (process.env.NEAP_SEED === undefined ? 60 : 1));

/** The instance with one fact changed, and how the diff must call it. */
function perturbed(instance: Instance): { readonly instance: Instance; readonly named: RegExp } {
  const next = numbersOf(instance.seed * 31337);
  const ahead = 10 + Math.floor(next() * 90);
  const [store, vendor] = [...instance.vendors][0] ?? [];
  if (store === undefined || vendor === undefined) throw new Error('no store');
  switch (Math.floor(next() * 4)) {
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

it('one fact that changes moves no decided window, and the diff names it', () => {
  const bad: string[] = [];
  let [moved, stayed] = [0, 0];
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const before = anInstance(seed);
    const plan = planOf(before);
    const { instance: after, named } = perturbed(before);
    const next = planOf(after, 26, plan);
    if (decided(plan).join() !== decided(next).join()) bad.push(`seed ${seed}: a decided window moved`);
    const diff = planDiff(snapshot(before, plan), snapshot(after, next));
    // The fact is named once; a window that only made way for another says that other work moved.
    if (diff.moved.length > 0 && !diff.causes.some(({ text }) => named.test(text)))
      bad.push(`seed ${seed}: moved and nothing says ${named}`);
    for (const { id, causes } of diff.moved) if (causes.length === 0) bad.push(`seed ${seed}: ${id} without a cause`);
    if (diff.moved.length > 0) moved++;
    else stayed++;
  }
  expect(bad).toEqual([]);
  if (COUNT > 20) expect([moved > COUNT / 10, stayed > COUNT / 10]).toEqual([true, true]);
});
