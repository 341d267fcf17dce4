import { describe, expect, test } from 'vitest';
import { bestFor } from '../../src/forecast/best.ts';
import { comingAfter, stretched, unstretched } from '../../src/forecast/conditional.ts';
import { normalCdf, normalQuantile, quickNormalCdf } from '../../src/forecast/normal.ts';
import { EXPERTS } from '../../src/forecast/pool/experts.ts';
import { FEATURES } from '../../src/forecast/pool/features.ts';
import { Learner } from '../../src/forecast/pool/pool.ts';
import { Spread } from '../../src/forecast/pool/spread.ts';
import { seasonalWeight } from '../../src/forecast/season.ts';

const START = 18_000;
const HISTORIES: Readonly<Record<string, readonly number[]>> = {
  'every day for years': Array.from({ length: 1200 }, (_, i) => i),
  'once a year to the day': Array.from({ length: 12 }, (_, i) => i * 365),
  'two, then ten silent years': [0, 90, 180, 270, 3920],
  'ever faster': Array.from({ length: 20 }, (_, i) => Math.round(3000 * (1 - 0.8 ** i))).filter(
    (d, i, all) => d !== all[i - 1],
  ),
  'a day apart, then years': [0, 1, 2, 3, 4, 1500, 3000],
};

function gapAfter(days: readonly number[]) {
  const rhythm = bestFor('stranger').begin();
  for (const day of days) rhythm.add(START + day);
  return { gap: rhythm.gap(), spread: rhythm.spread?.() ?? 1 };
}

describe('the pool', () => {
  test.each(Object.entries(HISTORIES))('%s: chances that add up, and no NaN', (_, days) => {
    const { gap, spread } = gapAfter(days);
    if (gap === null) throw new Error('it says nothing');
    expect(gap[0]).toBe(0);
    expect(gap.every((chance) => chance >= 0)).toBe(true);
    expect(gap.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(spread).toBeGreaterThanOrEqual(0.4);
    expect(spread).toBeLessThanOrEqual(2.5);
    for (const elapsed of [0, 7, 400, 5000]) {
      const { mass } = comingAfter(gap, elapsed, 1095, spread);
      const total = mass.reduce((a, b) => a + b, 0);
      expect(mass.every((chance) => chance >= 0)).toBe(true);
      expect(total).toBeGreaterThan(0.2);
      expect(total).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  test('says nothing before the fourth release', () => {
    expect(gapAfter([0, 90, 180]).gap).toBeNull();
    expect(gapAfter([0, 90, 180, 270]).gap).not.toBeNull();
  });

  test('what it has said does not change with what comes later', () => {
    const days = [0, 80, 190, 270, 370, 455, 560];
    const rhythm = bestFor('stranger').begin();
    const said = days.map((day) => {
      rhythm.add(START + day);
      return [rhythm.gap()?.slice() ?? null, rhythm.spread?.()];
    });
    for (const [i] of days.entries()) {
      const { gap, spread } = gapAfter(days.slice(0, i + 1));
      expect([gap, spread]).toEqual(said[i]);
    }
  });

  test('a vendor that keeps to 100 days is forecast within a few days, one that keeps to a season in it', () => {
    const regular = gapAfter(Array.from({ length: 14 }, (_, i) => i * 100 + (i % 3))).gap;
    const near = regular?.slice(95, 107).reduce((a, b) => a + b, 0);
    expect(near).toBeGreaterThan(0.7);
  });

  test('every expert speaks on the same grid, and there is a feature for each group', () => {
    const learner = new Learner();
    for (const day of HISTORIES['once a year to the day'] ?? []) learner.add(START + day);
    expect(learner.features?.values).toHaveLength(FEATURES.length);
    expect(new Set(learner.features?.values.map((value) => value.length)).size).toBe(1);
    expect(new Set(EXPERTS.map(({ id }) => id)).size).toBe(EXPERTS.length);
  });
});

describe('the spread', () => {
  /** A gap distribution that is flat over 1 … 100 days. */
  const flat = Float64Array.from({ length: 101 }, (_, k) => (k === 0 ? 0 : 0.01));

  test('grows when releases fall outside, shrinks when they all fall in the middle', () => {
    const [wide, narrow] = [new Spread(), new Spread()];
    for (let i = 0; i < 20; i++) {
      wide.learn(flat, i % 2 === 0 ? 1 : 100);
      narrow.learn(flat, 50);
    }
    expect(wide.factor()).toBeGreaterThan(1.3);
    expect(narrow.factor()).toBeLessThan(1);
  });

  test('stretching keeps the median and moves the ends', () => {
    expect(stretched(0.5, 2)).toBeCloseTo(0.5, 6);
    expect(stretched(0.9, 2)).toBeCloseTo(normalCdf(normalQuantile(0.9) / 2), 5);
    for (const p of [0.05, 0.4, 0.95]) expect(stretched(unstretched(p, 1.3), 1.3)).toBeCloseTo(p, 4);
    expect([stretched(0, 2), stretched(1, 2), stretched(0.3, 1)]).toEqual([0, 1, 0.3]);
  });
});

test('the normal law: quantiles undo the distribution, the table is near it', () => {
  for (const p of [0.001, 0.02, 0.2, 0.5, 0.77, 0.999]) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 6);
  for (const z of [-9, -3.3, -0.001, 0, 1.7, 9]) expect(quickNormalCdf(z)).toBeCloseTo(normalCdf(z), 5);
});

test('the season of a flat history is flat, that of a yearly one is high there and low elsewhere', () => {
  const flat = seasonalWeight(Array.from({ length: 200 }, (_, i) => START + i * 11));
  for (let day = 0; day < 365; day += 30) expect(flat(START + day)).toBeCloseTo(1, 0);
  const yearly = seasonalWeight([START, START + 365, START + 730]);
  expect(yearly(START + 1095)).toBeGreaterThan(5);
  expect(yearly(START + 1095 + 180)).toBeCloseTo(0.35, 2);
  // Across the turn of the year the curve closes.
  const newYear = seasonalWeight([0, 365, 731]);
  expect(Math.abs(newYear(364) - newYear(366))).toBeLessThan(1);
});
