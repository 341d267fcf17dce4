import { describe, expect, it } from 'vitest';
import { bestOf, broken } from './checker.ts';
import { anInstance, aSmallInstance, planOf } from './instances.ts';

/** Any seed: NEAP_SEED=17; more of them: NEAP_SEEDS=2000. */
const FIRST = Number(process.env.NEAP_SEED ?? 1);
const COUNT = Number(process.env.NEAP_SEEDS ?? (process.env.NEAP_SEED === undefined ? 100 : 1));

describe('plans of random teams', () => {
  it('break no hard rule', () => {
    const bad: string[] = [];
    let windows = 0;
    let unplaced = 0;
    for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
      const instance = anInstance(seed);
      const plan = planOf(instance);
      windows += plan.windows.filter(({ state }) => state === 'proposed').length;
      unplaced += plan.unplaced.length;
      for (const text of broken(instance, plan)) bad.push(`seed ${seed}: ${text}`);
      for (const { level, value, bound } of plan.objective) {
        if (bound !== null && bound > value) bad.push(`seed ${seed}: ${level} is ${value}, below its bound ${bound}`);
      }
    }
    expect(bad).toEqual([]);
    if (COUNT > 20) expect([windows > COUNT, unplaced > COUNT / 5]).toEqual([true, true]);
  });

  it('are the same for the same input', () => {
    for (const seed of [3, 14, 15]) expect(planOf(anInstance(seed))).toEqual(planOf(anInstance(seed)));
  });
});

describe('plans of teams with little to do', () => {
  const WEEKS = 3;
  const SMALL = Math.ceil(COUNT / 4);

  it('are the best there is, level by level', () => {
    const bad: string[] = [];
    let unplaced = 0;
    let proven = 0;
    for (let seed = FIRST; seed < FIRST + SMALL; seed++) {
      const instance = aSmallInstance(seed);
      const plan = planOf(instance, WEEKS);
      const reached = plan.objective.map(({ value }) => value);
      const best = bestOf(instance, WEEKS);
      if (reached.join() !== best.join()) bad.push(`seed ${seed}: ${reached.join(' ')} instead of ${best.join(' ')}`);
      if (plan.unplaced.length > 0) unplaced++;
      if (plan.objective.every(({ value, bound }) => value === bound)) proven++;
    }
    expect(bad).toEqual([]);
    if (SMALL > 20) expect([unplaced >= SMALL / 5, proven >= SMALL * 0.95]).toEqual([true, true]);
  });
});

describe('the checker sees', () => {
  const instance = anInstance(7);
  const plan = planOf(instance);

  it('a window that was moved by a day over a weekend or sprint', () => {
    const shifted = plan.windows.map((window) =>
      window.state === 'proposed' ? { ...window, from: '2026-11-28' as never, until: '2026-12-30' as never } : window,
    );
    expect(broken(instance, { ...plan, windows: shifted }).length).toBeGreaterThan(0);
  });

  it('work that is nowhere', () => {
    const empty = { ...plan, windows: [], unplaced: [], later: [] };
    expect(broken(instance, empty).join()).toContain('is nowhere');
  });
});
