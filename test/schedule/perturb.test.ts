import { expect, it } from 'vitest';
import type { Freeze } from '../../src/domain/config.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { planDiff } from '../../src/schedule/ask/diff.ts';
import { snapshotOf } from '../../src/schedule/ask/snapshot.ts';
import { ASOF } from '../support/team.ts';
import { broken, compared } from './checker.ts';
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
        named: /release of/,
      };
    }
    case 1: {
      // A date that was announced is another one now.
      const known = vendor.known.length === 0 ? [addDays(ASOF, ahead)] : vendor.known.map((day) => addDays(day, 9));
      return {
        instance: { ...instance, vendors: new Map(instance.vendors).set(store, { ...vendor, known }) },
        named: /release of/,
      };
    }
    case 2: {
      const from = addDays(ASOF, ahead);
      const freeze: Freeze = { name: 'audit', from, until: addDays(from, 5), blocks: 'all', allow: [] };
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
        named: /daysOff/,
      };
    }
  }
}

const places = (plan: Plan) => plan.windows.map(({ id, from, until, state }) => `${id} ${state} ${from} ${until}`);
const decided = (plan: Plan) =>
  plan.windows
    .filter(({ state }) => state !== 'proposed')
    .map(({ id, from, until, state }) => `${id} ${state} ${from} ${until}`);
const snapshot = (instance: Instance, plan: Plan) =>
  snapshotOf({ plan, config: instance.config, decisions: instance.decisions, exposed: factsOf(instance).exposed });
/** Unplaced work by priority, days late, hold days, risk. */
const levels = (plan: Plan) => plan.objective.slice(0, 8).map(({ value }) => value);

it('one fact that changes moves no decided window, others only for a gain on the first levels, and the diff names it', () => {
  const bad: string[] = [];
  let [moved, stayed] = [0, 0];
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const before = anInstance(seed);
    const plan = planOf(before);
    const { instance: after, named } = perturbed(before);
    const next = planOf(after, 26, plan);
    if (decided(plan).join() !== decided(next).join()) bad.push(`seed ${seed}: a decided window moved`);
    const diff = planDiff(snapshot(before, plan), snapshot(after, next));
    for (const { id, causes } of diff.moved) {
      if (!causes.some(({ text }) => named.test(text))) bad.push(`seed ${seed}: ${id} moved and nothing says ${named}`);
    }
    if (diff.moved.length > 0) moved++;
    else stayed++;
    // Where all could have stayed, whatever moved made a level better: the same places, judged under the new facts.
    const same = planOf({ ...after, decisions: [...after.decisions, ...kept(plan)] });
    const couldStay =
      plan.holds.length === 0 &&
      next.holds.length === 0 &&
      broken(after, { ...plan, windows: risksOf(plan, same) }).length === 0;
    const now = new Set(places(next));
    if (!couldStay || places(plan).every((place) => now.has(place))) continue;
    // What is pinned counts in no level: the risk of staying is that of its windows.
    const ids = new Set(kept(plan).map(({ item, step }) => `${item} ${step}`));
    const risk = same.windows
      .filter(({ item, step }) => ids.has(`${item} ${step}`))
      .reduce((sum, one) => sum + compared(one.risk, after.config), 0);
    const [a, b] = [levels(next), [...levels(same).slice(0, 7), risk]];
    const first = a.findIndex((value, index) => value !== b[index]);
    if (first === -1 || (a[first] ?? 0) > (b[first] ?? 0))
      bad.push(
        `seed ${seed}: moved without a gain: ${a} against ${b}: ${diff.moved.map(({ id, before: was, after: is }) => `${id} ${was} → ${is}`)}`,
      );
  }
  expect(bad).toEqual([]);
  if (COUNT > 20) expect([moved > COUNT / 10, stayed > COUNT / 10]).toEqual([true, true]);
});

/** Decisions that keep every proposal where it is. */
function kept(plan: Plan) {
  return plan.windows
    .filter(({ state }) => state === 'proposed')
    .map(({ item, step, from, until }) => ({
      item,
      step,
      state: 'pinned' as const,
      from,
      until,
      by: null,
      on: ASOF,
      reason: null,
    }));
}

/** The windows of the first plan with the risks that the new facts give them. */
function risksOf(plan: Plan, same: Plan) {
  const risks = new Map(same.windows.map(({ id, from, risk }) => [`${id} ${from}`, risk]));
  return plan.windows.map((window) => ({ ...window, risk: risks.get(`${window.id} ${window.from}`) ?? window.risk }));
}
