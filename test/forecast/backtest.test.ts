import { describe, expect, test } from 'vitest';
import { fromNumber } from '../../src/domain/day.ts';
import { QUANTILES } from '../../src/domain/forecast.ts';
import { backtest, type ScoredForecast } from '../../src/forecast/backtest/backtest.ts';
import { crpsOf } from '../../src/forecast/backtest/crps.ts';
import { quantileOffsets } from '../../src/forecast/backtest/quantiles.ts';
import { bestFor } from '../../src/forecast/best.ts';
import { comingAfter } from '../../src/forecast/conditional.ts';
import { quantilesOf, renewalDistribution } from '../../src/forecast/distribution.ts';
import type { Method } from '../../src/forecast/method.ts';
import { seasonal } from '../../src/forecast/seasonal.ts';

const START = 18_000;

/** A method that always says the same gap distribution. */
function always(gap: Float64Array): Method {
  return { id: 'always', begin: () => ({ add: () => undefined, gap: () => gap }) };
}

/** Certain to be so many days. */
function exactly(days: number): Float64Array {
  const gap = new Float64Array(days + 200);
  gap[days] = 1;
  return gap;
}

function run(days: readonly number[], method: Method) {
  const lines: ScoredForecast[] = [];
  const events = days.map((day) => START + day);
  const observedThrough = (events.at(-1) ?? START) + 400;
  const score = backtest({
    days: events,
    observedThrough,
    method,
    reference: seasonal,
    each: (line) => lines.push(line),
  });
  return { score, lines };
}

describe('CRPS from nineteen quantiles', () => {
  test('of a point it is the absolute error', () => {
    const point = QUANTILES.map(() => 100);
    expect([crpsOf(point, 100), crpsOf(point, 130), crpsOf(point, 60)]).toEqual([
      0,
      expect.closeTo(30),
      expect.closeTo(40),
    ]);
  });

  test('by hand: half the quantiles at 10, half at 20, and 20 came', () => {
    const quantiles = QUANTILES.map((_, i) => (i < 9 ? 10 : 20));
    // Only the nine lower ones are off, by ten days each: 2/19 × 10 × (0.05 + … + 0.45).
    expect(crpsOf(quantiles, 20)).toBeCloseTo((2 / 19) * 10 * 2.25, 9);
  });
});

describe('the walk', () => {
  test('a method that knows the vendor makes no error, holds every band and hits nothing', () => {
    const { score } = run(
      Array.from({ length: 12 }, (_, i) => i * 100),
      always(exactly(100)),
    );
    // From the fourth release on day 300 to the last on 1100, every seventh day.
    expect(score.forecasts).toBe(Math.ceil(800 / 7));
    expect(score.crps).toBe(0);
    expect(score.coverage).toEqual({ band50: 1, band80: 1, band90: 1 });
    expect(score.placement?.collided).toBe(0);
    // A window of five days collides with 5 + 14 + 7 - 1 = 25 of the 100 days between two releases.
    expect(score.placement?.random).toBeCloseTo(0.25, 1);
    expect(score.placement?.noneFree).toBe(0);
  });

  test('points never lie before the day after the forecast', () => {
    const { score } = run([0, 10, 20, 30, 130], always(exactly(100)));
    // Mean and last gap of 10 days are overdue from day 40 on; the error is then what is left to wait.
    expect(score.baselines.lastGap).toBe(score.baselines.meanGap);
    const errors = Array.from({ length: 15 }, (_, i) => 30 + 7 * i).map((asOf) => 130 - Math.max(asOf + 1, 40));
    expect(score.baselines.lastGap).toBeCloseTo(errors.reduce((a, b) => a + b, 0) / errors.length, 9);
  });

  test('what was forecast does not change with what came later', () => {
    const days = [0, 80, 190, 270, 370, 455, 560, 640, 750];
    const changed = [...days.slice(0, 7), 900, 901];
    const until = START + 560;
    const said = (all: readonly number[]) =>
      run(all, bestFor('stranger'))
        .lines.filter(({ asOf }) => asOf < until)
        .map(({ asOf, quantiles, stated, window }) => JSON.stringify({ asOf, quantiles, stated, window }));
    expect(said(changed).length).toBeGreaterThan(30);
    expect(said(changed)).toEqual(said(days));
  });

  test('odd histories give sane answers', () => {
    const histories: readonly (readonly number[])[] = [
      [],
      [0],
      [0, 50],
      [0, 50, 90, 140, 200],
      Array.from({ length: 800 }, (_, i) => i),
      [0, 90, 180, 270, 360, 4010],
    ];
    const counts = histories.map((days) => {
      const { score, lines } = run(days, bestFor('stranger'));
      for (const { quantiles, stated } of lines) {
        expect(quantiles.every((value, i) => Number.isFinite(value) && value >= (quantiles[i - 1] ?? 0))).toBe(true);
        expect(stated).toBeGreaterThanOrEqual(0);
        expect(stated).toBeLessThanOrEqual(1);
      }
      expect(JSON.stringify(score)).not.toMatch(/NaN|Infinity/);
      return score.forecasts;
    });
    expect(counts).toEqual([0, 0, 0, 9, 114, 535]);
  });
});

test('quantiles read off the gap are those of the distribution itself, also stretched', () => {
  const rhythm = bestFor('stranger').begin();
  for (const day of [0, 80, 190, 270, 370, 455, 560]) rhythm.add(START + day);
  const gap = rhythm.gap();
  if (gap === null) throw new Error('it says nothing');
  for (const elapsed of [0, 30, 200]) {
    for (const spread of [1, 1.4]) {
      const coming = comingAfter(gap, elapsed, gap.length, spread);
      const offsets = quantileOffsets(gap, elapsed, coming, spread);
      const plain = quantilesOf(renewalDistribution(START + 1, coming.mass, gap));
      const days = offsets.map((offset) => fromNumber(START + offset));
      // The table of the normal law is exact to a millionth, which can move a quantile by a day.
      QUANTILES.forEach((probability, i) => {
        const day = plain[String(probability)];
        const near = [-1, 0, 1].map((off) => fromNumber(START + (offsets[i] ?? 0) + off));
        if (day !== undefined) expect(near).toContain(day);
      });
      expect(days).toHaveLength(19);
    }
  }
});

test('a vendor with a known law: the bands of a method that knows it hold as promised, and its risks come true', () => {
  // Gaps of 60 to 139 days, each as likely; a fixed sequence (Park and Miller's generator).
  let seed = 42;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const gap = new Float64Array(400);
  for (let k = 60; k < 140; k++) gap[k] = 1 / 80;
  const days = [0];
  while (days.length < 400) days.push((days.at(-1) ?? 0) + 60 + Math.floor(random() * 80));
  const { score } = run(days, always(gap));
  // Whole days, and both ends belong to a band: when little is left to wait it holds more than its name, even for one who knows the law.
  const { band50, band80, band90 } = score.coverage;
  const over = [(band50 ?? 0) - 0.5, (band80 ?? 0) - 0.8, (band90 ?? 0) - 0.9];
  expect(Math.min(...over)).toBeGreaterThan(-0.02);
  expect(Math.max(...over)).toBeLessThan(0.07);
  for (const { windows, stated, observed } of score.calibration.anyStart.buckets()) {
    if (windows >= 50) expect(Math.abs((stated ?? 0) - (observed ?? 0))).toBeLessThan(0.06);
  }
});
